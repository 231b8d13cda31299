#include "analysis/solve/WipedPart.h"

#include "llvm/ADT/StringSwitch.h"

using namespace assay;

/// Bytes of a canonical array type whose elements have the same size everywhere.
static std::optional<uint64_t> bytesOf(llvm::StringRef Type) {
  const auto [Element, Counts] = Type.split('[');
  uint64_t Bytes = llvm::StringSwitch<uint64_t>(Element.trim())
                       .Cases("char", "signed char", "unsigned char", "bool", "_Bool", 1)
                       .Cases("short", "unsigned short", 2)
                       .Cases("int", "unsigned int", "float", 4)
                       .Cases("long long", "unsigned long long", "double", 8)
                       .Default(0);
  llvm::StringRef Left = Counts;
  while (Bytes && !Left.empty()) {
    uint64_t Count = 0;
    const auto [Number, Rest] = Left.split(']');
    if (Number.getAsInteger(10, Count))
      return std::nullopt;
    Bytes *= Count;
    Left = Rest.ltrim('[');
  }
  return Bytes && !Counts.empty() ? std::optional(Bytes) : std::nullopt;
}

/// Without conversions.
Operand WipedPart::plain(BodyId Body, Operand O) const {
  while (O.is(OperandKind::Temp) && J.Prog.inst({Body, O.index()}).op() == Op::Copy)
    O = Operand(J.Prog.inst({Body, O.index()}).a());
  return O;
}

void WipedPart::begin(const RoleSite &Event, const std::string &Bind) {
  if (!Event.Call)
    return;
  std::optional<unsigned> Argument;
  if (auto Ref = Event.Call->Binds.find(Bind); Ref != Event.Call->Binds.end()) {
    Argument = Ref->second.SizeArgument;
    Told = Ref->second.SizeBytes;
  }
  if (auto Ref = Event.Call->Binds.find("size"); !Argument && Bind == "output" &&
                                                 Ref != Event.Call->Binds.end() &&
                                                 Ref->second.Where == ArgRef::Kind::Argument)
    Argument = Ref->second.Index;
  if (!Argument)
    return;
  const Operand Size = plain(Event.At.Body, J.Values.argument(Event.At, *Argument));
  InstRef At = Event.At;
  if (auto Known = numbers(At, Size, {}); Known && Known->size() == 1)
    Told = Known->front();
  if (Size.is(OperandKind::Temp) && J.Prog.inst({Event.At.Body, Size.index()}).op() == Op::Load) {
    ToldBy = Walk.placeBehind(Event.At.Body, J.Prog.inst({Event.At.Body, Size.index()}).a());
    ToldIn = Event.At.Body;
  }
}

/// What the caller that waits hands in as this operand, if it is a parameter of the body.
std::optional<std::pair<InstRef, Operand>>
WipedPart::outside(InstRef At, Operand O, llvm::ArrayRef<Waiting> Callers) const {
  if (Callers.empty() || !O.is(OperandKind::Temp))
    return std::nullopt;
  const Inst &Load = J.Prog.inst({At.Body, O.index()});
  if (Load.op() != Op::Load)
    return std::nullopt;
  const ObjectPath Name = namedPlace(J.Prog, At.Body, Load.a());
  if (Name.Base != BaseKind::Param || !Name.Path.empty())
    return std::nullopt;
  const InstRef Call = Callers.back().Call;
  return std::pair(Call, J.Values.argument(Call, Name.Index));
}

/// Every number that the operand may be; nothing: one of them is not known. `At` becomes where they
/// stand.
std::optional<std::vector<uint64_t>> WipedPart::numbers(InstRef &At, Operand O,
                                                        llvm::ArrayRef<Waiting> Callers) {
  O = plain(At.Body, O);
  if (auto Outer = outside(At, O, Callers)) {
    At = Outer->first;
    return numbers(At, Outer->second, Callers.drop_back());
  }
  J.Values.begin();
  const ValueSet Values = J.Values.operand(J.Values.root(At.Body), O, At.Inst);
  std::vector<uint64_t> Known;
  for (const Value &V : Values) {
    if (V.K != Value::Kind::Int || V.Int < 0)
      return std::nullopt;
    Known.push_back(static_cast<uint64_t>(V.Int));
  }
  return Known.empty() ? std::nullopt : std::optional(std::move(Known));
}

std::optional<uint64_t> WipedPart::sizeOf(BodyId Body, const ObjectPath &Name) const {
  if (Name.Path.empty() && Name.Base == BaseKind::Local)
    return bytesOf(
        J.Prog.tablesOf(Body).string(J.Prog.body(Body).Data->locals()->Get(Name.Index)->type()));
  EntityId Of = Name.Path.empty() && Name.Base == BaseKind::Global ? Name.Index : NoId;
  if (!Name.Path.empty() && Name.Path.back().Kind == StepKind::Field)
    Of = Name.Path.back().Value;
  if (Of == NoId)
    return std::nullopt;
  const EntityInfo &E = J.Prog.entity(Of);
  return bytesOf(J.Prog.unit(E.Unit).string(E.Row->type()));
}

/// The object's own size, where the present body or one that waits declares it.
std::optional<uint64_t> WipedPart::sizeOf(const WalkState &S) const {
  if (Told)
    return Told;
  for (const ObjectPath &Name : S.Object)
    if (auto Bytes = sizeOf(S.Body, Name))
      return Bytes;
  for (const Waiting &W : S.Callers)
    for (const ObjectPath &Name : W.Object)
      if (auto Bytes = sizeOf(W.Call.Body, Name))
        return Bytes;
  return std::nullopt;
}

/// `box.len` speaks of `box.key`.
bool WipedPart::speaksOf(const ObjectAliases &Object, const ObjectPath &Name) const {
  return !Name.Path.empty() && llvm::any_of(Object, [&](const ObjectPath &O) {
    ObjectPath Around = Name;
    Around.Path.pop_back();
    return Around.stepsTo(O).has_value();
  });
}

/// The number was made from the object (its length), stands beside it, or is the one that the event
/// was given.
bool WipedPart::isOfObject(const WalkState &S, InstRef At, Operand O,
                           llvm::ArrayRef<Waiting> Callers) {
  O = plain(At.Body, O);
  if (!O.is(OperandKind::Temp))
    return false;
  const ObjectAliases &Object =
      Callers.size() == S.Callers.size() ? S.Object : S.Callers[Callers.size()].Object;
  const Inst &I = J.Prog.inst({At.Body, O.index()});
  if (I.op() == Op::Call) {
    const BodyView &B = Walk.view(At.Body);
    return llvm::any_of(B.argsOf(I), [&](uint32_t Arg) {
      const auto &Behind = Walk.behind(At.Body, Operand(Arg));
      return Behind && llvm::any_of(Object, [&](const ObjectPath &Name) {
               return Behind->stepsTo(Name) || Name.stepsTo(*Behind);
             });
    });
  }
  if (I.op() == Op::Derive)
    return isOfObject(S, At, Operand(I.a()), Callers) || isOfObject(S, At, Operand(I.b()), Callers);
  if (I.op() != Op::Load)
    return false;
  const ObjectPath Name = Walk.placeBehind(At.Body, I.a());
  if ((ToldBy && ToldIn == At.Body && Name == *ToldBy) || speaksOf(Object, Name))
    return true;
  if (Name.Base == BaseKind::Local && Name.Path.empty()) {
    const Body &B = *J.Prog.body(At.Body).Data;
    for (uint32_t K = 0; K != B.insts()->size(); ++K)
      if (const Inst &Store = *B.insts()->Get(K); Store.op() == Op::Store &&
                                                  namedPlace(J.Prog, At.Body, Store.a()) == Name &&
                                                  isOfObject(S, At, Operand(Store.b()), Callers))
        return true;
  }
  auto Outer = outside(At, O, Callers);
  return Outer && isOfObject(S, Outer->first, Outer->second, Callers.drop_back());
}

WipedPart::Answer WipedPart::by(const WalkState &S, InstRef Call, Operand Size) {
  const auto Of = sizeOf(S);
  if (Size.isNone() || !Of)
    return {};
  InstRef From = Call;
  const auto Known = numbers(From, Size, S.Callers);
  if (!Known)
    return {isOfObject(S, Call, Size, S.Callers) ? Extent::Whole : Extent::Unknown, 0, *Of, From};
  const auto [Least, Most] = std::minmax_element(Known->begin(), Known->end());
  if (*Least >= *Of)
    return {};
  return {*Most < *Of ? Extent::Part : Extent::Unknown, *Most, *Of, From};
}

std::optional<Operand> WipedPart::numberAt(InstRef Call) {
  const BodyView &B = Walk.view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  std::optional<Operand> Only;
  for (EntityId Callee : J.Prog.calleesOf(Call).Targets) {
    const EntityInfo &E = J.Prog.entity(Callee);
    unsigned At = 0;
    for (const Param &P : rows(E.Row->params())) {
      const llvm::StringRef Type = J.Prog.unit(E.Unit).string(P.type());
      const unsigned Argument = At++ + BodyView::receivers(In);
      if (Type.contains('*') || !(Type.contains("int") || Type.contains("long")))
        continue;
      if (Only || Argument >= In.c())
        return std::nullopt;
      Only = Operand(B.argsOf(In)[Argument]);
    }
  }
  return Only;
}
