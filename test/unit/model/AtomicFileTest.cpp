#include "analysis/model/AtomicFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "gtest/gtest.h"
#include <unistd.h>

using namespace llvm;
using namespace assay;

namespace {

class AtomicFile : public testing::Test {
protected:
  SmallString<128> Folder;
  void SetUp() override { ASSERT_FALSE(sys::fs::createUniqueDirectory("assay-atomic", Folder)); }
  void TearDown() override {
    sys::fs::setPermissions(Folder, sys::fs::all_all);
    sys::fs::remove_directories(Folder);
  }

  std::string path(StringRef Name) const { return (Folder + "/" + Name).str(); }

  static std::string contents(StringRef Path) {
    auto Buffer = MemoryBuffer::getFile(Path);
    return Buffer ? (*Buffer)->getBuffer().str() : "<cannot read>";
  }

  unsigned entries() const {
    std::error_code Code;
    unsigned N = 0;
    for (sys::fs::directory_iterator I(Folder, Code), End; I != End && !Code; I.increment(Code))
      ++N;
    return N;
  }
};

TEST_F(AtomicFile, WritesAndReplaces) {
  EXPECT_EQ(toString(writeFileAtomically(path("out"), "first, and longer")), "");
  EXPECT_EQ(toString(writeFileAtomically(path("out"), "second")), "");
  EXPECT_EQ(contents(path("out")), "second");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(AtomicFile, KeepsPermissionsOfWhatItReplaces) {
  ASSERT_EQ(toString(writeFileAtomically(path("out"), "a")), "");
  sys::fs::setPermissions(path("out"), sys::fs::owner_read | sys::fs::owner_write);
  ASSERT_EQ(toString(writeFileAtomically(path("out"), "b")), "");
  auto Permissions = sys::fs::getPermissions(path("out"));
  ASSERT_TRUE(Permissions);
  EXPECT_EQ(*Permissions & sys::fs::all_all, sys::fs::owner_read | sys::fs::owner_write);
}

TEST_F(AtomicFile, FollowsASymbolicLink) {
  ASSERT_EQ(toString(writeFileAtomically(path("target"), "old")), "");
  ASSERT_EQ(symlink("target", path("link").c_str()), 0);
  ASSERT_EQ(toString(writeFileAtomically(path("link"), "new")), "");
  EXPECT_TRUE(sys::fs::is_symlink_file(path("link")));
  EXPECT_EQ(contents(path("target")), "new");
}

TEST_F(AtomicFile, SaysWhatIsWrongOnce) {
  EXPECT_EQ(toString(writeFileAtomically(path("no/such/folder"), "x")),
            "cannot write '" + path("no/such/folder") +
                "': No such file or directory; the folder must exist");
  EXPECT_EQ(toString(writeFileAtomically(Folder, "x")),
            ("cannot write '" + Folder + "': Is a directory").str());
  EXPECT_EQ(entries(), 0u);
}

TEST_F(AtomicFile, LeavesWhatItMayNotWrite) {
  if (geteuid() == 0)
    GTEST_SKIP() << "root may write everything";
  ASSERT_EQ(toString(writeFileAtomically(path("out"), "old")), "");
  sys::fs::setPermissions(path("out"), sys::fs::all_read);
  EXPECT_NE(toString(writeFileAtomically(path("out"), "new")), "");
  EXPECT_EQ(contents(path("out")), "old");
}

/// A full disk must neither end the process nor leave a part.
TEST_F(AtomicFile, WritesADeviceInPlace) {
  EXPECT_EQ(toString(writeFileAtomically("/dev/null", "x")), "");
  EXPECT_EQ(
      toString(writeFileAtomically("/dev/full", "x")),
      "cannot write '/dev/full': No space left on device; what was there before is untouched");
}

} // namespace
