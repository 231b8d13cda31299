#include "driver/cli/SourceExcerpt.h"

#include "gtest/gtest.h"

using namespace assay;

static std::string shown(llvm::StringRef Line, unsigned Column, unsigned Width = 72) {
  SourceExcerpt E = excerpt(Line, Column, Width);
  return E.Line + "\n" + E.Marker;
}

TEST(SourceExcerpt, PointsUnderTheToken) {
  EXPECT_EQ(shown("  f(bits);", 5), "  f(bits);\n"
                                    "    ^~~~");
  EXPECT_EQ(shown("f();", 2), "f();\n"
                              " ^");
  EXPECT_EQ(shown("f();", 0), "f();\n");
  EXPECT_EQ(shown("f();", 99), "f();\n");
}

TEST(SourceExcerpt, CountsColumnsAsATerminalDoes) {
  EXPECT_EQ(shown("\t\tf();", 3), "        f();\n"
                                  "        ^");
  EXPECT_EQ(shown("a\tf();", 3), "a   f();\n"
                                 "    ^");
  EXPECT_EQ(shown("\xc3\xa9 f", 4), "\xc3\xa9 f\n"
                                    "  ^");
  EXPECT_EQ(shown("\xe6\xbc\xa2 f", 5), "\xe6\xbc\xa2 f\n"
                                        "   ^"); // a wide character
  EXPECT_EQ(shown("e\xcc\x81 f", 5), "e\xcc\x81 f\n"
                                     "  ^"); // a combining one
}

TEST(SourceExcerpt, ShowsNothingThatATerminalObeys) {
  EXPECT_EQ(shown("\x1b[2J f", 6), "<U+001B>[2J f\n"
                                   "            ^");
  EXPECT_EQ(printable("a\xe2\x80\xae"
                      "b\xff\r\n\tc"),
            "a<U+202E>b<FF><U+000D><U+000A> c");
}

TEST(SourceExcerpt, CutsAroundTheColumn) {
  std::string Long = std::string(60, 'a') + " target " + std::string(60, 'b');
  SourceExcerpt E = excerpt(Long, 62, 40);
  EXPECT_LE(E.Line.size(), 40u);
  EXPECT_TRUE(llvm::StringRef(E.Line).starts_with("...aaa") &&
              llvm::StringRef(E.Line).ends_with("bbb..."));
  EXPECT_EQ(llvm::StringRef(E.Line).find("target"), llvm::StringRef(E.Marker).find("^~~~~~"));
  EXPECT_TRUE(llvm::StringRef(excerpt(Long, 1, 40).Line).starts_with("aaa"));
  EXPECT_TRUE(llvm::StringRef(excerpt(Long, 127, 40).Line).ends_with("bbb"));
}

TEST(SourceExcerpt, IsQuickOnAMegabyteOfOneLine) {
  std::string Huge;
  while (Huge.size() < (1u << 20))
    Huge += "\xe6\xbc\xa2"
            "0x00,";
  for (unsigned Column : {1u, 500'001u, 1'048'000u})
    EXPECT_LE(displayWidth(excerpt(Huge, Column, 72).Line), 72u) << Column;
}

TEST(SourceExcerpt, WrapsBetweenWords) {
  EXPECT_EQ(wrapped("one two three four", 8, 5),
            (std::vector<std::string>{"one two", "three", "four"}));
  EXPECT_EQ(wrapped("unbreakable", 3, 3), (std::vector<std::string>{"unbreakable"}));
  EXPECT_EQ(wrapped("", 3, 3), (std::vector<std::string>{""}));
}
