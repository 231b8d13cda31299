#include "analysis/solve/DialogueTexts.h"

#include "analysis/solve/CallMeaning.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Base64.h"

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

/// "TWVyMWRpYW4=": base64, as far as its letters say, and not what the listener asks with:
/// "Username:".
static bool looksEncoded(llvm::StringRef Text) {
  constexpr size_t Shortest = 8;
  if (Text.size() < Shortest || llvm::none_of(Text, llvm::isLower) ||
      llvm::none_of(Text, llvm::isUpper))
    return false;
  std::vector<char> Plain;
  if (llvm::Error E = llvm::decodeBase64(Text, Plain)) {
    llvm::consumeError(std::move(E));
    return false;
  }
  return !Plain.empty() && Plain.back() != ':';
}

namespace {

class DialogueCollector {
public:
  DialogueCollector(const Program &Prog, const BodyView &B, const TextArguments &Texts,
                    const RoleIndex &Roles, llvm::ArrayRef<LiteralSpot> OfBody)
      : Prog(Prog), B(B), Texts(Texts), Roles(Roles), OfBody(OfBody),
        Encoded(static_cast<unsigned>(OfBody.size())) {}

  std::vector<LiteralSpot> run() {
    for (uint32_t I = 0; I != B.Insts.size(); ++I)
      if (B.Insts[I].op() == Op::Call)
        if (const auto Command = commandOf(I))
          addPiped(I, *Command);
    for (const auto &[N, S] : llvm::enumerate(OfBody))
      Encoded[N] = looksEncoded(llvm::StringRef(S.Text).trim());
    for (size_t N = 0; Encoded.any() && N != OfBody.size(); ++N)
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
    uint32_t End = I + 1; // where something else is kept in its variable
    for (; End != B.Insts.size(); ++End) {
      const std::optional<uint32_t> Local = storedTo(End);
      if (Pipe && Local == Pipe)
        break;
      if (Local && !Pipe &&
          B.unconverted(Operand(B.Insts[End].b())) == Operand(OperandKind::Temp, I))
        Pipe = Local;
    }
    for (const LiteralSpot &S : OfBody)
      if (Pipe && S.At.Body == B.Id && S.At.Inst > I && S.At.Inst < End &&
          isHanded(S.At.Inst, *Pipe))
        Found.push_back(joined(S, " | " + Texts.textOf(Command), Command));
  }

  std::optional<uint32_t> storedTo(uint32_t I) const {
    const Place *To = B.Insts[I].op() == Op::Store ? &B.Places[B.Insts[I].a()] : nullptr;
    return To && To->kind() == BaseKind::Local && !To->path_len() ? std::optional(To->base())
                                                                  : std::nullopt;
  }

  bool isHanded(uint32_t I, uint32_t Local) const {
    const Inst &Call = B.Insts[I];
    return Call.op() == Op::Call && llvm::any_of(B.argsOf(Call), [&](uint32_t Raw) {
             return wholeLocal(B, Operand(Raw)) == Local;
           });
  }

  /// One text, and two that are encoded, handed to the same function; what is told others between
  /// them (expect("334")) is none of it.
  void addAnswers(size_t N) {
    constexpr size_t Near = 8, Wanted = 2;
    const auto Next = OfBody.drop_front(N + 1).take_front(Near);
    const auto IsEncoded = [&](const LiteralSpot &S) {
      return Encoded.test(static_cast<unsigned>(&S - OfBody.begin()));
    };
    const auto Listener = static_cast<size_t>(llvm::count_if(Next, IsEncoded)) >= Wanted
                              ? listenerOf(OfBody[N])
                              : std::nullopt;
    if (!Listener)
      return;
    LiteralSpot Whole = OfBody[N];
    size_t Answers = 0;
    for (const LiteralSpot &S : Next) {
      if (Answers == Wanted || listenerOf(S) != Listener)
        continue;
      if (!IsEncoded(S))
        return;
      Whole = joined(Whole, " " + llvm::StringRef(S.Text).trim().str(), S.Const);
      ++Answers;
    }
    if (Answers != Wanted)
      return;
    llvm::erase_if(Whole.Text, [](char C) { return C == '\r' || C == '\n'; });
    Found.push_back(std::move(Whole));
  }

  /// The function that is handed the text, unless it only compares it or looks for it.
  std::optional<EntityId> listenerOf(const LiteralSpot &S) const {
    if (S.At.Body != B.Id || B.Insts[S.At.Inst].op() != Op::Call)
      return std::nullopt;
    const auto Targets = Prog.calleesOf(S.At).Targets;
    if (Targets.empty())
      return std::nullopt;
    const auto LooksOnly = [](const FunctionModel *Row) { // strstr()
      return Row->Role.empty() && !Row->ReturnsArguments.empty();
    };
    return meaningOf(Targets.front(), Roles).Compares ||
                   llvm::any_of(Roles.rowsOf(Targets.front()), LooksOnly)
               ? std::nullopt
               : std::optional(Targets.front());
  }

  const Program &Prog;
  const BodyView &B;
  const TextArguments &Texts;
  const RoleIndex &Roles;
  llvm::ArrayRef<LiteralSpot> OfBody;
  llvm::BitVector Encoded; ///< of them
  std::vector<LiteralSpot> Found;
};

} // namespace

std::vector<LiteralSpot> assay::dialogueTexts(const Program &Prog, const BodyView &B,
                                              const TextArguments &Texts, const RoleIndex &Roles,
                                              llvm::ArrayRef<LiteralSpot> OfBody) {
  return DialogueCollector(Prog, B, Texts, Roles, OfBody).run();
}
