#include "analysis/model/Paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

#include <gtest/gtest.h>
#include <unistd.h>

using namespace assay;
namespace fs = llvm::sys::fs;

namespace {

struct RoundTrip {
  const char *Path;
  const char *Stored;
};

void expectForms(const PathForms &Forms, std::initializer_list<RoundTrip> Cases) {
  for (const RoundTrip &Case : Cases) {
    EXPECT_EQ(Forms.toStored(Case.Path), Case.Stored);
    EXPECT_EQ(Forms.toDisk(Case.Stored), Case.Path);
  }
}

TEST(Paths, BuildFolderInsideTheProject) {
  expectForms(PathForms("/nowhere/p", "/nowhere/p/build"),
              {{"/nowhere/p/src/a.c", "src/a.c"},
               {"/nowhere/p/build/gen.h", "<build>/gen.h"},
               {"/nowhere/p/builder/a.c", "builder/a.c"},
               {"/nowhere/pump/a.c", "/nowhere/pump/a.c"},
               {"/usr/include/stdio.h", "/usr/include/stdio.h"}});
}

TEST(Paths, BuildFolderElsewhereAroundOrTheSame) {
  expectForms(PathForms("/nowhere/p", "/nowhere/b"),
              {{"/nowhere/p/a.c", "a.c"}, {"/nowhere/b/gen.h", "<build>/gen.h"}});
  expectForms(PathForms("/nowhere/p/src", "/nowhere/p"),
              {{"/nowhere/p/src/a.c", "a.c"}, {"/nowhere/p/gen.h", "<build>/gen.h"}});
  expectForms(PathForms("/nowhere/p", "/nowhere/p"), {{"/nowhere/p/a.c", "a.c"}});
  expectForms(PathForms("/nowhere/p/", ""), {{"/nowhere/p/a.c", "a.c"}});
}

TEST(Paths, RootsThemselvesAndOddNames) {
  const PathForms Forms("/nowhere/p", "/nowhere/b");
  EXPECT_EQ(Forms.toStored("/nowhere/p"), ".");
  EXPECT_EQ(Forms.toDisk("."), "/nowhere/p");
  EXPECT_EQ(Forms.toStored("/nowhere/b"), "<build>");
  EXPECT_EQ(Forms.toDisk("<build>"), "/nowhere/b");
  expectForms(Forms, {{"/nowhere/p/<build>/a.c", "./<build>/a.c"},
                      {"/nowhere/p/<builder>/a.c", "<builder>/a.c"}});
  EXPECT_EQ(Forms.toStored("src/./x/../a.c"), "src/a.c");
  EXPECT_EQ(Forms.toStored("/nowhere/p/src/../../q/a.c"), "/nowhere/q/a.c");
}

TEST(Paths, RootOfTheFileSystem) {
  expectForms(PathForms("/", ""), {{"/usr/a.c", "usr/a.c"}});
}

class PathsOnDisk : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> Made;
    ASSERT_FALSE(fs::createUniqueDirectory("assay-paths", Made));
    ASSERT_FALSE(fs::real_path(Made, Folder));
    for (const char *Name : {"/real", "/real/sub", "/other"})
      ASSERT_FALSE(fs::create_directory(Folder + Name));
  }
  void TearDown() override { fs::remove_directories(Folder); }
  std::string at(const char *Name) const { return (Folder + Name).str(); }
  llvm::SmallString<128> Folder;
};

TEST_F(PathsOnDisk, RootReachedThroughASymbolicLink) {
  ASSERT_EQ(symlink(at("/real").c_str(), at("/link").c_str()), 0);
  const PathForms Forms(at("/link"), "");
  EXPECT_EQ(Forms.toStored(at("/link/a.c")), "a.c");
  EXPECT_EQ(Forms.toStored(at("/real/a.c")), "a.c");
  EXPECT_EQ(Forms.toDisk("a.c"), at("/link/a.c"));
}

TEST_F(PathsOnDisk, DotDotBehindASymbolicLink) {
  ASSERT_EQ(symlink(at("/real/sub").c_str(), at("/other/link").c_str()), 0);
  const PathForms Forms(Folder, "");
  EXPECT_EQ(Forms.toStored(at("/other/link/../sub")), "real/sub");
  EXPECT_EQ(Forms.toStored(at("/other/link/../gone")), "other/gone");
}

} // namespace
