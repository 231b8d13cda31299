#include "analysis/solve/ObjectPath.h"

#include "analysis/model/Rows.h"

#include <set>

using namespace assay;

static constexpr unsigned MostNameSteps = 12;
static constexpr size_t MostOrigins = 32;

static bool mayBeSame(const PlaceStep &A, const PlaceStep &B) {
  auto IsElement = [](const PlaceStep &S) {
    return S.Kind == StepKind::Index || S.Kind == StepKind::AnyIndex;
  };
  if (IsElement(A) && IsElement(B))
    return A.Kind == StepKind::AnyIndex || B.Kind == StepKind::AnyIndex || A == B;
  return A == B;
}

ObjectPath ObjectPath::plus(llvm::ArrayRef<PlaceStep> Rest) const {
  ObjectPath P = *this;
  P.Path.insert(P.Path.end(), Rest.begin(), Rest.end());
  return P;
}

ObjectPath ObjectPath::pointee() const {
  return plus(PlaceStep{StepKind::Deref, 0});
}

std::optional<llvm::ArrayRef<PlaceStep>> ObjectPath::stepsTo(const ObjectPath &Part) const {
  if (!sameBase(Part) || Path.size() > Part.Path.size())
    return std::nullopt;
  for (size_t I = 0; I != Path.size(); ++I)
    if (!mayBeSame(Path[I], Part.Path[I]))
      return std::nullopt;
  return llvm::ArrayRef(Part.Path).drop_front(Path.size());
}

ObjectPath assay::namedPlace(const Program &Prog, BodyId In, uint32_t Row) {
  const Body &B = *Prog.body(In).Data;
  const Place &P = *B.places()->Get(Row);
  ObjectPath O;
  O.Base = P.kind();
  O.Index = P.base();
  if (O.Base == BaseKind::Global)
    O.Index = Prog.entityIn(In, P.base());
  for (const Step &S : rows(B.steps()).slice(P.path_start(), P.path_len())) {
    const bool IsField = S.kind() == StepKind::Field;
    O.Path.push_back({S.kind(), IsField ? Prog.entityIn(In, S.value())
                                        : (S.kind() == StepKind::Index ? S.value() : 0)});
  }
  return O;
}

ObjectPath ObjectNames::place(uint32_t Row) const {
  ObjectPath O = namedPlace(Prog, In, Row);
  if (O.Base == BaseKind::Local)
    return firstName(std::move(O));
  if (O.Base != BaseKind::Temp || O.Path.empty())
    return O;
  // A place behind a computed pointer is named by where the pointer came from.
  ObjectPath Under = behindTemp(O.Index, 0);
  return Under.plus(llvm::ArrayRef(O.Path).drop_front());
}

std::optional<ObjectPath> ObjectNames::behind(Operand O) const {
  return behind(O, 0);
}

std::optional<ObjectPath> ObjectNames::behind(Operand O, unsigned Steps) const {
  switch (O.kind()) {
  case OperandKind::AddressOf:
    return place(O.index());
  case OperandKind::Temp:
    return behindTemp(O.index(), Steps);
  case OperandKind::Const:
    return constant(O.index());
  default:
    return std::nullopt;
  }
}

std::optional<ObjectPath> ObjectNames::constant(uint32_t Row) const {
  const Constant &C = *B.constants()->Get(Row);
  ObjectPath O;
  O.Base = BaseKind::Literal;
  if (C.kind() == ConstantKind::Int)
    O.Constant = std::to_string(C.value());
  else if (C.kind() == ConstantKind::String)
    O.Constant = '"' + Prog.tablesOf(In).string(C.text()).str();
  else
    return std::nullopt;
  return O;
}

/// A variable, or a field of a local structure, that is set once, from a variable that never
/// changes, is a second name of what that one points to.
std::optional<ObjectPath> ObjectNames::secondName(const ObjectPath &Variable,
                                                  unsigned Steps) const {
  if (Variable.Base != BaseKind::Local)
    return std::nullopt;
  const std::optional<uint32_t> Set =
      Variable.Path.empty() ? onlyStoreOf(Variable.Index) : onlyStoreOfField(Variable);
  if (!Set)
    return std::nullopt;
  const auto First = behind(Operand(B.insts()->Get(*Set)->b()), Steps);
  if (!First || First->Path.empty() || First->Path.front().Kind != StepKind::Deref)
    return std::nullopt;
  return First->Path.size() == 1 && isStable(*First) ? First : std::nullopt;
}

/// What lies behind a field of a local structure, by its first name.
ObjectPath ObjectNames::firstName(ObjectPath O) const {
  const auto Deref = llvm::find(O.Path, PlaceStep{StepKind::Deref, 0});
  if (O.Base != BaseKind::Local || Deref == O.Path.begin() || Deref == O.Path.end())
    return O;
  ObjectPath Field = O;
  Field.Path.resize(Deref - O.Path.begin());
  const auto First = secondName(Field, 1);
  return First ? First->plus(llvm::ArrayRef(O.Path).drop_front(Field.Path.size() + 1)) : O;
}

std::optional<uint32_t> ObjectNames::onlyStoreOf(uint32_t Local) const {
  const BodyFacts &F = Bodies[In];
  if (F.storesToLocal(Local).size() != 1 || F.isAddressTaken(Local))
    return std::nullopt;
  const uint32_t Store = F.storesToLocal(Local).front();
  return F.inLoop(F.blockOf(Store)) ? std::nullopt : std::optional(Store);
}

/// The whole may have been made zero before: then there is no object.
std::optional<uint32_t> ObjectNames::onlyStoreOfField(const ObjectPath &Field) const {
  const BodyFacts &F = Bodies[In];
  std::optional<uint32_t> Only;
  for (uint32_t Store : F.storesIntoLocals()) {
    const Inst &I = *B.insts()->Get(Store);
    if (B.places()->Get(I.a())->base() != Field.Index)
      continue;
    const ObjectPath To = namedPlace(Prog, In, I.a());
    if (!To.stepsTo(Field) && !Field.stepsTo(To))
      continue;
    if (Only || To != Field || F.inLoop(F.blockOf(Store)))
      return std::nullopt;
    Only = Store;
  }
  const auto SetsMore = [&](uint32_t Store) {
    return !Operand(B.insts()->Get(Store)->b()).is(OperandKind::Const) || (Only && Store > *Only);
  };
  if (!Only || llvm::any_of(F.storesToLocal(Field.Index), SetsMore) || changesElsewhere(Field))
    return std::nullopt;
  return Only;
}

/// What a variable points to that never points to something else; or the variable itself.
bool ObjectNames::isStable(const ObjectPath &Pointee) const {
  if (Pointee.Path.empty() || Pointee.Path.front().Kind != StepKind::Deref)
    return llvm::none_of(Pointee.Path,
                         [](const PlaceStep &S) { return S.Kind == StepKind::Deref; });
  return llvm::none_of(llvm::drop_begin(Pointee.Path),
                       [](const PlaceStep &S) { return S.Kind == StepKind::Deref; }) &&
         (Pointee.Base == BaseKind::This ||
          (Pointee.Base == BaseKind::Param && Bodies[In].storesToParam(Pointee.Index).empty()) ||
          (Pointee.Base == BaseKind::Local && onlyStoreOf(Pointee.Index)));
}

std::optional<ObjectPath> ObjectNames::heldBy(const ObjectPath &Holder, const ObjectPath &O) const {
  if (Holder.Base != BaseKind::Local || !Holder.Path.empty())
    return std::nullopt;
  std::optional<ObjectPath> Found;
  std::set<ObjectPath> Set;
  for (uint32_t Store : Bodies[In].storesIntoLocals()) {
    const Inst &I = *B.insts()->Get(Store);
    if (B.places()->Get(I.a())->base() != Holder.Index)
      continue;
    const ObjectPath Part = namedPlace(Prog, In, I.a());
    const bool Again = !Set.insert(Part).second;
    const auto Pointee = behind(Operand(I.b()));
    const auto Below = Pointee ? Pointee->stepsTo(O) : std::nullopt;
    if (Again && Found && Part.stepsTo(*Found))
      return std::nullopt;
    if (!Again && Below && !Found && isStable(*Pointee) && !changesElsewhere(Part) &&
        !Bodies[In].inLoop(Bodies[In].blockOf(Store)))
      Found = Part.pointee().plus(*Below);
  }
  return Found;
}

/// Somebody else may set this field of a local: through a pointer to such a struct, or unseen.
bool ObjectNames::changesElsewhere(const ObjectPath &Part) const {
  if (Part.Path.back().Kind != StepKind::Field)
    return true;
  if (!Bodies[In].isAddressTaken(Part.Index))
    return false;
  const auto IsOwn = [](const ObjectPath &O) {
    return (O.Base == BaseKind::Local || O.Base == BaseKind::Param) &&
           !llvm::is_contained(O.Path, PlaceStep{StepKind::Deref, 0});
  };
  for (const InstRef &S : Prog.storesTo(Part.Path.back().Value))
    if (!IsOwn(namedPlace(Prog, S.Body, Prog.inst(S).a())))
      return true;
  for (uint32_t K = 0; K != rowCount(B.insts()); ++K) {
    const Inst &I = *B.insts()->Get(K);
    if (I.op() != Op::Call)
      continue;
    for (uint32_t A = 0; A != I.c(); ++A)
      if (const Operand Arg(B.args()->Get(I.b() + A)); Arg.is(OperandKind::AddressOf))
        if (const Place &P = *B.places()->Get(Arg.index());
            P.kind() == BaseKind::Local && P.base() == Part.Index)
          for (EntityId T : Prog.calleesOf({In, K}).Targets)
            if (Prog.bodiesOf(T).empty() && !Prog.entity(T).has(EntityFlag::Implicit))
              return true;
  }
  return false;
}

ObjectPath ObjectNames::behindTemp(uint32_t Temp, unsigned Steps) const {
  ObjectPath Itself;
  Itself.Base = BaseKind::Temp;
  Itself.Index = Temp;
  Itself.Path.push_back({StepKind::Deref, 0});
  if (++Steps > MostNameSteps)
    return Itself;
  const Inst &I = *B.insts()->Get(Temp);
  switch (I.op()) {
  case Op::Load: {
    const ObjectPath From = place(I.a());
    if (auto First = secondName(From, Steps))
      return *First;
    return From.pointee();
  }
  case Op::Copy:
    return behind(Operand(I.a()), Steps).value_or(Itself);
  case Op::Derive:
    if (static_cast<DeriveOp>(I.sub()) == DeriveOp::PointerAdd)
      return behind(Operand(I.a()), Steps).value_or(Itself);
    return Itself;
  default:
    return Itself;
  }
}

void ObjectNames::addOrigins(Operand O, llvm::ArrayRef<PlaceStep> Rest,
                             std::vector<ObjectPath> &To) const {
  if (O.is(OperandKind::Temp) && B.insts()->Get(O.index())->op() == Op::Select) {
    const Inst &I = *B.insts()->Get(O.index());
    for (uint32_t Arm : {I.b(), I.c()})
      if (auto Behind = behind(Operand(Arm)))
        To.push_back(Behind->plus(Rest));
    return;
  }
  if (auto Behind = behind(O))
    To.push_back(Behind->plus(Rest));
}

std::vector<ObjectPath> ObjectNames::originsOf(const ObjectPath &O) const {
  std::vector<ObjectPath> Found = {O};
  std::set<uint32_t> Seen;
  for (size_t K = 0; K != Found.size() && Found.size() < MostOrigins; ++K) {
    const ObjectPath At = Found[K];
    const bool Behind = !At.Path.empty() && At.Path.front().Kind == StepKind::Deref;
    const bool Variable = At.Base == BaseKind::Local || At.Base == BaseKind::Param;
    if (!Behind || !Variable || !Seen.insert(2 * At.Index + (At.Base == BaseKind::Param)).second)
      continue;
    for (uint32_t Store : At.Base == BaseKind::Local ? Bodies[In].storesToLocal(At.Index)
                                                     : Bodies[In].storesToParam(At.Index))
      addOrigins(Operand(B.insts()->Get(Store)->b()), llvm::ArrayRef(At.Path).drop_front(), Found);
  }
  return Found;
}
