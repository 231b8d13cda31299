/// What units share is kept once, believed as little as a summary, and goes with its last user.
#include "analysis/store/Store.h"
#include "test/unit/SummaryBuilder.h"
#include "test/unit/store/Folder.h"

#include <fcntl.h>
#include <sys/stat.h>

using namespace assay;
using namespace assay::test;

namespace {

/// Units whose only body is a header's.
class SharedStoreTest : public Folder {
protected:
  struct Written {
    std::vector<uint8_t> Summary, Bodies;
  };
  static Written unit(const std::string &File, const std::string &Callee) {
    SummaryBuilder B(File);
    B.function("f");
    B.declaration(Callee);
    B.code("f").digest(1).call(Callee);
    const auto Shared = B.share("f.h");
    Written W;
    W.Bodies = B.bytesOf(*Shared);
    W.Summary = B.bytes();
    return W;
  }
  /// An object of its own, as another run has.
  Store open() const { return llvm::cantFail(Store::open(at("store"), "tool")); }
  Store::Key key(const std::string &File) const {
    return open().keyFor("<build>", File, {"cc"}, {});
  }
  std::string path(const std::string &File) const { return open().pathOf(key(File)); }
  std::string bodies(const std::string &Callee = "g") const {
    return open().pathOfShared(assay::digestOf(unit("a.c", Callee).Bodies));
  }
  void put(const Store &S, const std::string &File, const std::string &Callee = "g") const {
    const Written W = unit(File, Callee);
    if (llvm::Error E = S.put(key(File), W.Summary, {W.Bodies}))
      ADD_FAILURE() << llvm::toString(std::move(E));
  }
  bool has(const std::string &File) const { return open().lookup(key(File)).Found.has_value(); }
  std::string missOf(const std::string &File) const {
    const Store::Lookup L = open().lookup(key(File));
    EXPECT_FALSE(L.Found);
    return L.Note;
  }
  static void age(const std::string &Path, time_t Second = 1'700'000'000) {
    const timespec Times[2] = {{Second, 0}, {Second, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, Path.c_str(), Times, 0), 0);
  }
  unsigned prune(uint64_t Most) const { return llvm::cantFail(open().prune(Most)); }
  static uint64_t sizeOf(const std::string &Path) {
    uint64_t Size = 0;
    EXPECT_FALSE(llvm::sys::fs::file_size(Path, Size));
    return Size;
  }
};

TEST_F(SharedStoreTest, OneFileForAllUnits) {
  const Store S = open();
  put(S, "a.c");
  put(S, "b.c");
  EXPECT_EQ(files().size(), 3u);
  const Store Again = open();
  const Store::Lookup A = Again.lookup(key("a.c")), B = Again.lookup(key("b.c"));
  ASSERT_TRUE(A.Found && B.Found) << A.Note << B.Note;
  EXPECT_EQ(A.Found->Shared, B.Found->Shared);
  put(S, "b.c", "h");
  EXPECT_EQ(files().size(), 4u);
}

TEST_F(SharedStoreTest, WithoutThemAUnitIsNotFoundAndTheNextPutMendsIt) {
  put(open(), "a.c");
  const std::string Whole = read(bodies());
  llvm::sys::fs::remove(bodies());
  EXPECT_EQ(missOf("a.c"), "stored bodies '" + bodies() +
                               "' are not used: No such file or directory; units that share them "
                               "are parsed again");
  put(open(), "b.c");
  EXPECT_TRUE(has("a.c"));
  write(bodies(), Whole.substr(0, Whole.size() - 1));
  EXPECT_NE(missOf("a.c").find("of another length than it says"), std::string::npos);
  const Store S = open();
  EXPECT_FALSE(S.lookup(key("a.c")).Found);
  put(S, "a.c");
  EXPECT_TRUE(S.lookup(key("a.c")).Found);
  EXPECT_EQ(read(bodies()), Whole);
}

TEST_F(SharedStoreTest, EveryFlippedByteIsAMissWithANote) {
  put(open(), "a.c");
  for (const std::string &Path : {bodies(), path("a.c")}) {
    const std::string Whole = read(Path);
    for (size_t At = 0; At != Whole.size(); ++At) {
      std::string Damaged = Whole;
      Damaged[At] = static_cast<char>(Whole[At] ^ (1 << At % 8));
      write(Path, Damaged);
      EXPECT_NE(missOf("a.c"), "") << Path << " " << At;
    }
    write(Path, Whole);
  }
  EXPECT_TRUE(has("a.c"));
}

TEST_F(SharedStoreTest, OtherBodiesInTheirPlaceAreNotTaken) {
  put(open(), "a.c");
  put(open(), "b.c", "h");
  write(bodies(), read(bodies("h")));
  EXPECT_NE(missOf("a.c").find("kept under another key than its own"), std::string::npos);
}

TEST_F(SharedStoreTest, TheyGoWithTheLastWhoNamesThem) {
  put(open(), "a.c");
  put(open(), "b.c");
  put(open(), "c.c", "h");
  age(path("a.c"));
  age(path("b.c"), 1'700'000'001);
  age(bodies());
  age(bodies("h"));
  EXPECT_EQ(prune(1 << 20), 0u);
  const uint64_t Rest = sizeOf(path("c.c")) + sizeOf(bodies("h"));
  EXPECT_EQ(prune(sizeOf(path("b.c")) + sizeOf(bodies()) + Rest), 1u);
  EXPECT_FALSE(llvm::sys::fs::exists(path("a.c")));
  EXPECT_TRUE(has("b.c"));
  age(path("b.c"));
  EXPECT_EQ(prune(Rest), 2u);
  EXPECT_FALSE(llvm::sys::fs::exists(bodies()));
  EXPECT_TRUE(has("c.c"));
}

TEST_F(SharedStoreTest, WhatNobodyNamesGoesUnlessItIsNew) {
  put(open(), "a.c");
  llvm::sys::fs::remove(path("a.c"));
  EXPECT_EQ(prune(1 << 20), 0u) << "its summary may be on the way";
  age(bodies());
  EXPECT_EQ(prune(1 << 20), 1u);
  EXPECT_TRUE(files().empty());
}

} // namespace
