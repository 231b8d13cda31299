#include "analysis/solve/SpelledSecrets.h"

#include "analysis/link/BodyView.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

namespace {

class Speller {
public:
  Speller(BodyId Id, llvm::ArrayRef<std::string> Classes, const OperandNames &Called,
          const Judging &J)
      : B(J.Prog, Id), Classes(Classes), Called(Called), J(J) {}

  std::vector<SpelledSecret> run() {
    for (uint32_t I = 0; I != B.Insts.size(); ++I) {
      const Inst &In = B.Insts[I];
      if (In.op() == Op::Switch)
        ofSwitch(I);
      if (In.op() != Op::Compare || (static_cast<Predicate>(In.sub()) != Predicate::EQ &&
                                     static_cast<Predicate>(In.sub()) != Predicate::NE))
        continue;
      const Operand L(In.a()), R(In.b());
      if (R.is(OperandKind::Const))
        ofComparison(I, L, R.index());
      else if (L.is(OperandKind::Const))
        ofComparison(I, R, L.index());
      else if (!ofVariables(I, L, R))
        ofVariables(I, R, L);
    }
    for (const auto &[Of, Word] : Words)
      ofLetters(Word);
    return std::move(Found);
  }

private:
  struct Letter {
    char C;
    uint32_t At, Const;
  };
  using Word = std::map<uint32_t, Letter>; ///< by element

  const Place *loaded(Operand O) const {
    O = B.unconverted(O);
    return O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Load
               ? &B.Places[B.Insts[O.index()].a()]
               : nullptr;
  }

  /// The name of what the place is (an element of), if it is a secret's.
  std::string secretName(const Place &P) const {
    const std::string Name = Called.name(B.Id, P);
    return J.Lex.isNamed(Name, Classes) ? Name : "";
  }

  void ofComparison(uint32_t I, Operand Of, uint32_t Row) {
    const Constant &K = B.Constants[Row];
    if (K.kind() != ConstantKind::Int || (K.flags() & static_cast<uint16_t>(ConstantFlag::SizeOf)))
      return;
    const Place *P = loaded(Of);
    if ((P && noteLetter(*P, I, Row)) || !mayBeSecretNumber(K.value()))
      return;
    const std::vector<std::string> Written = namesWrittenFor(B, K, J.Prog);
    auto Own = llvm::find_if(Written, [&](const std::string &N) {
      return isSecretNumber(N, J.Lex) || J.Lex.isNamed(N, Classes);
    });
    // An enumerator is a state, unless its own name says that it is the secret.
    std::string Name = P && (!K.entity() || Own != Written.end()) ? secretName(*P) : "";
    if (Name.empty() && Own != Written.end() && isSecretNumber(*Own, J.Lex))
      Name = *Own;
    if (!Name.empty())
      Found.push_back({{B.Id, I}, "==", Name, std::to_string(K.value()), {{B.Id, Row}}});
  }

  /// typed == kServicePin: a variable that holds one number only, wherever it is set.
  bool ofVariables(uint32_t I, Operand Of, Operand Held) {
    const Place *P = loaded(Held);
    if (!P || (P->kind() != BaseKind::Global && B.lastField(*P) == NoId))
      return false;
    const std::string Own = Called.name(B.Id, *P);
    const Place *Typed = loaded(Of);
    const std::string Name = Typed ? secretName(*Typed) : "";
    const bool IsOwn = isSecretNumber(Own, J.Lex);
    if (!IsOwn && (Name.empty() || !J.Lex.isNamed(Own, Classes)))
      return false;
    J.Values.begin();
    const ValueSet Values = J.Values.operand(J.Values.root(B.Id), Held, I);
    const Value *Only = Values.single();
    if (!Only || Only->K != Value::Kind::Int || Only->Const == NoId ||
        !mayBeSecretNumber(Only->Int))
      return false;
    Found.push_back({{B.Id, I}, "==", Own, std::to_string(Only->Int), {{Only->Body, Only->Const}}});
    return true;
  }

  /// p[0] == 'q': which element of what; *p is its first.
  bool noteLetter(const Place &P, uint32_t I, uint32_t Row) {
    const int64_t C = B.Constants[Row].value();
    const auto Path = B.pathOf(P);
    const bool IsLetter = B.Constants[Row].flags() & static_cast<uint16_t>(ConstantFlag::Char);
    if (!IsLetter || Path.empty() || C < 0 || C > 126 || !llvm::isPrint(static_cast<char>(C)))
      return false;
    const Step &Last = Path.back();
    if (Last.kind() != StepKind::Index && Last.kind() != StepKind::Deref)
      return false;
    std::vector<uint32_t> Of{static_cast<uint32_t>(P.kind()), P.base()};
    for (const Step &S : Path.drop_back())
      if (S.kind() == StepKind::Field)
        Of.push_back(S.value());
    const uint32_t Element = Last.kind() == StepKind::Index ? Last.value() : 0;
    Word &W = Words[Of];
    // A letter that is compared with several is looked at, not spelled.
    if (!W.try_emplace(Element, Letter{static_cast<char>(C), I, Row}).second)
      W[Element].C = 0;
    PlaceOf.try_emplace(&W, &P);
    return true;
  }

  void ofLetters(const Word &W) {
    constexpr size_t Shortest = 3;
    SpelledSecret S;
    uint32_t Next = 0;
    for (const auto &[Element, L] : W) {
      if (Element != Next++ || !L.C)
        return;
      S.Text += L.C;
      S.At = {B.Id, L.At};
      S.Constants.emplace_back(B.Id, L.Const);
    }
    S.Name = secretName(*PlaceOf.at(&W));
    if (S.Text.size() < Shortest || S.Name.empty() || J.Lex.isPlain(S.Text))
      return; // pwd[0] == '$' && pwd[1] == '6': the form of a hash
    S.At = {B.Id, W.begin()->second.At};
    S.Callee = "==, letter by letter,";
    Found.push_back(std::move(S));
  }

  /// A few numbers among which a secret is sought; of many, none is.
  void ofSwitch(uint32_t I) {
    constexpr size_t MostCases = 2;
    const Place *P = loaded(Operand(B.Insts[I].a()));
    const std::string Name = P ? secretName(*P) : "";
    if (Name.empty())
      return;
    for (const Block *K : *B.Data.blocks()) {
      if (I < K->first_inst() || I >= K->first_inst() + K->num_insts() ||
          K->num_cases() > MostCases)
        continue;
      for (uint32_t N = 0; N != K->num_cases(); ++N)
        if (const Case &C = *B.Data.cases()->Get(K->first_case() + N);
            C.low() == C.high() && mayBeSecretNumber(C.low()))
          Found.push_back({{B.Id, I}, "a switch", Name, std::to_string(C.low()), {}});
    }
  }

  const BodyView B;
  llvm::ArrayRef<std::string> Classes;
  const OperandNames &Called;
  const Judging &J;
  std::map<std::vector<uint32_t>, Word> Words; ///< by what is compared
  std::map<const Word *, const Place *> PlaceOf;
  std::vector<SpelledSecret> Found;
};

} // namespace

std::vector<SpelledSecret> assay::spelledSecrets(BodyId Id, llvm::ArrayRef<std::string> Classes,
                                                 const OperandNames &Called, const Judging &J) {
  return Speller(Id, Classes, Called, J).run();
}

namespace {

/// The call that wrote the text which an operand is, or points to, before an instruction.
std::optional<uint32_t> writerOf(const BodyView &B, Operand O, uint32_t Before) {
  O = B.unconverted(O);
  const Place *P = nullptr;
  if (O.is(OperandKind::AddressOf)) {
    P = &B.Places[O.index()];
  } else if (O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Call) {
    const Inst &Call = B.Insts[O.index()];
    if (Call.c() != 1 || !BodyView::receivers(Call))
      return O.index();
    return writerOf(B, Operand(B.argsOf(Call)[0]), O.index()); // text.c_str()
  }
  if (!P || P->kind() != BaseKind::Local)
    return std::nullopt;
  for (uint32_t I = Before; I != 0; --I) {
    const Inst &In = B.Insts[I - 1];
    if (In.op() == Op::Store && B.Places[In.a()].kind() == BaseKind::Local &&
        B.Places[In.a()].base() == P->base())
      return writerOf(B, Operand(In.b()), I - 1);
    if (In.op() == Op::Call && llvm::any_of(B.argsOf(In), [&](uint32_t Arg) {
          const Operand A(Arg);
          return A.is(OperandKind::AddressOf) && B.Places[A.index()].kind() == BaseKind::Local &&
                 B.Places[A.index()].base() == P->base();
        }))
      return I - 1;
  }
  return std::nullopt;
}

} // namespace

std::optional<SpelledSecret> assay::writtenNumber(InstRef Compare, Operand Side, Operand Other,
                                                  llvm::ArrayRef<std::string> Classes,
                                                  const OperandNames &Called, const Judging &J) {
  const BodyView B(J.Prog, Compare.Body);
  const std::optional<uint32_t> Writer = writerOf(B, Side, Compare.Inst);
  if (!Writer)
    return std::nullopt;
  const auto Args = B.argsOf(B.Insts[*Writer]);
  std::vector<std::string> Others;
  Called.namesOf(B.Id, Other, Others);
  const bool IsAsked = Args.size() == 1 && llvm::any_of(Others, [&](const auto &N) {
                         return J.Lex.isNamed(N, Classes);
                       });
  for (uint32_t Arg : Args) {
    const Operand O = B.unconverted(Operand(Arg));
    std::vector<std::string> Names;
    if (O.is(OperandKind::Const))
      Names = namesWrittenFor(B, B.Constants[O.index()], J.Prog);
    else if (O.is(OperandKind::Temp))
      Called.namesOf(B.Id, O, Names);
    auto Own = llvm::find_if(Names, [&](const auto &N) { return isSecretNumber(N, J.Lex); });
    if (O.is(OperandKind::AddressOf) || (Own == Names.end() && !IsAsked))
      continue;
    J.Values.begin();
    const ValueSet Values = J.Values.operand(J.Values.root(B.Id), O, *Writer);
    const Value *Only = Values.single();
    if (Only && Only->K == Value::Kind::Int && Only->Const != NoId && mayBeSecretNumber(Only->Int))
      return SpelledSecret{Compare,
                           J.Words.callee(Compare),
                           Own != Names.end() ? *Own : Others.front(),
                           std::to_string(Only->Int),
                           {{Only->Body, Only->Const}}};
  }
  return std::nullopt;
}

static std::string saidOf(const SpelledSecret &S, const Judging &J) {
  return llvm::all_of(S.Text, llvm::isDigit) ? J.Masks.describeNumber(S.Text)
                                             : J.Masks.describe(S.Text);
}

void assay::report(const SpelledSecret &S, const ComparisonProperty &P, const Judging &J) {
  Finding F = J.findingAt(S.At);
  const std::string Name = "'" + S.Name + "'";
  F.Message = fillIn(P.Message, {{"value", saidOf(S, J)}, {"name", Name}, {"callee", S.Callee}});
  F.Path.push_back({F.At, F.Function, "compared with " + Name, PathStepKind::Site});
  for (const auto &[Body, Row] : S.Constants)
    F.Secrets.push_back(J.Words.at(Body, J.Prog.body(Body).Data->constants()->Get(Row)->loc()));
  if (S.Constants.empty())
    F.Secrets.push_back(F.At);
  F.SiteKey = "comparison|" + S.Callee + "|" + Name;
  J.addSite("comparison", S.At, Verdict::Fail, F.Message);
  J.Out.Findings.push_back(std::move(F));
}
