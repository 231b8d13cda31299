#include "analysis/solve/RecordWrites.h"

using namespace assay;

/// Structures in structures; what lies deeper is not filled by this.
static constexpr unsigned MostNested = 8;

/// The type that the pointer has in the source, before it was turned into void *.
RecordWrites::Pointee RecordWrites::pointee(const BodyView &B, Operand Given) const {
  const Operand O = B.unconverted(Given);
  llvm::StringRef Type;
  size_t Chosen = 0;
  if (O.is(OperandKind::Temp)) {
    Type = B.Of.string(B.Insts[O.index()].type());
    if (!Type.consume_back("*"))
      return {};
  } else if (O.is(OperandKind::AddressOf)) {
    const Place &P = B.Places[O.index()];
    auto Path = B.pathOf(P);
    for (; !Path.empty() &&
           (Path.back().kind() == StepKind::Index || Path.back().kind() == StepKind::AnyIndex);
         Path = Path.drop_back())
      ++Chosen;
    EntityId Variable = NoId;
    if (!Path.empty() && Path.back().kind() == StepKind::Field)
      Variable = B.entity(Path.back().value());
    else if (Path.empty() && P.kind() == BaseKind::Global)
      Variable = B.entity(P.base());
    if (Variable != NoId)
      Type = Prog.unit(Prog.entity(Variable).Unit).string(Prog.entity(Variable).Row->type());
    else if (Path.empty() && P.kind() == BaseKind::Local)
      Type = B.Of.string(B.Data.locals()->Get(P.base())->type());
  }
  const size_t Dimensions = Type.count('[');
  Type = Type.take_until([](char C) { return C == '['; }).rtrim();
  if (Type.starts_with("const "))
    return {};
  return {Type, Dimensions > Chosen ? Dimensions - Chosen : 0};
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

/// Of what is called through a pointer, as Clang prints its type: "long (*)(int, void *)".
static llvm::StringRef parameterType(llvm::StringRef Function, uint32_t Param) {
  const size_t Last = Function.rfind('('); // a list with function pointers in it tells nothing
  if (Last == llvm::StringRef::npos)
    return "";
  llvm::SmallVector<llvm::StringRef, 8> All;
  Function.drop_front(Last + 1).rtrim(')').split(All, ", ");
  return Param < All.size() ? All[Param] : "";
}

bool RecordWrites::modelFills(EntityId Callee, uint32_t Param) const {
  for (const FunctionModel *Row : Roles.rowsOf(Callee))
    for (const auto &[Bind, Ref] : Row->Binds)
      if (const Role *R = Roles.role(Row->Role);
          R && R->Writes.count(Bind) && Ref.Where == ArgRef::Kind::Argument && Ref.Index == Param)
        return true;
  return false;
}

/// By its model, or, where there is none, because it takes this type, or any together with a size.
bool RecordWrites::mayFill(const BodyView &B, const Inst &Call, uint32_t Arg) const {
  const unsigned Receivers = BodyView::receivers(Call);
  if (Arg < Receivers)
    return false;
  const Callees To = Prog.calleesOf({B.Id, static_cast<uint32_t>(&Call - B.Insts.data())});
  if (BodyView::isDispatched(Call) && !To.Complete && hasSize(B, Call) &&
      parameterType(B.Of.string(Call.type()), Arg - Receivers) == "void *")
    return true;
  for (EntityId Callee : To.Targets) {
    if (!Prog.bodiesOf(Callee).empty())
      continue;
    if (!Roles.rowsOf(Callee).empty()) {
      if (modelFills(Callee, Arg - Receivers))
        return true;
      continue;
    }
    const EntityInfo &Info = Prog.entity(Callee);
    const auto *Params = Info.Row->params();
    if (!Params || Arg - Receivers >= Params->size())
      continue;
    const Param &P = *Params->Get(Arg - Receivers);
    if (P.flags() & static_cast<uint16_t>(ParamFlag::PointeeConst))
      continue;
    llvm::StringRef Type = Prog.unit(Info.Unit).string(P.type());
    if (Type == "void *" ? hasSize(B, Call)
                         : Type.consume_back("*") &&
                               Type.rtrim() == pointee(B, Operand(B.argsOf(Call)[Arg])).Type)
      return true;
  }
  return false;
}

/// A copy of the same type: its fields are known by name. What no model knows may do anything.
static bool mayBeCopy(const Program &Prog, const RoleIndex &Roles, InstRef Call) {
  const Callees To = Prog.calleesOf(Call);
  return llvm::all_of(To.Targets, [&](EntityId Callee) {
    const EntityInfo &Info = Prog.entity(Callee);
    return !Roles.rowsOf(Callee).empty() || Info.has(EntityFlag::SystemHeader);
  });
}

void RecordWrites::ofCall(InstRef Call) {
  const BodyView B(Prog, Call.Body);
  const Inst &I = B.Insts[Call.Inst];
  const auto Args = B.argsOf(I);
  for (uint32_t A = 0; A != Args.size(); ++A) {
    const Pointee To = pointee(B, Operand(Args[A]));
    if (!ofType(To.Type) || !mayFill(B, I, A))
      continue;
    const auto IsSame = [&](uint32_t Other) {
      return Other != Args[A] && pointee(B, Operand(Other)).Type == To.Type;
    };
    if (mayBeCopy(Prog, Roles, Call) && llvm::any_of(Args, IsSame))
      continue;
    Filling By{Call, A, {}};
    By.To.assign(To.Elements, {StepKind::AnyIndex, 0});
    filled(By, To.Type, 0);
  }
}

/// The structure, and those in it.
void RecordWrites::filled(const Filling &By, llvm::StringRef Type, unsigned Nested) {
  Writes *Of = ofType(Type);
  if (!Of || Nested == MostNested)
    return;
  Of->Calls.push_back(By);
  for (EntityId Field : FieldsOf.lookup(Type)) {
    const EntityInfo &E = Prog.entity(Field);
    const llvm::StringRef Whole = Prog.unit(E.Unit).string(E.Row->type());
    Filling Inner = By;
    Inner.To.push_back({StepKind::Field, Field});
    Inner.To.append(Whole.count('['), {StepKind::AnyIndex, 0});
    filled(Inner, Whole.take_until([](char C) { return C == '['; }).rtrim(), Nested + 1);
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
    if (Writes *Of = ofType(pointee(B, Operand(What.a())).Type); Of && Of->ByOffset.Body == NoId)
      Of->ByOffset = {In, I};
  }
}

void RecordWrites::index() {
  IsIndexed = true;
  const auto TypeOf = [&](const EntityInfo &E) { return Prog.unit(E.Unit).string(E.Row->type()); };
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
    if (const EntityInfo &E = Prog.entity(Id);
        E.Kind == EntityKind::Record && E.Row->type() && !E.has(EntityFlag::SystemHeader))
      ByType.try_emplace(TypeOf(E));
  // Those that hold a structure: what fills one fills what it holds.
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
    if (const EntityInfo &E = Prog.entity(Id);
        E.Kind == EntityKind::Field && E.Row->parent() &&
        ofType(TypeOf(E).take_until([](char C) { return C == '['; }).rtrim()))
      FieldsOf[TypeOf(Prog.entity(Prog.unit(E.Unit).Entities[E.Row->parent() - 1]))].push_back(Id);
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
