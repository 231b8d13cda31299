#include "analysis/solve/NumberSecrets.h"

#include "llvm/ADT/bit.h"

using namespace assay;

bool assay::mayBeSecretNumber(int64_t Value) {
  constexpr int64_t Least = 1000;
  const auto Bits = static_cast<uint64_t>(Value);
  return Value >= Least && !llvm::has_single_bit(Bits) && !llvm::has_single_bit(Bits + 1);
}

bool assay::isSecretNumber(llvm::StringRef Name, const Lexicon &Lex) {
  return Lex.isNamed(Name, {"secret-number"});
}

std::vector<std::string> assay::namesWrittenFor(const BodyView &B, const Constant &K,
                                                const Program &Prog) {
  std::vector<std::string> Names;
  if (K.entity())
    Names.push_back(ownName(Prog.entity(B.entity(K.entity() - 1)).Qualified.str()));
  for (uint32_t Macro : {K.inner_macro(), K.loc().macro()})
    if (llvm::StringRef Name = B.Of.string(Macro); !Name.empty())
      Names.push_back(Name.str());
  return Names;
}

namespace {

class NumberCollector {
public:
  NumberCollector(BodyId Id, const Program &Prog, const Lexicon &Lex)
      : B(Prog, Id), Prog(Prog), Words(Prog), Lex(Lex) {}

  std::vector<LiteralSpot> run() {
    // Most bodies have none at all.
    if (llvm::none_of(B.Constants, [](const Constant &K) { return isCandidate(K); }))
      return {};
    for (uint32_t I = 0; I != B.Insts.size(); ++I) {
      const Inst &In = B.Insts[I];
      if (In.op() == Op::Store)
        add(I, Operand(In.b()), [&] { return ownName(Words.lastName(B.Id, B.Places[In.a()])); });
      else if (In.op() == Op::Return)
        add(I, Operand(In.a()), [&] { return ownName(Words.function(B.Id)); });
      else if (In.op() == Op::Call)
        for (uint32_t Arg : B.argsOf(In))
          add(I, Operand(Arg), [] { return std::string(); });
    }
    return std::move(Found);
  }

private:
  static bool isCandidate(const Constant &K) {
    constexpr auto NoNumber =
        static_cast<uint16_t>(ConstantFlag::SizeOf) | static_cast<uint16_t>(ConstantFlag::Char);
    return K.kind() == ConstantKind::Int && !(K.flags() & NoNumber) && mayBeSecretNumber(K.value());
  }

  void add(uint32_t I, Operand O, llvm::function_ref<std::string()> Holder) {
    O = B.unconverted(O);
    if (!O.is(OperandKind::Const) || !isCandidate(B.Constants[O.index()]))
      return;
    std::vector<std::string> Names = namesWrittenFor(B, B.Constants[O.index()], Prog);
    Names.insert(Names.begin(), Holder());
    for (std::string &Name : Names)
      if (isSecretNumber(Name, Lex)) {
        LiteralSpot S;
        S.At = {B.Id, I};
        S.Const = O.index();
        S.Text = std::to_string(B.Constants[O.index()].value());
        S.Holder = std::move(Name);
        Found.push_back(std::move(S));
        return;
      }
  }

  const BodyView B;
  const Program &Prog;
  Describer Words;
  const Lexicon &Lex;
  std::vector<LiteralSpot> Found;
};

} // namespace

std::vector<LiteralSpot> assay::numberSecrets(BodyId Id, const Program &Prog, const Lexicon &Lex) {
  return NumberCollector(Id, Prog, Lex).run();
}
