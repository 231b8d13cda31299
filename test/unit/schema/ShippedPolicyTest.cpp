// The shipped roles, models, pages and profiles load: what lit cannot say without a program to
// analyse.
#include "policies/schema/Loader.h"

#include <gtest/gtest.h>

using namespace assay;

TEST(ShippedPolicy, LoadsWhole) {
  PolicySources Sources;
  Sources.DataDir = ASSAY_DATA_DIR;
  llvm::Expected<Policy> P = loadPolicy(Sources);
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  EXPECT_EQ(P->Profile, "baseline");
  EXPECT_FALSE(P->Checks.empty());
  ASSERT_EQ(P->Checks.size(), P->Rules.size());
  for (size_t I = 0; I != P->Rules.size(); ++I) {
    EXPECT_EQ(P->Checks[I].Id, P->Rules[I].Id);
    EXPECT_FALSE(P->Rules[I].ShortHelp.empty()) << P->Rules[I].Id;
    EXPECT_FALSE(P->Checks[I].Since.empty()) << P->Rules[I].Id;
  }
}
