#include "analysis/propose/NameWords.h"

#include "analysis/solve/Lexicon.h"

#include <gtest/gtest.h>

using namespace assay;
using Words = std::vector<std::string>;

TEST(NameWordsTest, PartsNamesOfEveryStyle) {
  EXPECT_EQ(nameWords("fw_verify_image"), (Words{"fw", "verify", "image"}));
  EXPECT_EQ(nameWords("fwVerifyImage2"), (Words{"fw", "verify", "image"}));
  EXPECT_EQ(nameWords("HTTPServerRun"), (Words{"http", "server", "run"}));
  EXPECT_EQ(nameWords("ns::Updater::verifyAES"), (Words{"ns", "updater", "verify", "aes"}));
  EXPECT_EQ(nameWords("__"), Words());
  EXPECT_EQ(nameWords(""), Words());
}

TEST(NameWordsTest, FindsAPhraseInAnyOrder) {
  const Words Phrases = {"verify image", "wipe"};
  EXPECT_EQ(phraseIn(nameWords("image_verify"), Phrases), "verify image");
  EXPECT_EQ(phraseIn(nameWords("imageVerified"), Phrases), "verify image");
  EXPECT_EQ(phraseIn(nameWords("image_verification"), Phrases), "verify image");
  EXPECT_EQ(phraseIn(nameWords("wipe_key"), Phrases), "wipe");
  EXPECT_EQ(phraseIn(nameWords("verify"), Phrases), "");
  EXPECT_EQ(phraseIn(nameWords("audio"), Words{"audit"}), "");
  EXPECT_EQ(phraseIn(nameWords("audited"), Words{"audit"}), "audit");
  // A short word stands for itself only.
  EXPECT_EQ(phraseIn(nameWords("wiper"), Phrases), "");
}
