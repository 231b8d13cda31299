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
    }
    for (const auto &[Of, Word] : Words)
      ofLetters(Word);
    return std::move(Found);
  }

private:
  static constexpr int64_t Least = 1000; // four digits; what is smaller is a count or a chip's pin
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
    const Place *P = loaded(Of);
    const Constant &K = B.Constants[Row];
    if (!P || K.kind() != ConstantKind::Int ||
        (K.flags() & static_cast<uint16_t>(ConstantFlag::SizeOf)))
      return;
    if (noteLetter(*P, I, Row))
      return;
    // An enumerator is a state, unless its own name says that it is the secret.
    const bool IsState =
        K.entity() && !J.Lex.isNamed(J.Prog.entity(B.entity(K.entity() - 1)).Qualified, Classes);
    if (const std::string Name = secretName(*P); K.value() >= Least && !IsState && !Name.empty())
      Found.push_back({{B.Id, I}, "==", Name, std::to_string(K.value()), {Row}});
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
      S.Constants.push_back(L.Const);
    }
    S.Name = secretName(*PlaceOf.at(&W));
    if (S.Text.size() < Shortest || S.Name.empty())
      return;
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
            C.low() == C.high() && C.low() >= Least)
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
