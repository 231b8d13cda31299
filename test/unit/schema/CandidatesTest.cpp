// policies/candidates.toml: words for roles that must be declared; each slip has its message.
#include "policies/schema/CandidateLoader.h"
#include "test/unit/schema/Fixture.h"

#include <gtest/gtest.h>

using namespace assay;
using assay::test::DataFolder;

namespace {

std::string messageOf(const std::string &Rows) {
  DataFolder Data;
  Data.file("policies/candidates.toml",
            "success = [\"ok\"]\nnot-device = [\"test\"]\n[[candidate]]\n" + Rows);
  auto Rules = Data.load();
  EXPECT_TRUE(bool(Rules));
  const std::string Folder = Data.path("");
  auto Table = loadCandidates(Folder.substr(0, Folder.size() - 1), *Rules);
  if (Table)
    return "";
  std::string Text = llvm::toString(Table.takeError());
  for (size_t At; (At = Text.find(Folder)) != std::string::npos;)
    Text.erase(At, Folder.size());
  return Text;
}

} // namespace

TEST(CandidatesTest, ReadsARow) {
  EXPECT_EQ(messageOf("role = \"cipher.setup\"\nnames = [\"start cipher\"]\n"
                      "bind = { key = [\"key\"] }\nwraps = [\"cipher.setup\"]\n"),
            "");
}

TEST(CandidatesTest, RefusesWhatIsNotDeclared) {
  EXPECT_EQ(messageOf("role = \"cipher.setpu\"\n"),
            "policies/candidates.toml:4:8: role 'cipher.setpu' is not declared; did you mean "
            "'cipher.setup'?");
  EXPECT_EQ(messageOf("role = \"cipher.setup\"\nwraps = [\"cipher.setpu\"]\n"),
            "policies/candidates.toml:4:8: role 'cipher.setpu' is not declared; did you mean "
            "'cipher.setup'?");
  EXPECT_EQ(messageOf("role = \"cipher.setup\"\nbind = { kee = [\"key\"] }\n"),
            "policies/candidates.toml:4:8: role 'cipher.setup' has no bind 'kee'; did you mean "
            "'key'?");
  EXPECT_NE(messageOf("role = \"cipher.setup\"\nnames = [\"Start\"]\n")
                .find("expects lower-case words with one space between them, not 'Start'"),
            std::string::npos);
}
