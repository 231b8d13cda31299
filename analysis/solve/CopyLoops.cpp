#include "analysis/solve/CopyLoops.h"

using namespace assay;

static bool isElementOrTarget(const BodyView &B, const Place &P) {
  const auto Path = B.pathOf(P);
  return !Path.empty() && (Path.back().kind() == StepKind::AnyIndex ||
                           (Path.back().kind() == StepKind::Deref && Path.size() == 1));
}

const Place *assay::letterCopiedBy(const BodyView &B, const Inst &Store) {
  if (Store.op() != Op::Store || !isElementOrTarget(B, B.Places[Store.a()]))
    return nullptr;
  const Operand Letter = B.unconverted(Operand(Store.b()));
  if (!Letter.is(OperandKind::Temp) || B.Insts[Letter.index()].op() != Op::Load)
    return nullptr;
  const Inst &Load = B.Insts[Letter.index()];
  const Place &From = B.Places[Load.a()];
  // A letter that something picks out of an alphabet is no copy of it.
  const bool IsPicked = isElementOrTarget(B, From) &&
                        B.pathOf(From).back().kind() == StepKind::AnyIndex &&
                        !(Load.flags() & static_cast<uint16_t>(StoreFlag::Walked));
  return isElementOrTarget(B, From) && !IsPicked ? &From : nullptr;
}

/// The parameter that a pointer is: itself, or a variable that is set to it.
static std::optional<uint32_t> parameterBehind(const BodyView &B, const Place &P) {
  BaseKind Kind = P.kind();
  uint32_t Base = P.base();
  if (Kind == BaseKind::Temp) {
    const Inst &From = B.Insts[Base];
    if (From.op() != Op::Load || B.Places[From.a()].path_len())
      return std::nullopt;
    Kind = B.Places[From.a()].kind();
    Base = B.Places[From.a()].base();
  }
  if (Kind == BaseKind::Param)
    return Base;
  if (Kind != BaseKind::Local)
    return std::nullopt;
  for (const Inst &I : B.Insts) {
    if (I.op() != Op::Store || B.Places[I.a()].kind() != BaseKind::Local ||
        B.Places[I.a()].base() != Base || B.Places[I.a()].path_len())
      continue;
    const Operand Given = B.unconverted(Operand(I.b()));
    if (!Given.is(OperandKind::Temp) || B.Insts[Given.index()].op() != Op::Load)
      return std::nullopt;
    const Place &From = B.Places[B.Insts[Given.index()].a()];
    return From.kind() == BaseKind::Param && !From.path_len() ? std::optional(From.base())
                                                              : std::nullopt;
  }
  return std::nullopt;
}

std::optional<CopyLoops::Parameters> CopyLoops::copiedBy(EntityId Function) {
  auto [It, New] = Known.try_emplace(Function);
  if (New && Prog.bodiesOf(Function).size() == 1)
    It->second = look(Prog.bodiesOf(Function).front());
  return It->second;
}

std::optional<CopyLoops::Parameters> CopyLoops::look(BodyId Id) {
  constexpr size_t SmallBody = 64; // instructions: a function that copies, and no parser
  const BodyView B(Prog, Id);
  if (B.Insts.size() > SmallBody)
    return std::nullopt;
  std::optional<Parameters> Found;
  for (uint32_t I = 0; I != B.Insts.size(); ++I) {
    if (B.Insts[I].op() == Op::Call)
      return std::nullopt;
    const Place *From = letterCopiedBy(B, B.Insts[I]);
    if (!From || !Bodies[Id].inLoop(Bodies[Id].blockOf(I)))
      continue;
    const auto Target = parameterBehind(B, B.Places[B.Insts[I].a()]),
               Source = parameterBehind(B, *From);
    if (!Target || !Source || *Target == *Source)
      return std::nullopt;
    Found = Parameters{*Target, *Source};
  }
  return Found;
}
