#include "analysis/solve/TextChains.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/ObjectPath.h"
#include "analysis/solve/Tests.h"

#include <map>

using namespace assay;

namespace {

/// As ObjectNames writes constants; a number beside the text is its length.
bool isText(llvm::StringRef Constant) {
  return Constant.starts_with("\"");
}

/// A block that ends in a test of a comparison's result.
struct TextTest {
  uint32_t Call = 0;
  uint32_t To[2] = {NoId, NoId}; ///< where it goes if the result is zero, and if not
};

class ChainSearch {
public:
  ChainSearch(BodyTable &Bodies, BodyId In)
      : View(Bodies.program(), In), Names(Bodies, In), Blocks(rows(View.Data.blocks())),
        Succs(rows(View.Data.succs())) {}

  std::vector<TextChain> run() {
    for (uint32_t K = 0; K != Blocks.size(); ++K)
      addTest(K);
    std::vector<TextChain> Chains;
    for (const auto &[Of, Tests] : Subjects)
      if (TextChain C = chainOf(Tests); C.Arms.size() > 1)
        Chains.push_back(std::move(C));
    return Chains;
  }

private:
  /// The function that compares, and what is compared.
  using Subject = std::pair<EntityId, ObjectPath>;

  std::optional<Subject> subjectOf(const Inst &Call) const {
    if (Call.op() != Op::Call || !Operand(Call.a()).is(OperandKind::Function))
      return std::nullopt;
    std::optional<ObjectPath> Other;
    unsigned Texts = 0;
    for (uint32_t Raw : View.argsOf(Call)) {
      auto Name = Names.behind(Operand(Raw));
      if (Name && Name->Base == BaseKind::Literal)
        Texts += !Operand(Raw).is(OperandKind::Const) || isText(Name->Constant);
      else if (Name && !Other)
        Other = std::move(Name);
    }
    if (Texts != 1 || !Other)
      return std::nullopt;
    return Subject{View.entity(Operand(Call.a()).index()), std::move(*Other)};
  }

  void addTest(uint32_t K) {
    const Block &Bl = Blocks[K];
    if (Bl.num_succs() != 2 || Bl.num_insts() == 0 ||
        View.Insts[Bl.first_inst() + Bl.num_insts() - 1].op() != Op::Branch)
      return;
    for (uint32_t Edge : {0u, 1u}) {
      const auto Tests = testsOnEdge(View.Data, K, Edge);
      for (const Test &T : Tests ? *Tests : llvm::SmallVector<Test, 2>())
        if (T.In.isZero())
          if (const auto Of = subjectOf(View.Insts[T.Of]))
            Subjects[*Of][K] = {T.Of,
                                {Succs[Bl.first_succ() + Edge], Succs[Bl.first_succ() + 1 - Edge]}};
    }
  }

  /// The last test has no next one: it goes as the test before it.
  static TextChain chainOf(const std::map<uint32_t, TextTest> &Tests) {
    TextChain Chain;
    std::vector<const TextTest *> Last;
    unsigned Ways[2] = {0, 0};         // of those that differ: zero, or not
    std::map<uint32_t, uint32_t> Arms; // by comparison: instructions stand in the source's order
    for (const auto &[K, T] : Tests) {
      const bool OnZero = Tests.count(T.To[0]), OnOther = Tests.count(T.To[1]);
      if (OnZero == OnOther) {
        Last.push_back(&T);
        continue;
      }
      ++Ways[OnZero ? 0 : 1];
      Arms[T.Call] = T.To[OnZero ? 1 : 0];
    }
    if (Arms.empty())
      return Chain;
    for (const TextTest *T : Last)
      Arms[T->Call] = T->To[Ways[0] > Ways[1] ? 1 : 0];
    Chain.First = Arms.begin()->first;
    for (const auto &[Call, Arm] : Arms) {
      Chain.Arms.push_back(Arm);
      Chain.Tests.push_back(Call);
    }
    return Chain;
  }

  BodyView View;
  ObjectNames Names;
  llvm::ArrayRef<Block> Blocks;
  llvm::ArrayRef<uint32_t> Succs;
  std::map<Subject, std::map<uint32_t, TextTest>> Subjects;
};

} // namespace

std::vector<TextChain> assay::textChains(BodyTable &Bodies, BodyId In) {
  return ChainSearch(Bodies, In).run();
}
