#include "analysis/extract/SummaryDump.h"

#include "analysis/model/Operand.h"
#include "analysis/model/Rows.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;
using llvm::raw_ostream;
using llvm::StringRef;

namespace {

/// The names that numbers stand for: in a unit's rows, or in a body that it shares.
class UnitText {
public:
  explicit UnitText(const Unit &U)
      : U(U), Strings(*U.Summary->strings()), Files(*U.Summary->files()) {}
  UnitText(const Unit &U, const UnitBody &B)
      : U(U), B(B), Strings(B.Part == UnitBody::Own ? *U.Summary->strings()
                                                    : *U.Shared[B.Part]->Rows->strings()),
        Files(B.Part == UnitBody::Own ? *U.Summary->files() : *U.Shared[B.Part]->Rows->files()) {}

  StringRef string(uint32_t I) const {
    const auto *S = Strings.Get(I);
    return {S->data(), S->size()};
  }
  StringRef entity(uint32_t I) const { return U.string(row(I).qualified()); }
  StringRef name(uint32_t I) const { return U.string(row(I).name()); }
  StringRef param(uint32_t Function, uint32_t I) const {
    return U.string(rows(row(Function).params())[I].name());
  }
  StringRef file(uint32_t I) const {
    const auto *S = Files.Get(I)->path();
    return {S->data(), S->size()};
  }
  std::string loc(const Loc &L) const {
    std::string Text =
        (file(L.file()) + ":" + llvm::Twine(L.line()) + ":" + llvm::Twine(L.column())).str();
    return L.macro() ? Text + " macro " + string(L.macro()).str() : Text;
  }

private:
  const Entity &row(uint32_t I) const { return *U.Summary->entities()->Get(B.entity(I)); }

  const Unit &U;
  const UnitBody B{};
  const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> &Strings;
  const flatbuffers::Vector<flatbuffers::Offset<FileRead>> &Files;
};

/// One body. Temps are %N (the number of their instruction in the body).
class BodyText {
public:
  BodyText(const UnitText &Unit, const Body &B, raw_ostream &Out) : Unit(Unit), B(B), Out(Out) {}
  void print();

private:
  std::string place(uint32_t I) const;
  std::string base(const Place &P) const;
  std::string operand(uint32_t Raw) const;
  std::string constant(uint32_t I) const;
  std::string contents(const Constant &C) const;
  std::string callText(const Inst &I) const;
  std::string instText(const Inst &I) const;
  std::string flagsOf(const Inst &I) const;
  std::string named(StringRef Name, uint32_t Index, const char *Kind) const {
    return Name.empty() ? (llvm::Twine(Kind) + llvm::Twine(Index)).str() : Name.str();
  }
  void block(uint32_t Index) const;

  const UnitText &Unit;
  const Body &B;
  raw_ostream &Out;
};

} // namespace

std::string BodyText::base(const Place &P) const {
  switch (P.kind()) {
  case BaseKind::Local:
    return named(Unit.string(rows(B.locals())[P.base()].name()), P.base(), "tmp");
  case BaseKind::Param:
    return named(Unit.param(B.entity(), P.base()), P.base(), "param");
  case BaseKind::This:
    return "this";
  case BaseKind::Global:
    return "@" + Unit.entity(P.base()).str();
  case BaseKind::Temp:
    return "%" + llvm::utostr(P.base());
  case BaseKind::Literal:
    return constant(P.base());
  case BaseKind::Fixed:
    return "fixed" + constant(P.base());
  case BaseKind::Unknown:
    return "unknown";
  }
  return "?";
}

std::string BodyText::place(uint32_t I) const {
  const Place &P = rows(B.places())[I];
  std::string Text = base(P);
  for (const Step &S : rows(B.steps()).slice(P.path_start(), P.path_len())) {
    switch (S.kind()) {
    case StepKind::Deref:
      Text += ".*";
      break;
    case StepKind::Field: {
      const StringRef Field = Unit.entity(S.value());
      Text += "." + Field.substr(Field.rfind(':') + 1).str();
      break;
    }
    case StepKind::Index:
      Text += "[" + llvm::utostr(S.value()) + "]";
      break;
    case StepKind::AnyIndex:
      Text += "[?]";
      break;
    }
  }
  return P.truncated() ? Text + "..." : Text;
}

std::string BodyText::contents(const Constant &C) const {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  const StringRef Bytes = Unit.string(C.text());
  if (C.kind() == ConstantKind::String) {
    Stream << '"';
    llvm::printEscapedString(Bytes.take_front(200), Stream);
    Stream << "\" " << C.value();
  } else {
    Stream << "bytes " << C.value() << "x" << unsigned(C.width()) << " "
           << llvm::toHex(Bytes.take_front(64), /*LowerCase=*/true);
  }
  if (C.flags() & static_cast<uint16_t>(ConstantFlag::Truncated))
    Stream << " truncated";
  return Text;
}

std::string BodyText::constant(uint32_t I) const {
  const Constant &C = rows(B.constants())[I];
  std::string Text;
  switch (C.kind()) {
  case ConstantKind::Int:
    Text = llvm::itostr(C.value());
    if (C.entity())
      Text += " " + Unit.entity(C.entity() - 1).str();
    if (C.text())
      Text += " '" + Unit.string(C.text()).str() + "'";
    if (C.flags() & static_cast<uint16_t>(ConstantFlag::SizeOf))
      Text += " sizeof";
    break;
  case ConstantKind::Float:
    Text = Unit.string(C.text()).str();
    break;
  case ConstantKind::Null:
    Text = "null";
    break;
  case ConstantKind::Zero:
    Text = "zero";
    break;
  case ConstantKind::Uninitialised:
    Text = "uninitialised";
    break;
  case ConstantKind::String:
  case ConstantKind::Bytes:
    Text = contents(C);
    break;
  }
  if (C.inner_macro())
    Text += " macro " + Unit.string(C.inner_macro()).str();
  if (C.loc().macro() && C.loc().macro() != C.inner_macro())
    Text += " in " + Unit.string(C.loc().macro()).str();
  return "(" + Text + ")";
}

std::string BodyText::operand(uint32_t Raw) const {
  const Operand O(Raw);
  switch (O.kind()) {
  case OperandKind::None:
    return "none";
  case OperandKind::Temp:
    return "%" + llvm::utostr(O.index());
  case OperandKind::Const:
    return constant(O.index());
  case OperandKind::AddressOf:
    return "&" + place(O.index());
  case OperandKind::Function:
    return Unit.entity(O.index()).str();
  }
  return "?";
}

std::string BodyText::flagsOf(const Inst &I) const {
  static constexpr std::pair<CallFlag, const char *> CallNames[] = {
      {CallFlag::Receiver, " receiver"},   {CallFlag::Noreturn, " noreturn"},
      {CallFlag::ResultUnused, " unused"}, {CallFlag::ResultVoidCast, " void-cast"},
      {CallFlag::Implicit, " implicit"},   {CallFlag::InUnevaluatedBuiltin, " never"},
      {CallFlag::Held, " held"},
  };
  static constexpr std::pair<StoreFlag, const char *> StoreNames[] = {
      {StoreFlag::Initialise, " init"},   {StoreFlag::Aggregate, " aggregate"},
      {StoreFlag::Volatile, " volatile"}, {StoreFlag::Implicit, " implicit"},
      {StoreFlag::ByReference, " ref"},   {StoreFlag::Walked, " walked"},
  };
  std::string Text;
  if (I.op() == Op::Call) {
    for (const auto &[Flag, Name] : CallNames)
      if (I.flags() & static_cast<uint16_t>(Flag))
        Text += Name;
  } else if (I.op() == Op::Store || I.op() == Op::Load) {
    for (const auto &[Flag, Name] : StoreNames)
      if (I.flags() & static_cast<uint16_t>(Flag))
        Text += Name;
  }
  return Text;
}

std::string BodyText::callText(const Inst &I) const {
  const auto Kind = static_cast<CallKind>(I.sub());
  std::string Text = "call ";
  if (Kind != CallKind::Direct)
    Text += llvm::StringRef(EnumNameCallKind(Kind)).lower() + " ";
  Text += operand(I.a()) + "(";
  const auto Args = rows(B.args()).slice(I.b(), I.c());
  for (size_t N = 0; N != Args.size(); ++N)
    Text += (N ? ", " : "") + operand(Args[N]);
  Text += ")";
  if (Kind == CallKind::Indirect)
    Text += " type " + Unit.string(I.type()).str();
  return Text;
}

std::string BodyText::instText(const Inst &I) const {
  const auto Lower = [&](const char *Name) { return llvm::StringRef(Name).lower(); };
  switch (I.op()) {
  case Op::Load:
    return "load " + place(I.a()) + (I.b() ? " by " + operand(I.b()) : "");
  case Op::Store:
    return "store " + place(I.a()) + " <- " + operand(I.b());
  case Op::Copy:
    return "copy " + operand(I.a()) + " " + Lower(EnumNameCastOp(CastOp(I.sub()))) + " " +
           llvm::utostr(I.c());
  case Op::Call:
    return callText(I);
  case Op::Compare:
    return "compare " + operand(I.a()) + " " + Lower(EnumNamePredicate(Predicate(I.sub()))) + " " +
           operand(I.b());
  case Op::Derive:
    return "derive " + Lower(EnumNameDeriveOp(DeriveOp(I.sub()))) + " " + operand(I.a()) +
           (Operand(I.b()).isNone() ? "" : ", " + operand(I.b()));
  case Op::Select:
    return "select " + operand(I.a()) + " ? " + operand(I.b()) + " : " + operand(I.c());
  case Op::Branch:
    return "branch " + operand(I.a());
  case Op::Switch:
    return "switch " + operand(I.a());
  case Op::Return:
    return "return " + operand(I.a());
  case Op::ScopeEnd:
    return "scope-end " + place(I.a());
  case Op::Opaque:
    return "opaque " + Lower(EnumNameOpaqueReason(OpaqueReason(I.sub())));
  }
  return "?";
}

void BodyText::block(uint32_t Index) const {
  const Block &Row = rows(B.blocks())[Index];
  Out << "  block " << Index << ":\n";
  for (uint32_t N = 0; N != Row.num_insts(); ++N) {
    const Inst &I = rows(B.insts())[Row.first_inst() + N];
    const bool HasResult = I.op() != Op::Store && I.op() < Op::Branch;
    Out << "    ";
    if (HasResult || I.op() == Op::Opaque)
      Out << "%" << Row.first_inst() + N << " = ";
    Out << instText(I) << flagsOf(I) << " ; " << Unit.loc(I.loc()) << "\n";
  }
  for (const Case &C : rows(B.cases()).slice(Row.first_case(), Row.num_cases())) {
    Out << "    case " << C.low();
    if (C.high() != C.low())
      Out << " ... " << C.high();
    Out << " -> #" << C.succ() << "\n";
  }
  if (Row.no_return())
    Out << "    no-return\n";
  if (!Row.num_succs())
    return;
  Out << "    ->";
  for (uint32_t Succ : rows(B.succs()).slice(Row.first_succ(), Row.num_succs()))
    Succ == ~0u ? Out << " never" : Out << " " << Succ;
  Out << "\n";
}

void BodyText::print() {
  Out << (B.kind() == BodyKind::Function ? "function " : "initialiser ") << Unit.entity(B.entity());
  if (B.state() != BodyState::Whole)
    Out << " " << llvm::StringRef(EnumNameBodyState(B.state())).lower();
  Out << " ; " << Unit.loc(*B.loc()) << " name " << Unit.name(B.entity()) << "\n";
  for (const Local &L : rows(B.locals()))
    if (L.name())
      Out << "  local " << Unit.string(L.name()) << ": " << Unit.string(L.type()) << "\n";
  for (uint32_t I = 0; I != rowCount(B.blocks()); ++I)
    block(I);
}

static void dumpEntity(const UnitText &Unit, const Entity &E, raw_ostream &Out) {
  static const char *Flags[] = {
      "definition", "tentative",   "weak",       "inline",        "inline-only",  "system",
      "variadic",   "noreturn",    "virtual",    "pure",          "const-method", "static-method",
      "implicit",   "const",       "template",   "address-taken", "extern-c",     "union",
      "lambda",     "anonymous",   "kept",       "alias",         "ifunc",        "comdat",
      "interrupt",  "runs-before", "runs-after", "hidden",        "exported"};
  Out << "entity " << llvm::StringRef(EnumNameEntityKind(E.kind())).lower() << " "
      << Unit.string(E.qualified()) << " name " << Unit.string(E.name()) << " "
      << llvm::StringRef(EnumNameLinkage(E.linkage())).lower();
  for (unsigned I = 0; I != std::size(Flags); ++I)
    if (E.flags() & (1u << I))
      Out << " " << Flags[I];
  if (E.kind() == EntityKind::Enumerator)
    Out << " = " << E.value();
  if (E.type())
    Out << " type " << Unit.string(E.type());
  if (E.parent())
    Out << " parent " << Unit.entity(E.parent() - 1);
  for (uint32_t I : rows(E.overrides()))
    Out << " overrides " << Unit.entity(I);
  for (uint32_t I : rows(E.bases()))
    Out << " base " << Unit.entity(I);
  for (uint32_t I : rows(E.annotations()))
    Out << " annotation " << Unit.string(I);
  if (E.asm_label())
    Out << " asm " << Unit.string(E.asm_label());
  if (E.section())
    Out << " section " << Unit.string(E.section());
  if (E.alias_of())
    Out << " alias-of " << Unit.entity(E.alias_of() - 1);
  Out << " ; " << Unit.loc(*E.loc()) << "\n";
}

static void dumpCommand(const TUSummary &S, raw_ostream &Out) {
  const Command &C = *S.command();
  Out << "unit " << C.file()->str() << " language " << C.language()->str() << " target "
      << C.target()->str() << " errors " << S.errors() << "\n";
  for (const auto *Arg : *C.effective())
    Out << "effective " << Arg->str() << "\n";
  for (const auto *Arg : *C.dropped())
    Out << "dropped " << Arg->str() << "\n";
}

void assay::dumpSummary(const Unit &U, raw_ostream &Out) {
  const TUSummary &S = *U.Summary;
  const UnitText Text(U);
  dumpCommand(S, Out);
  for (const auto *F : *S.files())
    Out << "file " << F->path()->str() << (F->system() ? " system" : "") << "\n";
  for (const auto *D : *S.diagnostics())
    Out << "diagnostic " << llvm::StringRef(EnumNameDiagnosticLevel(D->level())).lower() << " "
        << D->text()->str() << " ; " << Text.loc(*D->loc()) << "\n";
  for (const auto *L : *S.lost())
    Out << "lost " << Text.string(L->name()) << ": " << Text.string(L->reason()) << " ; "
        << Text.loc(*L->loc()) << "\n";
  for (const auto *E : *S.entities())
    dumpEntity(Text, *E, Out);
  std::vector<UnitBody> Bodies;
  forEachBody(U, [&](const UnitBody &B) { Bodies.push_back(B); });
  // As if none were shared.
  llvm::stable_sort(Bodies, [](const UnitBody &A, const UnitBody &B) {
    return std::pair(A.entity(A.Data->entity()), A.Data->kind()) <
           std::pair(B.entity(B.Data->entity()), B.Data->kind());
  });
  for (const UnitBody &B : Bodies)
    BodyText(UnitText(U, B), *B.Data, Out).print();
}
