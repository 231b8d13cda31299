#include "analysis/solve/JoinedTexts.h"

#include "analysis/solve/CallMeaning.h"

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

} // namespace

std::vector<LiteralSpot> assay::joinedTexts(const Program &Prog, const BodyView &B,
                                            const TextArguments &Texts, const RoleIndex &Roles) {
  return JoinCollector(Prog, B, Texts, Roles).run();
}
