#include "analysis/solve/JoinedTexts.h"

#include "analysis/solve/CallMeaning.h"
#include "analysis/solve/DialogueTexts.h"

using namespace assay;

namespace {

class JoinCollector {
public:
  JoinCollector(const Program &Prog, const BodyView &B, const TextArguments &Texts,
                const RoleIndex &Roles)
      : Prog(Prog), B(B), Texts(Texts), Roles(Roles) {}

  std::vector<LiteralSpot> run() {
    for (uint32_t I = 0; I != B.Insts.size(); ++I) {
      const Inst &In = B.Insts[I];
      if (In.op() == Op::Store)
        keep(In);
      else if (In.op() == Op::Call && In.c() == 2 && joins(I))
        join(I);
    }
    std::vector<LiteralSpot> Whole;
    for (auto &[Call, Spot] : ByCall)
      if (Spot.Parts.size() > 1)
        Whole.push_back(std::move(Spot));
    return Whole;
  }

private:
  bool joins(uint32_t I) const {
    const auto Targets = Prog.calleesOf({B.Id, I}).Targets;
    return !Targets.empty() && meaningOf(Targets.front(), Roles).Joins;
  }

  /// The object that a call's result is kept in, if it has no name: a variable ends the text.
  void keep(const Inst &Store) {
    const Operand Value(Store.b());
    const Place &To = B.Places[Store.a()];
    if (To.kind() == BaseKind::Local && !To.path_len() && Value.is(OperandKind::Temp) &&
        ByCall.count(Value.index()) && B.Of.string(rows(B.Data.locals())[To.base()].name()).empty())
      InLocal[To.base()] = Value.index();
  }

  void join(uint32_t I) {
    LiteralSpot Whole;
    Whole.At = {B.Id, I};
    for (uint32_t Raw : B.argsOf(B.Insts[I]))
      add(Operand(Raw), Whole);
    if (!Whole.Parts.empty())
      Whole.Const = Whole.Parts.front();
    ByCall.emplace(I, std::move(Whole));
  }

  void add(Operand Piece, LiteralSpot &Whole) {
    if (const auto Text = Texts.literalOf(Piece)) {
      Whole.Text += Texts.textOf(*Text);
      Whole.Parts.push_back(*Text);
      return;
    }
    auto Joined = ByCall.end();
    if (const auto Local = wholeLocal(B, Piece); Local && InLocal.count(*Local))
      Joined = ByCall.find(InLocal[*Local]);
    else if (Piece.is(OperandKind::Temp))
      Joined = ByCall.find(Piece.index());
    if (Joined == ByCall.end()) {
      Whole.Text += "%s";
      return;
    }
    Whole.Text += Joined->second.Text;
    llvm::append_range(Whole.Parts, Joined->second.Parts);
    Joined->second.Parts.clear(); // it is a part itself
  }

  const Program &Prog;
  const BodyView &B;
  const TextArguments &Texts;
  const RoleIndex &Roles;
  std::map<uint32_t, LiteralSpot> ByCall;
  std::map<uint32_t, uint32_t> InLocal; ///< by local: the call
};

/// strcpy(cmd, "echo root:"); strcat(cmd, "word"); line += "word": what one variable is made of,
/// in the order in which it is written down.
class AppendCollector {
public:
  AppendCollector(const Program &Prog, const BodyView &B, const TextArguments &Texts,
                  const RoleIndex &Roles)
      : Prog(Prog), B(B), Texts(Texts), Roles(Roles) {}

  std::vector<LiteralSpot> run() {
    for (uint32_t I = 0; I != B.Insts.size(); ++I)
      if (B.Insts[I].op() == Op::Store)
        visitStore(I);
      else if (B.Insts[I].op() == Op::Call)
        visitCall(I);
    while (!Growing.empty())
      finish(Growing.begin()->first);
    return std::move(Whole);
  }

private:
  /// char cmd[64] = "echo root:"; cmd[0] = 0;
  void visitStore(uint32_t I) {
    const Inst &Store = B.Insts[I];
    const Place &To = B.Places[Store.a()];
    if (To.kind() != BaseKind::Local)
      return;
    if (!To.path_len())
      begin(To.base(), I, Operand(Store.b()));
    else if (To.path_len() == 1 && isFirstElement(*B.Data.steps()->Get(To.path_start())))
      finish(To.base());
  }

  static bool isFirstElement(const Step &S) {
    return S.kind() == StepKind::Index && S.value() == 0;
  }

  /// snprintf(cmd, ...), memset(cmd, 0, ...): what stood there is gone.
  void finishWritten(llvm::ArrayRef<EntityId> Targets, llvm::ArrayRef<uint32_t> Args) {
    for (EntityId Callee : Targets)
      for (const FunctionModel *Row : Roles.rowsOf(Callee))
        if (const auto To = Row->Binds.find("to"); To != Row->Binds.end() &&
                                                   To->second.Where == ArgRef::Kind::Argument &&
                                                   To->second.Index < Args.size())
          if (const auto Local = wholeLocal(B, Operand(Args[To->second.Index])))
            finish(*Local);
  }

  void visitCall(uint32_t I) {
    const auto Targets = Prog.calleesOf({B.Id, I}).Targets;
    const CallMeaning M = Targets.empty() ? CallMeaning() : meaningOf(Targets.front(), Roles);
    const auto All = B.argsOf(B.Insts[I]);
    const auto Args = All.drop_front(BodyView::receivers(B.Insts[I]));
    const size_t From = static_cast<size_t>(M.From), To = static_cast<size_t>(M.ToOf);
    if (M.From < 0 || From >= Args.size() ||
        (M.ToThis ? All.size() == Args.size() : To >= Args.size()))
      return finishWritten(Targets, Args);
    const auto Local = wholeLocal(B, Operand(M.ToThis ? All[0] : Args[To]));
    if (!Local)
      return;
    if (!M.Appends)
      begin(*Local, I, Operand(Args[From]));
    else if (const auto It = Growing.find(*Local); It != Growing.end())
      add(It->second, Operand(Args[From]));
  }

  void begin(uint32_t Local, uint32_t I, Operand Text) {
    finish(Local);
    if (!Texts.literalOf(Text) && !Text.is(OperandKind::Const))
      return;
    LiteralSpot &Spot = Growing[Local];
    Spot.At = {B.Id, I};
    add(Spot, Text);
  }

  void add(LiteralSpot &Spot, Operand Text) {
    const auto Literal =
        Text.is(OperandKind::Const) ? std::optional(Text.index()) : Texts.literalOf(Text);
    if (!Literal || B.Constants[*Literal].kind() != ConstantKind::String) {
      Spot.Text += "%s";
      return;
    }
    if (Spot.Parts.empty())
      Spot.Const = *Literal;
    Spot.Text += Texts.textOf(*Literal);
    Spot.Parts.push_back(*Literal);
  }

  void finish(uint32_t Local) {
    const auto It = Growing.find(Local);
    if (It == Growing.end())
      return;
    constexpr size_t Longest = 1024; // a page that is built up is no command
    if (It->second.Parts.size() > 1 && It->second.Text.size() <= Longest)
      Whole.push_back(std::move(It->second));
    Growing.erase(It);
  }

  const Program &Prog;
  const BodyView &B;
  const TextArguments &Texts;
  const RoleIndex &Roles;
  std::map<uint32_t, LiteralSpot> Growing; ///< by local
  std::vector<LiteralSpot> Whole;
};

} // namespace

std::vector<LiteralSpot> assay::joinedTexts(const Program &Prog, const BodyView &B,
                                            const TextArguments &Texts, const RoleIndex &Roles,
                                            llvm::ArrayRef<LiteralSpot> OfBody) {
  if (OfBody.empty())
    return {};
  std::vector<LiteralSpot> All = JoinCollector(Prog, B, Texts, Roles).run();
  llvm::append_range(All, AppendCollector(Prog, B, Texts, Roles).run());
  llvm::append_range(All, dialogueTexts(Prog, B, Texts, Roles, OfBody));
  return All;
}
