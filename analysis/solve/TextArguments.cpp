#include "analysis/solve/TextArguments.h"

#include "analysis/solve/CallMeaning.h"
#include "analysis/solve/Lexicon.h"
#include "analysis/solve/OperandNames.h"

using namespace assay;

static bool isElement(const Step &S) {
  return S.kind() == StepKind::Index || S.kind() == StepKind::AnyIndex;
}

Operand assay::viewedBy(const BodyView &B, Operand O, const Program &Prog, const RoleIndex &Roles) {
  O = B.unconverted(O);
  if (!O.is(OperandKind::Temp) || B.Insts[O.index()].op() != Op::Call)
    return O;
  const auto Targets = Prog.calleesOf({B.Id, O.index()}).Targets;
  const int Views = Targets.empty() ? -1 : meaningOf(Targets.front(), Roles).Views;
  const auto Args =
      B.argsOf(B.Insts[O.index()]).drop_front(BodyView::receivers(B.Insts[O.index()]));
  return Views >= 0 && static_cast<size_t>(Views) < Args.size()
             ? B.unconverted(Operand(Args[static_cast<size_t>(Views)]))
             : O;
}

std::optional<uint32_t> TextArguments::literalAt(const BodyView &B, Operand O) const {
  O = viewedBy(B, O, Prog, Roles);
  if (!O.is(OperandKind::AddressOf) || B.Places[O.index()].kind() != BaseKind::Literal)
    return std::nullopt;
  const uint32_t Const = B.Places[O.index()].base();
  if (B.Constants[Const].kind() != ConstantKind::String)
    return std::nullopt;
  return Const;
}

std::optional<uint32_t> assay::wholeLocal(const BodyView &B, Operand O) {
  O = B.unconverted(O);
  const Place *P = nullptr;
  if (O.is(OperandKind::AddressOf))
    P = &B.Places[O.index()];
  else if (O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Load)
    P = &B.Places[B.Insts[O.index()].a()];
  if (!P || P->kind() != BaseKind::Local || P->path_len())
    return std::nullopt;
  return P->base();
}

/// A pointer that is set to a text once, and then only moved along it, holds that text.
void TextArguments::noteStore(uint32_t I) {
  const Place &To = B.Places[B.Insts[I].a()];
  if (To.kind() != BaseKind::Local || To.path_len())
    return;
  const Operand Given = B.unconverted(Operand(B.Insts[I].b()));
  if (Given.is(OperandKind::Temp) && B.Insts[Given.index()].op() == Op::Derive)
    return;
  const std::optional<uint32_t> Literal = literalAt(B, Given);
  const bool IsFirst = !Held.count(To.base());
  Held[To.base()] =
      Literal && IsFirst ? std::optional(WrittenText{{B.Id, I}, *Literal}) : std::nullopt;
}

TextArguments::TextArguments(const Program &Prog, const RoleIndex &Roles, BodyId Id)
    : Prog(Prog), Roles(Roles), Words(Prog), B(Prog, Id) {
  for (uint32_t I = 0; I != B.Insts.size(); ++I) {
    const Inst &Call = B.Insts[I];
    if (Call.op() == Op::Store)
      noteStore(I);
    if (Call.op() != Op::Call || !BodyView::receivers(Call) || Call.c() < 2)
      continue;
    const auto Args = B.argsOf(Call);
    const std::optional<uint32_t> Text = literalAt(B, Operand(Args[1]));
    const Operand Object(Args[0]);
    if (!Text || !Object.is(OperandKind::AddressOf))
      continue;
    const std::optional<uint32_t> Local = wholeLocal(B, Object);
    const auto Targets = Prog.calleesOf({Id, I}).Targets;
    if (!Local || Targets.empty() || Prog.entity(Targets.front()).Kind != EntityKind::Constructor)
      continue;
    const CallMeaning M = meaningOf(Targets.front(), Roles);
    if (Call.c() == 2 || (M.ToThis && M.From == 0))
      Made[*Local] = *Text;
  }
}

std::optional<uint32_t> TextArguments::literalOf(Operand O) const {
  if (std::optional<uint32_t> Direct = literalAt(B, O))
    return Direct;
  const std::optional<uint32_t> Local = wholeLocal(B, O);
  if (!Local)
    return std::nullopt;
  if (auto It = Made.find(*Local); It != Made.end())
    return It->second;
  return constantAt(O);
}

std::optional<uint32_t> TextArguments::constantAt(Operand O) const {
  if (!O.is(OperandKind::AddressOf))
    return std::nullopt;
  const Place &P = B.Places[O.index()];
  if (P.kind() == BaseKind::Literal)
    return P.base();
  // A pointer that has no name was made for the reference.
  const std::optional<uint32_t> Local = wholeLocal(B, O);
  if (!Local || !B.Of.string(rows(B.Data.locals())[*Local].name()).empty())
    return std::nullopt;
  auto It = Held.find(*Local);
  return It != Held.end() && It->second ? std::optional(It->second->Const) : std::nullopt;
}

bool TextArguments::mayBeText(Operand O) const {
  if (O.is(OperandKind::Const)) {
    const ConstantKind Kind = B.Constants[O.index()].kind();
    return Kind == ConstantKind::String || Kind == ConstantKind::Bytes;
  }
  if (!O.is(OperandKind::Temp))
    return O.is(OperandKind::AddressOf);
  const Inst &From = B.Insts[O.index()];
  return From.op() == Op::Load
             ? !B.Places[From.a()].path_len()
             : From.op() == Op::Copy || From.op() == Op::Call || From.op() == Op::Select;
}

std::optional<WrittenText> TextArguments::heldBy(Operand O) const {
  O = B.unconverted(O);
  if (O.is(OperandKind::AddressOf)) {
    const Place &P = B.Places[O.index()];
    const auto Path = B.pathOf(P);
    if (P.kind() == BaseKind::Global && (Path.empty() || (Path.size() == 1 && isElement(Path[0]))))
      return heldByGlobal(B.entity(P.base()));
  }
  if (!O.is(OperandKind::Temp) || B.Insts[O.index()].op() != Op::Load)
    return std::nullopt;
  const Place &P = B.Places[B.Insts[O.index()].a()];
  if (P.path_len())
    return std::nullopt;
  if (P.kind() == BaseKind::Global)
    return heldByGlobal(B.entity(P.base()));
  return P.kind() == BaseKind::Local ? heldByLocal(P.base()) : std::nullopt;
}

std::optional<WrittenText> TextArguments::heldBy(const Place &Of) const {
  const auto Path = B.pathOf(Of);
  if (Path.empty() || (Path.back().kind() != StepKind::Deref && !isElement(Path.back())))
    return std::nullopt;
  if (Of.kind() == BaseKind::Temp && Path.size() == 1)
    return heldBy(Operand(OperandKind::Temp, Of.base()));
  const bool IsPointer = Path.front().kind() == StepKind::Deref;
  if (Path.size() > (IsPointer ? 2u : 1u))
    return std::nullopt;
  if (Of.kind() == BaseKind::Global)
    return heldByGlobal(B.entity(Of.base()));
  return Of.kind() == BaseKind::Local && IsPointer ? heldByLocal(Of.base()) : std::nullopt;
}

/// What an instruction of an initialiser makes the variable of: a store, or a constructor of text.
static Operand wholeGivenBy(const BodyView &Init, const Inst &I) {
  if (I.op() == Op::Store && !Init.Places[I.a()].path_len())
    return Init.unconverted(Operand(I.b()));
  if (!BodyView::isCall(I, CallKind::Constructor) || I.c() < 2)
    return {};
  const Operand Object(Init.argsOf(I)[0]);
  const bool IsWhole = Object.is(OperandKind::AddressOf) &&
                       Init.Places[Object.index()].kind() == BaseKind::Global &&
                       !Init.Places[Object.index()].path_len();
  return IsWhole ? Operand(Init.argsOf(I)[1]) : Operand();
}

std::optional<WrittenText> TextArguments::heldByGlobal(EntityId Global) const {
  const auto Bodies = Prog.bodiesOf(Global);
  if (Bodies.size() != 1)
    return std::nullopt;
  const BodyView Init(Prog, Bodies.front());
  if (Init.Data.kind() != BodyKind::Initialiser)
    return std::nullopt;
  for (uint32_t I = 0; I != Init.Insts.size(); ++I) {
    const Operand Given = wholeGivenBy(Init, Init.Insts[I]);
    if (std::optional<uint32_t> Literal = literalAt(Init, Given))
      return WrittenText{{Bodies.front(), I}, *Literal};
    if (Given.is(OperandKind::Const) &&
        Init.Constants[Given.index()].kind() == ConstantKind::String)
      return WrittenText{{Bodies.front(), I}, Given.index()};
  }
  return std::nullopt;
}

std::optional<WrittenText> TextArguments::heldByLocal(uint32_t Local) const {
  auto It = Held.find(Local);
  return It == Held.end() ? std::nullopt : It->second;
}

std::string TextArguments::variableName(Operand O) const {
  O = B.unconverted(O);
  if (!O.is(OperandKind::AddressOf))
    return "";
  const Place &P = B.Places[O.index()];
  return P.kind() == BaseKind::Literal ? "" : ownName(Words.lastName(B.Id, P));
}

/// It is asked for each argument of a call in turn.
std::optional<uint32_t> TextArguments::keyedVariable(const Inst &Call) const {
  if (LastCall != &Call) {
    LastCall = &Call;
    LastKeyed = findKeyedVariable(Call);
  }
  return LastKeyed;
}

std::optional<uint32_t> TextArguments::findKeyedVariable(const Inst &Call) const {
  const auto Args = B.argsOf(Call);
  for (uint32_t V = BodyView::receivers(Call); V + 2 < Args.size(); ++V) {
    const std::string Name = variableName(Operand(Args[V]));
    if (Name.empty() || !literalOf(Operand(Args[V + 1])))
      continue;
    const std::vector<std::string> Own = nameWords(Name);
    for (uint32_t K = V + 2; K < Args.size(); ++K)
      if (std::optional<uint32_t> Key = literalOf(Operand(Args[K]));
          Key && nameWords(textOf(*Key)) == Own)
        return V;
  }
  return std::nullopt;
}

std::string TextArguments::keyOf(const Inst &Call, uint32_t A) const {
  const auto Args = B.argsOf(Call);
  if (A <= BodyView::receivers(Call) || A >= Args.size())
    return "";
  if (std::optional<uint32_t> Variable = keyedVariable(Call))
    return A == *Variable + 1 ? variableName(Operand(Args[*Variable])) : "";
  const std::optional<uint32_t> Before = literalOf(Operand(Args[A - 1]));
  const std::string Text = Before ? textOf(*Before) : "";
  return isOwnFunction(Text) ? "" : Text;
}

bool TextArguments::isOwnFunction(llvm::StringRef Text) const {
  const llvm::StringRef Function = Prog.entity(Prog.body(B.Id).Entity).Qualified;
  return Text == Function || Text == Function.drop_front(endOfScope(Function));
}

std::string TextArguments::bracketText(Operand Object) const {
  Object = B.unconverted(Object);
  if (Object.is(OperandKind::AddressOf))
    if (const std::optional<uint32_t> Local = wholeLocal(B, Object))
      for (const Inst &I : B.Insts)
        if (I.op() == Op::Store && B.Places[I.a()].kind() == BaseKind::Local &&
            B.Places[I.a()].base() == *Local && !B.Places[I.a()].path_len())
          Object = B.unconverted(Operand(I.b()));
  if (!Object.is(OperandKind::Temp) || B.Insts[Object.index()].op() != Op::Call)
    return "";
  for (uint32_t Arg : B.argsOf(B.Insts[Object.index()]))
    if (std::optional<uint32_t> Text = literalOf(Operand(Arg)))
      return textOf(*Text);
  return "";
}

std::string TextArguments::nameOf(Operand O) const {
  if (O.is(OperandKind::AddressOf))
    return ownName(Words.lastName(B.Id, B.Places[O.index()]));
  if (!O.is(OperandKind::Temp))
    return "";
  const Inst &From = B.Insts[O.index()];
  if (From.op() == Op::Load)
    return ownName(Words.lastName(B.Id, B.Places[From.a()]));
  if (From.op() == Op::Copy || From.op() == Op::Derive)
    return nameOf(Operand(From.a()));
  return "";
}

/// p->password[i], or *d where d walks along it.
std::string TextArguments::nameOfElement(const Place &Of) const {
  BaseKind Kind = Of.kind();
  uint32_t Base = Of.base();
  if (Kind == BaseKind::Temp && B.Insts[Base].op() == Op::Load) {
    const Place &From = B.Places[B.Insts[Base].a()];
    if (From.path_len())
      return ownName(Words.lastName(B.Id, From));
    Kind = From.kind();
    Base = From.base();
  }
  if (Kind == BaseKind::Local && B.lastField(Of) == NoId)
    for (const Inst &I : B.Insts)
      if (I.op() == Op::Store && B.Places[I.a()].kind() == BaseKind::Local &&
          B.Places[I.a()].base() == Base && !B.Places[I.a()].path_len())
        if (const Place *To = B.addressedPlace(Operand(I.b())))
          return ownName(Words.lastName(B.Id, *To));
  return ownName(Words.lastName(B.Id, Of));
}

std::string TextArguments::parameterName(const EntityInfo &Callee, uint32_t Index) const {
  const auto *Params = Callee.Row->params();
  return Params && Index < Params->size()
             ? Prog.unit(Callee.Unit).string(Params->Get(Index)->name()).str()
             : "";
}

TextUse TextArguments::useOf(uint32_t Call, Operand Object) const {
  TextUse Of{nameOf(Object), false, ""};
  const std::optional<uint32_t> Local =
      Object.is(OperandKind::AddressOf) ? wholeLocal(B, Object) : std::nullopt;
  if (!Of.Holder.empty() || !Local)
    return Of;
  constexpr uint32_t Near = 24;
  const auto End = std::min<size_t>(Call + Near, B.Insts.size());
  Operand Loaded;
  for (uint32_t I = Call + 1; I < End; ++I) {
    const Inst &In = B.Insts[I];
    const Operand Value(In.op() == Op::Store ? In.b() : In.a());
    const bool IsLoaded = !Loaded.isNone() && Value == Loaded;
    if (In.op() == Op::Load && wholeLocal(B, Operand(OperandKind::Temp, I)) == Local)
      Loaded = Operand(OperandKind::Temp, I);
    else if (In.op() == Op::Return && IsLoaded)
      return {ownName(Words.function(B.Id)), false, ""};
    else if (In.op() == Op::Store && IsLoaded)
      return {ownName(Words.lastName(B.Id, B.Places[In.a()])), false, ""};
    else if (In.op() == Op::Call)
      if (std::optional<TextUse> Handed = handedTo(I, *Local, Loaded))
        return *Handed;
  }
  return Of;
}

/// By its address or, where the parameter is an object itself, as it was loaded.
std::optional<TextUse> TextArguments::handedTo(uint32_t I, uint32_t Local, Operand Loaded) const {
  const Inst &Call = B.Insts[I];
  const auto Targets = Prog.calleesOf({B.Id, I}).Targets;
  if (Targets.empty() || Prog.entity(Targets.front()).Kind == EntityKind::Destructor)
    return std::nullopt;
  const auto Args = B.argsOf(Call);
  for (uint32_t A = BodyView::receivers(Call); A < Args.size(); ++A) {
    const Operand O(Args[A]);
    const bool IsIt =
        O.is(OperandKind::AddressOf)
            ? B.Places[O.index()].kind() == BaseKind::Local && B.Places[O.index()].base() == Local
            : !Loaded.isNone() && O == Loaded;
    if (!IsIt)
      continue;
    const EntityInfo &Callee = Prog.entity(Targets.front());
    const CallMeaning M = meaningOf(Targets.front(), Roles);
    if (BodyView::receivers(Call) && Args.size() == 2 && isMadeOfIt(Callee))
      return TextUse{nameOf(Operand(Args[0])), M.Compares, bracketText(Operand(Args[0]))};
    return TextUse{parameterName(Callee, A - BodyView::receivers(Call)), M.Compares,
                   M.Formats || M.Logs ? "" : keyOf(Call, A)};
  }
  return std::nullopt;
}
