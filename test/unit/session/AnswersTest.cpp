/// What the memory of a run gives back, and for what it has nothing.
#include "driver/session/Answers.h"

#include "analysis/store/Verify.h"
#include "test/unit/SummaryBuilder.h"
#include "test/unit/store/Folder.h"

using namespace assay;
using namespace assay::test;

namespace {

class AnswersTest : public Folder {
protected:
  static std::vector<Unit> units(const std::string &File) {
    SummaryBuilder B(File);
    B.function("f", 1);
    std::vector<Unit> Units;
    Units.push_back(cantFail(openSummary(B.bytes())));
    return Units;
  }

  bool has(const Policy &Rules, const std::vector<Unit> &Units,
           const std::vector<UnitCoverage> &Seen) const {
    std::vector<Note> Notes;
    const bool Found = AnswerMemory(at("store"), Rules, Units, Seen).recall(Notes).has_value();
    EXPECT_TRUE(Notes.empty());
    return Found;
  }
};

TEST_F(AnswersTest, ComeBackForTheSameAndNothingElse) {
  Policy Rules;
  Rules.Digest = "1";
  std::vector<Unit> Units = units("a.c");
  std::vector<UnitCoverage> Seen(1);
  Answers A;
  A.Cover.Functions = 7;
  A.Cover.Collisions = {"twice"};
  A.Findings.resize(1);
  A.Findings[0].Message = "said";
  A.Findings[0].Path.push_back({{"a.c", 3, 4, "MACRO"}, "f", "step"});
  A.Sites.push_back({"c/d", "role", {"a.c", 1, 2, ""}, "f", Verdict::Pass, "why"});
  A.Verdicts.push_back({"c/d", Verdict::Pass, 1, 2, 3, 4, "reason"});
  std::vector<Note> Notes;
  AnswerMemory(at("store"), Rules, Units, Seen).keep(A, Notes);
  const auto Again = AnswerMemory(at("store"), Rules, Units, Seen).recall(Notes);
  ASSERT_TRUE(Again && Notes.empty());
  EXPECT_EQ(Again->Cover.Functions, 7u);
  EXPECT_EQ(Again->Cover.Collisions, A.Cover.Collisions);
  EXPECT_EQ(Again->Findings[0].Message, "said");
  EXPECT_EQ(Again->Findings[0].Path, A.Findings[0].Path);
  EXPECT_EQ(Again->Sites[0].At, A.Sites[0].At);
  EXPECT_EQ(Again->Sites[0].Outcome, Verdict::Pass);
  EXPECT_EQ(Again->Verdicts[0].NotApplicable, 4u);

  EXPECT_TRUE(has(Rules, Units, Seen));
  EXPECT_FALSE(has(Rules, units("b.c"), Seen));
  Seen[0].Outcome = UnitCoverage::State::Crashed;
  EXPECT_FALSE(has(Rules, Units, Seen));
  Seen[0].Outcome = UnitCoverage::State::Whole;
  Units[0].Images = {1};
  EXPECT_FALSE(has(Rules, Units, Seen));
  Units[0].Images.clear();
  Rules.Digest = "2";
  EXPECT_FALSE(has(Rules, Units, Seen));
}

TEST_F(AnswersTest, WithoutAStoreNothingIsKept) {
  std::vector<Note> Notes;
  const AnswerMemory None("", Policy(), {}, {});
  None.keep(Answers(), Notes);
  EXPECT_FALSE(None.recall(Notes));
  EXPECT_TRUE(Notes.empty());
}

TEST_F(AnswersTest, OnlyTheNewestStay) {
  const AnswerStore S(at("answers"), "tool");
  for (unsigned char I = 0; I != 2 * AnswerStore::Kept; ++I)
    ASSERT_FALSE(S.put(assay::digestOf(llvm::StringRef(reinterpret_cast<char *>(&I), 1)), "x"));
  EXPECT_EQ(files().size(), AnswerStore::Kept);
}

} // namespace
