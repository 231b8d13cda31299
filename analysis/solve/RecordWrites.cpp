#include "analysis/solve/RecordWrites.h"

#include "analysis/link/BodyView.h"

using namespace assay;

/// The type that the pointer has in the source, before it was turned into void *; empty: not known,
/// to const, or to something else than a structure.
llvm::StringRef RecordWrites::pointee(BodyId In, Operand Given) const {
  const BodyView B(Prog, In);
  const Operand O = B.unconverted(Given);
  llvm::StringRef Type;
  if (O.is(OperandKind::Temp)) {
    Type = B.Of.string(B.Insts[O.index()].type());
    if (!Type.consume_back("*"))
      return "";
  } else if (O.is(OperandKind::AddressOf)) {
    const Place &P = B.Places[O.index()];
    const auto Path = B.pathInObject(P);
    if (Path.empty() || Path.back().kind() != StepKind::Field)
      return "";
    const EntityInfo &Field = Prog.entity(B.entity(Path.back().value()));
    Type = Prog.unit(Field.Unit).string(Field.Row->type());
  }
  Type = Type.rtrim();
  return Type.starts_with("const ") ? "" : Type;
}

RecordWrites::Writes *RecordWrites::ofType(llvm::StringRef Type) {
  if (Type.empty())
    return nullptr;
  const auto It = ByType.find(Type);
  return It == ByType.end() ? nullptr : &It->second;
}

static bool hasSize(const BodyView &B, const Inst &Call) {
  constexpr auto SizeOf = static_cast<uint16_t>(ConstantFlag::SizeOf);
  return llvm::any_of(B.argsOf(Call), [&](uint32_t A) {
    const Operand O = B.unconverted(Operand(A));
    return O.is(OperandKind::Const) && (B.Constants[O.index()].flags() & SizeOf);
  });
}

/// By its model, or, where there is none, because it takes this type, or any together with a size.
bool RecordWrites::mayFill(InstRef Call, uint32_t Arg) const {
  const BodyView B(Prog, Call.Body);
  const Inst &I = B.Insts[Call.Inst];
  const unsigned Receivers = BodyView::receivers(I);
  if (Arg < Receivers || BodyView::isDispatched(I))
    return false;
  for (EntityId Callee : Prog.calleesOf(Call).Targets) {
    if (!Prog.bodiesOf(Callee).empty())
      return false;
    const auto Rows = Roles.rowsOf(Callee);
    for (const FunctionModel *Row : Rows)
      for (const auto &[Bind, Ref] : Row->Binds) {
        const Role *R = Roles.role(Row->Role);
        if (R && R->Writes.count(Bind) && Ref.Where == ArgRef::Kind::Argument &&
            Ref.Index == Arg - Receivers)
          return true;
      }
    const EntityInfo &Info = Prog.entity(Callee);
    const auto *Params = Info.Row->params();
    if (!Rows.empty() || !Params || Arg - Receivers >= Params->size())
      return false;
    const Param &P = *Params->Get(Arg - Receivers);
    if (P.flags() & static_cast<uint16_t>(ParamFlag::PointeeConst))
      return false;
    llvm::StringRef Type = Prog.unit(Info.Unit).string(P.type());
    return Type == "void *" ? hasSize(B, I)
                            : Type.consume_back("*") &&
                                  Type.rtrim() == pointee(Call.Body, Operand(B.argsOf(I)[Arg]));
  }
  return false;
}

void RecordWrites::ofCall(InstRef Call) {
  const BodyView B(Prog, Call.Body);
  const auto Args = B.argsOf(B.Insts[Call.Inst]);
  for (uint32_t A = 0; A != Args.size(); ++A) {
    const llvm::StringRef Type = pointee(Call.Body, Operand(Args[A]));
    Writes *Of = ofType(Type);
    if (!Of || !mayFill(Call, A))
      continue;
    const auto IsSame = [&](uint32_t Other) {
      return Other != Args[A] && pointee(Call.Body, Operand(Other)) == Type;
    };
    if (llvm::none_of(Args, IsSame))
      Of->Calls.push_back({Call, A});
  }
}

void RecordWrites::inBody(BodyId In) {
  const BodyView B(Prog, In);
  for (uint32_t I = 0; I != B.Insts.size(); ++I) {
    const Inst &What = B.Insts[I];
    if (What.op() == Op::Call)
      ofCall({In, I});
    if (What.op() != Op::Derive || static_cast<DeriveOp>(What.sub()) != DeriveOp::PointerAdd ||
        !Operand(What.a()).is(OperandKind::Temp) || Operand(What.b()).is(OperandKind::Const) ||
        B.Insts[Operand(What.a()).index()].op() != Op::Copy)
      continue;
    if (Writes *Of = ofType(pointee(In, Operand(What.a()))); Of && Of->ByOffset.Body == NoId)
      Of->ByOffset = {In, I};
  }
}

void RecordWrites::index() {
  IsIndexed = true;
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
    if (const EntityInfo &E = Prog.entity(Id);
        E.Kind == EntityKind::Record && E.Row->type() && !E.has(EntityFlag::SystemHeader))
      ByType.try_emplace(Prog.unit(E.Unit).string(E.Row->type()));
  for (BodyId In = 0; In != Prog.bodyCount(); ++In)
    if (!Roles.isOutOfScope(In))
      inBody(In);
}

const RecordWrites::Writes &RecordWrites::of(EntityId Field) {
  if (!IsIndexed)
    index();
  const EntityInfo &E = Prog.entity(Field);
  if (!E.Row->parent())
    return None;
  const EntityInfo &Record = Prog.entity(Prog.unit(E.Unit).Entities[E.Row->parent() - 1]);
  const Writes *Found = ofType(Prog.unit(Record.Unit).string(Record.Row->type()));
  return Found ? *Found : None;
}
