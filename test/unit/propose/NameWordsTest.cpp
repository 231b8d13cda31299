#include "analysis/propose/NameWords.h"

#include <gtest/gtest.h>

using namespace assay;
using Words = std::vector<std::string>;

TEST(NameWordsTest, PartsNamesOfEveryStyle) {
  EXPECT_EQ(wordsOf("fw_verify_image"), (Words{"fw", "verify", "image"}));
  EXPECT_EQ(wordsOf("fwVerifyImage2"), (Words{"fw", "verify", "image", "2"}));
  EXPECT_EQ(wordsOf("HTTPServerRun"), (Words{"http", "server", "run"}));
  EXPECT_EQ(wordsOf("ns::Updater::verifyAES"), (Words{"ns", "updater", "verify", "aes"}));
  EXPECT_EQ(wordsOf("__"), Words());
  EXPECT_EQ(wordsOf(""), Words());
}

TEST(NameWordsTest, FindsAPhraseInAnyOrder) {
  const Words Phrases = {"verify image", "wipe"};
  EXPECT_EQ(phraseIn(wordsOf("image_verify"), Phrases), "verify image");
  EXPECT_EQ(phraseIn(wordsOf("imageVerified"), Phrases), "verify image");
  EXPECT_EQ(phraseIn(wordsOf("image_verification"), Phrases), "verify image");
  EXPECT_EQ(phraseIn(wordsOf("wipe_key"), Phrases), "wipe");
  EXPECT_EQ(phraseIn(wordsOf("verify"), Phrases), "");
  EXPECT_EQ(phraseIn(wordsOf("audio"), Words{"audit"}), "");
  EXPECT_EQ(phraseIn(wordsOf("audited"), Words{"audit"}), "audit");
  // A short word stands for itself only.
  EXPECT_EQ(phraseIn(wordsOf("wiper"), Phrases), "");
}
