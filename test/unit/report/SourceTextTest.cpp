#include "sarif/report/SourceText.h"

#include "sarif/report/LineHash.h"

#include "gtest/gtest.h"

using namespace assay;

static SourceText textOf(llvm::StringRef Bytes) {
  return SourceText(llvm::MemoryBuffer::getMemBufferCopy(Bytes));
}

TEST(SourceText, CountsLinesAsClangDoes) {
  SourceText Text = textOf("a\nb\r\n\rd");
  EXPECT_EQ(Text.lineCount(), 4u);
  EXPECT_EQ(Text.line(1), "a");
  EXPECT_EQ(Text.line(2), "b");
  EXPECT_EQ(Text.line(3), "");
  EXPECT_EQ(Text.line(4), "d");
  EXPECT_EQ(Text.line(0), "");
  EXPECT_EQ(Text.line(5), "");
  EXPECT_EQ(textOf("").lineCount(), 1u);
}

TEST(SourceText, ColumnsAreUtf16CodeUnits) {
  EXPECT_EQ(utf16Column("abc", 3), 3u);
  EXPECT_EQ(utf16Column("\xc3\xa9 x", 4), 3u);         // e-acute: two bytes, one unit
  EXPECT_EQ(utf16Column("\xf0\x9f\x92\x89 x", 6), 4u); // a syringe: four bytes, two units
  EXPECT_EQ(utf16Column("\xff\xfe x", 4), 4u);         // each ill-formed byte is one U+FFFD
  EXPECT_EQ(utf16Column("x", 99), 2u);                 // never beyond the line's end
}

static std::vector<uint32_t> charactersOf(llvm::StringRef Text) {
  std::vector<uint32_t> Out;
  while (!Text.empty())
    Out.push_back(takeCharacter(Text));
  return Out;
}

TEST(SourceText, ReplacesEachIllFormedPart) {
  using Characters = std::vector<uint32_t>;
  constexpr uint32_t Bad = 0xFFFD;
  EXPECT_EQ(charactersOf("a\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x92\x89"),
            (Characters{'a', 0xE9, 0x6F22, 0x1F489}));
  EXPECT_EQ(charactersOf("\xc0\x80\xff"), (Characters{Bad, Bad, Bad})); // overlong, never legal
  EXPECT_EQ(charactersOf("\xed\xa0\x80"), (Characters{Bad, Bad, Bad})); // a surrogate
  EXPECT_EQ(charactersOf("\xf4\x90\x80\x80"), (Characters{Bad, Bad, Bad, Bad}));
  EXPECT_EQ(charactersOf("\xe6\xbc(\xf0\x9f\x92"), (Characters{Bad, '(', Bad})); // cut short
}

TEST(SourceText, TokensAreWordsLiteralsOrOneCharacter) {
  EXPECT_EQ(tokenAt("  foo(bar)", 2), "foo");
  EXPECT_EQ(tokenAt("f(\"a\\\"b\", c)", 2), "\"a\\\"b\"");
  EXPECT_EQ(tokenAt("\"open", 0), "\"");
  EXPECT_EQ(tokenAt("a->b", 1), "-");
  EXPECT_EQ(tokenAt("0x1Fu;", 0), "0x1Fu");
  EXPECT_EQ(tokenAt("abc", 7), "");
}

/// Values of npm's sarif-multitool 5.7 (rewrite --insert RollingHashPartialFingerprints).
TEST(LineHash, IsWhatCodeHostsCompute) {
  std::string Text = "#include \"config.h\"\n#include <openssl/ssl.h>\n\n"
                     "/* Verbindungsaufbau: pr\xc3\xbc"
                     "ft das Zertifikat */\n"
                     "int telemetry_connect(SSL_CTX *ctx)\n{\n"
                     "\tSSL_CTX_set_verify(ctx, VERIFY, NULL); /* gr\xc3\xb6\xc3\x9f"
                     "er als n\xc3\xb6tig */\n"
                     "\treturn tls_apply(ctx, cipher_for(\"pump\"));\n}\n";
  for (int I = 0; I < 5; ++I)
    Text += "int a\xf0\x9f\x98\x80;\r\n\r\n\tint \xc3\xa9;\rx\n";
  std::vector<std::string> Hashes = lineHashes(Text);
  ASSERT_GE(Hashes.size(), 12u);
  EXPECT_EQ(Hashes[0], "707cfe1a68c84d52:1");
  EXPECT_EQ(Hashes[6], "279631cf6aca914a:1");
  EXPECT_EQ(Hashes[9], "bf1c94b7d28d537e:1");
  EXPECT_EQ(Hashes[11], "acffaaef7205ba2:1");
}

TEST(LineHash, CountsEqualLines) {
  std::string Same;
  for (int I = 0; I < 300; ++I)
    Same += "x;\n";
  std::vector<std::string> Hashes = lineHashes(Same);
  EXPECT_EQ(Hashes.size(), 301u);
  auto Stem = [](const std::string &H) { return H.substr(0, H.find(':')); };
  EXPECT_EQ(Stem(Hashes[0]), Stem(Hashes[1]));
  EXPECT_NE(Hashes[0], Hashes[1]);
  EXPECT_EQ(lineHashes("a b\tc\n"), lineHashes("abc\r\n"));
}

TEST(SourceTexts, GivesNothingThatIsNotWhatWasAnalysed) {
  SourceReader Read = [](llvm::StringRef File) -> std::unique_ptr<llvm::MemoryBuffer> {
    return File == "gone.c" ? nullptr : llvm::MemoryBuffer::getMemBufferCopy("int a;\n");
  };
  SourceTexts Texts(Read, {{"edited.c", std::string(64, '0'), 7}, {"gone.c", "ab", 1}});
  EXPECT_EQ(Texts.get("edited.c"), nullptr);
  EXPECT_TRUE(Texts.changed("edited.c"));
  EXPECT_EQ(Texts.get("gone.c"), nullptr);
  EXPECT_FALSE(Texts.changed("gone.c"));
  ASSERT_NE(Texts.get("unknown.c"), nullptr);
  EXPECT_EQ(Texts.get("unknown.c")->line(1), "int a;");
  EXPECT_EQ(SourceTexts(nullptr, {}).get("a.c"), nullptr);
}
