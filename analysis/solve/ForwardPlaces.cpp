// Forward walk: names of memory, what is still read, functions that never return.
#include "analysis/solve/Forward.h"

#include <algorithm>

using namespace assay;

bool WalkPlace::outlivesBody() const {
  return Base == BaseKind::Global ||
         llvm::any_of(Path, [](const PlaceStep &S) { return S.Kind == StepKind::Deref; });
}

bool WalkPlace::isPrefixOf(const WalkPlace &O) const {
  return Base == O.Base && Index == O.Index && Path.size() <= O.Path.size() &&
         std::equal(Path.begin(), Path.end(), O.Path.begin());
}

bool WalkPlace::hasAnyIndex() const {
  return llvm::any_of(Path, [](const PlaceStep &S) { return S.Kind == StepKind::AnyIndex; });
}

/// Numbers that nobody reads any more would only keep equal states apart.
void ForwardWalk::dropUnread(WalkState &S) {
  for (auto It = S.Memory.begin(); It != S.Memory.end();) {
    const WalkPlace &P = It->first;
    const bool Own = P.Base == BaseKind::Local || P.Base == BaseKind::Param ||
                     (P.Base == BaseKind::Temp && P.Path.empty());
    if (Own && !P.outlivesBody() && !Bodies.readsFrom(S.Body, P.Base, P.Index).test(S.Block))
      It = S.Memory.erase(It);
    else
      ++It;
  }
}

void ForwardWalk::forget(WalkMemory &Memory, const WalkPlace &Below) {
  std::erase_if(Memory, [&](const auto &Entry) { return Below.isPrefixOf(Entry.first); });
}

WalkPlace ForwardWalk::placeOf(BodyId Body, const Place &P) {
  const BodyView &B = view(Body);
  llvm::ArrayRef<Step> Path = B.pathOf(P);
  WalkPlace Out{P.kind(), P.base(), {}};
  if (P.kind() == BaseKind::Global)
    Out.Index = B.entity(P.base());
  if (P.kind() == BaseKind::Temp && !Path.empty() && Path.front().kind() == StepKind::Deref)
    if (auto Behind = pointee(Body, Operand(OperandKind::Temp, P.base()))) {
      Out = std::move(*Behind);
      Path = Path.drop_front();
    }
  for (const Step &S : Path)
    Out.Path.push_back({S.kind(), S.kind() == StepKind::Field ? B.entity(S.value()) : S.value()});
  if (P.truncated())
    Out.Path.push_back({StepKind::AnyIndex, 0});
  return Out;
}

std::optional<WalkPlace> ForwardWalk::pointee(BodyId Body, Operand O) {
  const BodyView &B = view(Body);
  for (unsigned Left = 16; Left && O.is(OperandKind::Temp); --Left) {
    const Inst &In = B.Insts[O.index()];
    if (In.op() == Op::Load) {
      WalkPlace P = placeOf(Body, B.Places[In.a()]);
      P.Path.push_back({StepKind::Deref, 0});
      return P;
    }
    if (In.op() != Op::Copy)
      return WalkPlace{BaseKind::Temp, O.index(), {{StepKind::Deref, 0}}};
    O = Operand(In.a());
  }
  if (O.is(OperandKind::AddressOf))
    return placeOf(Body, B.Places[O.index()]);
  return std::nullopt;
}

std::string ForwardWalk::nameOf(BodyId Body, const WalkPlace &P) const {
  for (size_t I = P.Path.size(); I-- > 0;)
    if (P.Path[I].Kind == StepKind::Field) {
      llvm::StringRef Name = J.Prog.entity(P.Path[I].Value).Qualified;
      return Name.rsplit("::").second.empty() ? Name.str() : Name.rsplit("::").second.str();
    }
  if (P.Base == BaseKind::Global)
    return J.Prog.entity(P.Index).Qualified.str();
  const assay::Body &B = *J.Prog.body(Body).Data;
  if (P.Base == BaseKind::Local)
    return J.Prog.tablesOf(Body).string(B.locals()->Get(P.Index)->name()).str();
  if (P.Base == BaseKind::Param)
    return J.Prog.paramName(Body, P.Index).str();
  return "";
}
