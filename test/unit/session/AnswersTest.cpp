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
  static Gathered units(const std::string &File) {
    SummaryBuilder B(File);
    B.function("f", 1);
    Gathered All;
    All.Units.push_back(cantFail(openSummary(B.bytes())));
    All.Coverage.resize(1);
    return All;
  }

  bool has(const Policy &Rules, const Gathered &All) const {
    std::vector<Note> Notes;
    const bool Found = AnswerMemory(at("store"), Rules, All).recall(Notes).has_value();
    EXPECT_TRUE(Notes.empty());
    return Found;
  }
};

TEST_F(AnswersTest, ComeBackForTheSameAndNothingElse) {
  Policy Rules;
  Rules.Digest = "1";
  Gathered All = units("a.c");
  Answers A;
  A.Cover.Functions = 7;
  A.Cover.Collisions = {"twice"};
  A.Findings.resize(1);
  A.Findings[0].Message = "said";
  A.Findings[0].Path.push_back({{"a.c", 3, 4, "MACRO"}, "f", "step"});
  A.Sites.push_back({"c/d", "role", {"a.c", 1, 2, ""}, "f", Verdict::Pass, "why"});
  A.Entries.push_back({"task", "f", {"a.c", 1, 2, ""}, "why", {"a.c", 3, 4, ""}});
  A.Verdicts.push_back({"c/d", Verdict::Pass, 1, 2, 3, 4, "reason"});
  std::vector<Note> Notes;
  AnswerMemory(at("store"), Rules, All).keep(A, Notes);
  const auto Again = AnswerMemory(at("store"), Rules, All).recall(Notes);
  ASSERT_TRUE(Again && Notes.empty());
  EXPECT_EQ(Again->Cover.Functions, 7u);
  EXPECT_EQ(Again->Cover.Collisions, A.Cover.Collisions);
  EXPECT_EQ(Again->Findings[0].Message, "said");
  EXPECT_EQ(Again->Findings[0].Path, A.Findings[0].Path);
  EXPECT_EQ(Again->Sites[0].At, A.Sites[0].At);
  EXPECT_EQ(Again->Sites[0].Outcome, Verdict::Pass);
  EXPECT_EQ(Again->Verdicts[0].NotApplicable, 4u);
  EXPECT_EQ(Again->Entries, A.Entries);

  EXPECT_TRUE(has(Rules, All));
  EXPECT_FALSE(has(Rules, units("b.c")));
  All.Coverage[0].Outcome = UnitCoverage::State::Crashed;
  EXPECT_FALSE(has(Rules, All));
  All.Coverage[0].Outcome = UnitCoverage::State::Whole;
  All.Units[0].Images = {1};
  EXPECT_FALSE(has(Rules, All));
  All.Units[0].Images.clear();
  All.Images.resize(1);
  EXPECT_FALSE(has(Rules, All));
  All.Images.clear();
  EXPECT_TRUE(has(Rules, All));
  Rules.Digest = "2";
  EXPECT_FALSE(has(Rules, All));
}

TEST_F(AnswersTest, WithoutAStoreNothingIsKept) {
  std::vector<Note> Notes;
  const AnswerMemory None("", Policy(), {});
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
