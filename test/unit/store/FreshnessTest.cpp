/// When a stored summary is still true, and when a file need not be read to know it.
#include "analysis/store/Freshness.h"

#include "test/unit/SummaryBuilder.h"
#include "test/unit/store/Folder.h"

#include <fcntl.h>
#include <sys/stat.h>

using namespace assay;
using namespace assay::test;

namespace {

class Freshness : public Folder {
protected:
  /// As if the file had been written long ago. The time of the last change of the inode cannot be
  /// set back, so the tests wait for nothing and look at what is read again instead.
  static void setTime(const std::string &Path, time_t Seconds) {
    const timespec Times[2] = {{Seconds, 5}, {Seconds, 5}};
    ASSERT_EQ(utimensat(AT_FDCWD, Path.c_str(), Times, 0), 0);
  }
  std::string index() const { return at("files.index"); }
  static void save(const FileDigests &Files) {
    if (llvm::Error E = Files.save())
      ADD_FAILURE() << llvm::toString(std::move(E));
  }
};

TEST_F(Freshness, EveryFileMustHoldWhatItHeld) {
  write(at("a.c"), "int a;");
  write(at("b.h"), "int b;");
  SummaryBuilder B("a.c");
  B.T.files.push_back(std::make_unique<FileReadT>());
  B.T.files[1]->path = "b.h";
  const auto SetDigests = [&] {
    for (auto &File : B.T.files) {
      const Digest D = assay::digestOf(llvm::StringRef(read(at(File->path))));
      File->digest.assign(D.begin(), D.end());
    }
  };
  const auto Fresh = [&] {
    FileDigests Files("");
    const Unit U = B.unit();
    return isFresh(*U.Summary, Files, PathForms(Made, ""));
  };
  SetDigests();
  EXPECT_TRUE(Fresh());
  write(at("b.h"), "int c;");
  EXPECT_FALSE(Fresh());
  SetDigests();
  EXPECT_TRUE(Fresh());
  ASSERT_FALSE(llvm::sys::fs::remove(at("b.h")));
  EXPECT_FALSE(Fresh());
  B.T.files[1]->digest.clear();
  EXPECT_FALSE(Fresh());
}

TEST_F(Freshness, AFileIsReadOncePerRun) {
  write(at("a.c"), "one");
  FileDigests Files("");
  const auto First = Files.digestOf(at("a.c"));
  write(at("a.c"), "two");
  EXPECT_EQ(Files.digestOf(at("a.c")), First);
  EXPECT_EQ(Files.filesRead(), 1u);
  EXPECT_FALSE(Files.digestOf(at("gone")));
  EXPECT_FALSE(Files.digestOf(Made));
}

TEST_F(Freshness, AFileAtRestIsNotReadAgain) {
  // A file of the system: at rest for long.
  const std::string Old = "/bin/sh";
  FileDigests First(index());
  const auto Content = First.digestOf(Old);
  ASSERT_TRUE(Content);
  save(First);
  FileDigests Second(index());
  EXPECT_EQ(Second.note(), "");
  EXPECT_EQ(Second.digestOf(Old), Content);
  EXPECT_EQ(Second.filesRead(), 0u);
}

TEST_F(Freshness, AFileJustWrittenIsReadAgainWhateverItsStampSays) {
  write(at("a.c"), "one");
  setTime(at("a.c"), 1'700'000'000);
  FileDigests First(index());
  ASSERT_TRUE(First.digestOf(at("a.c")));
  save(First);
  // Same size, same time of modification: within one tick of the clock nothing tells the two apart.
  write(at("a.c"), "two");
  setTime(at("a.c"), 1'700'000'000);
  FileDigests Second(index());
  EXPECT_EQ(Second.digestOf(at("a.c")), assay::digestOf(llvm::StringRef("two")));
  EXPECT_EQ(Second.filesRead(), 1u);
}

TEST_F(Freshness, ADamagedIndexIsAnEmptyOneWithANote) {
  FileDigests First(index());
  ASSERT_TRUE(First.digestOf("/bin/sh"));
  save(First);
  const std::string Whole = read(index());
  for (size_t At = 0; At < Whole.size(); At += At < 60 ? 1 : 5) {
    std::string Damaged = Whole;
    Damaged[At] = static_cast<char>(Damaged[At] ^ 4);
    write(index(), Damaged);
    FileDigests Files(index());
    EXPECT_NE(Files.note(), "") << At;
    write(index(), Whole.substr(0, At));
    EXPECT_NE(FileDigests(index()).note(), "") << At;
  }
  FileDigests Files(index());
  EXPECT_TRUE(Files.digestOf("/bin/sh"));
  EXPECT_EQ(Files.filesRead(), 1u);
  save(Files);
  EXPECT_EQ(read(index()), Whole);
}

TEST_F(Freshness, AnIndexThatCannotBeWrittenIsSaid) {
  write(at("file"), "");
  FileDigests Files(at("file/files.index"));
  ASSERT_TRUE(Files.digestOf("/bin/sh"));
  EXPECT_NE(llvm::toString(Files.save()).find("cannot write '" + at("file/files.index") + "'"),
            std::string::npos);
}

} // namespace
