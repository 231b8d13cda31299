#include "analysis/solve/DialogueTexts.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

static LiteralSpot joined(const LiteralSpot &First, llvm::StringRef Text, uint32_t Const) {
  LiteralSpot Whole;
  Whole.At = First.At;
  Whole.Const = First.Const;
  Whole.Parts = First.Parts.empty() ? std::vector<uint32_t>{First.Const} : First.Parts;
  Whole.Parts.push_back(Const);
  Whole.Text = First.Text + Text.str();
  return Whole;
}

/// "TWVyMWRpYW4=": base64, as far as its letters say.
static bool looksEncoded(llvm::StringRef Text) {
  constexpr size_t Shortest = 8;
  const llvm::StringRef Letters = Text.rtrim('=');
  return Text.size() >= Shortest && Text.size() % 4 == 0 && Text.size() - Letters.size() <= 2 &&
         llvm::all_of(Letters, [](char C) { return llvm::isAlnum(C) || C == '+' || C == '/'; });
}

namespace {

class DialogueCollector {
public:
  DialogueCollector(const Program &Prog, const BodyView &B, const TextArguments &Texts,
                    const RoleIndex &Roles, llvm::ArrayRef<LiteralSpot> OfBody)
      : Prog(Prog), B(B), Texts(Texts), Roles(Roles), OfBody(OfBody) {}

  std::vector<LiteralSpot> run() {
    for (uint32_t I = 0; I != B.Insts.size(); ++I)
      if (B.Insts[I].op() == Op::Call)
        if (const auto Command = commandOf(I))
          addPiped(I, *Command);
    for (size_t N = 0; N + 2 < OfBody.size(); ++N)
      addAnswers(N);
    return std::move(Found);
  }

private:
  /// The command that the call starts to read what is written to its result.
  std::optional<uint32_t> commandOf(uint32_t I) const {
    const auto Args = B.argsOf(B.Insts[I]);
    for (EntityId Callee : Prog.calleesOf({B.Id, I}).Targets)
      for (const FunctionModel *Row : Roles.rowsOf(Callee))
        if (const auto It = Row->Binds.find("command");
            Row->Role == "command.pipe" && It != Row->Binds.end() && It->second.Index < Args.size())
          return Texts.literalOf(Operand(Args[It->second.Index]));
    return std::nullopt;
  }

  void addPiped(uint32_t I, uint32_t Command) {
    std::optional<uint32_t> Pipe;
    for (uint32_t S = I + 1; S != B.Insts.size() && !Pipe; ++S) {
      const Inst &Store = B.Insts[S];
      if (Store.op() == Op::Store &&
          B.unconverted(Operand(Store.b())) == Operand(OperandKind::Temp, I) &&
          B.Places[Store.a()].kind() == BaseKind::Local && !B.Places[Store.a()].path_len())
        Pipe = B.Places[Store.a()].base();
    }
    for (const LiteralSpot &S : OfBody)
      if (Pipe && S.At.Body == B.Id && S.At.Inst > I && isHanded(S.At.Inst, *Pipe))
        Found.push_back(joined(S, " | " + Texts.textOf(Command), Command));
  }

  bool isHanded(uint32_t I, uint32_t Local) const {
    const Inst &Call = B.Insts[I];
    return Call.op() == Op::Call && llvm::any_of(B.argsOf(Call), [&](uint32_t Raw) {
             return wholeLocal(B, Operand(Raw)) == Local;
           });
  }

  /// One text, and two that are encoded, handed to the same function.
  void addAnswers(size_t N) {
    const LiteralSpot &Asked = OfBody[N];
    const llvm::StringRef User = llvm::StringRef(OfBody[N + 1].Text).trim();
    const llvm::StringRef Word = llvm::StringRef(OfBody[N + 2].Text).trim();
    if (!looksEncoded(User) || !looksEncoded(Word) || !isOfOne(N))
      return;
    LiteralSpot Whole = joined(joined(Asked, " " + User.str(), OfBody[N + 1].Const),
                               " " + Word.str(), OfBody[N + 2].Const);
    llvm::erase_if(Whole.Text, [](char C) { return C == '\r' || C == '\n'; });
    Found.push_back(std::move(Whole));
  }

  bool isOfOne(size_t N) const {
    const auto Callee = [&](const LiteralSpot &S) {
      const bool IsCall = S.At.Body == B.Id && B.Insts[S.At.Inst].op() == Op::Call;
      const auto Targets = IsCall ? Prog.calleesOf(S.At).Targets : llvm::ArrayRef<EntityId>();
      return Targets.empty() ? std::optional<EntityId>() : std::optional(Targets.front());
    };
    const auto First = Callee(OfBody[N]);
    return First && Callee(OfBody[N + 1]) == First && Callee(OfBody[N + 2]) == First;
  }

  const Program &Prog;
  const BodyView &B;
  const TextArguments &Texts;
  const RoleIndex &Roles;
  llvm::ArrayRef<LiteralSpot> OfBody;
  std::vector<LiteralSpot> Found;
};

} // namespace

std::vector<LiteralSpot> assay::dialogueTexts(const Program &Prog, const BodyView &B,
                                              const TextArguments &Texts, const RoleIndex &Roles,
                                              llvm::ArrayRef<LiteralSpot> OfBody) {
  return DialogueCollector(Prog, B, Texts, Roles, OfBody).run();
}
