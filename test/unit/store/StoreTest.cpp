/// What is believed of a stored file, and what happens when there is trouble.
#include "analysis/store/Store.h"

#include "analysis/store/WriteAside.h"
#include "test/unit/SummaryBuilder.h"
#include "test/unit/store/Folder.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace assay;
using namespace assay::test;

namespace {

std::vector<uint8_t> sampleSummary(const std::string &File = "a.c") {
  SummaryBuilder B(File);
  B.function("f", 1);
  B.declaration("g", 1);
  B.field("s::x");
  B.variable("v");
  CodeBuilder Code = B.code("f");
  const auto L = Code.local("l", "int");
  Code.store(Code.place(BaseKind::Local, L, {CodeBuilder::field("s::x")}),
             Code.load(Code.place(BaseKind::Param, 0)));
  Code.call("g", {Code.integer(7)});
  Code.store(Code.global("v"), Code.function("f"));
  Code.ret();
  return B.bytes();
}

class StoreTest : public Folder {
protected:
  Store open(const std::string &Tool = "tool 1") const {
    auto S = Store::open(at("store"), Tool);
    if (!S)
      ADD_FAILURE() << llvm::toString(S.takeError());
    return *S;
  }
  static Store::Key keyOf(const Store &S) {
    return S.keyFor("<build>", "a.c", {"cc", "-c", "a.c"}, {});
  }
  static void put(const Store &S, const Store::Key &K, const std::vector<uint8_t> &Bytes) {
    if (llvm::Error E = S.put(K, Bytes))
      ADD_FAILURE() << llvm::toString(std::move(E));
  }
  /// The note of a look-up that must miss.
  static std::string missOf(const Store &S, const Store::Key &K) {
    const Store::Lookup L = S.lookup(K);
    EXPECT_FALSE(L.Found);
    return L.Note;
  }
};

TEST_F(StoreTest, GivesBackWhatWasPut) {
  const Store S = open();
  const Store::Key K = keyOf(S);
  const auto Bytes = sampleSummary();
  EXPECT_EQ(missOf(S, K), "");
  put(S, K, Bytes);
  const Store::Lookup L = S.lookup(K);
  ASSERT_TRUE(L.Found) << L.Note;
  EXPECT_EQ(L.Note, "");
  EXPECT_EQ(L.Found->Summary->command()->file()->str(), "a.c");
  EXPECT_EQ(reinterpret_cast<uintptr_t>(L.Found->Summary->bodies()->Get(0)->insts()->Data()) % 4,
            0u);
  EXPECT_EQ(files(), std::vector<std::string>{llvm::sys::path::filename(S.pathOf(K)).str()});
}

TEST_F(StoreTest, KeysTellListsApart) {
  const Store S = open(), Other = open("tool 2");
  const auto Key = [&](std::vector<std::string> Args, std::vector<std::string> Options) {
    return S.keyFor("d", "f", Args, Options);
  };
  EXPECT_NE(Key({"a", "b"}, {}), Key({"ab"}, {}));
  EXPECT_NE(Key({"a", "b"}, {}), Key({"a"}, {"b"}));
  EXPECT_NE(S.keyFor("df", "", {}, {}), S.keyFor("d", "f", {}, {}));
  EXPECT_NE(keyOf(S), keyOf(Other));
  EXPECT_EQ(keyOf(S), keyOf(open()));
}

TEST_F(StoreTest, EveryTruncationIsAMissWithANote) {
  const Store S = open();
  const Store::Key K = keyOf(S);
  put(S, K, sampleSummary());
  const std::string Whole = read(S.pathOf(K));
  for (size_t Length = 0; Length < Whole.size(); Length += Length < 160 ? 1 : 7) {
    write(S.pathOf(K), Whole.substr(0, Length));
    EXPECT_NE(missOf(S, K), "") << Length;
  }
  write(S.pathOf(K), Whole + "x");
  EXPECT_NE(missOf(S, K), "");
}

TEST_F(StoreTest, EveryFlippedByteIsAMissWithANote) {
  const Store S = open();
  const Store::Key K = keyOf(S);
  put(S, K, sampleSummary());
  const std::string Whole = read(S.pathOf(K));
  std::fstream File(S.pathOf(K), std::ios::binary | std::ios::in | std::ios::out);
  const auto SetByte = [&](size_t At, char Value) {
    File.seekp(static_cast<std::streamoff>(At));
    File.put(Value).flush();
  };
  for (size_t At = 0; At != Whole.size(); ++At) {
    SetByte(At, static_cast<char>(Whole[At] ^ (1 << At % 8)));
    EXPECT_NE(missOf(S, K), "") << At;
    SetByte(At, Whole[At]);
  }
  EXPECT_TRUE(S.lookup(K).Found);
}

TEST_F(StoreTest, ABadFileIsReplacedByTheNextPut) {
  const Store S = open();
  const Store::Key K = keyOf(S);
  put(S, K, sampleSummary());
  write(S.pathOf(K), "nonsense");
  EXPECT_NE(missOf(S, K).find("shorter than its header"), std::string::npos);
  put(S, K, sampleSummary());
  EXPECT_TRUE(S.lookup(K).Found);
}

TEST_F(StoreTest, SaysWhoseFileItIs) {
  const Store Old = open("tool 1"), New = open("tool 2");
  put(Old, keyOf(Old), sampleSummary());
  const std::string Bytes = read(Old.pathOf(keyOf(Old)));
  put(New, keyOf(New), sampleSummary());
  write(New.pathOf(keyOf(New)), Bytes);
  EXPECT_NE(missOf(New, keyOf(New)).find("another version of the tool"), std::string::npos);

  Store::Key OtherKey = keyOf(Old);
  OtherKey[31] ^= 1;
  write(Old.pathOf(OtherKey), Bytes);
  EXPECT_NE(missOf(Old, OtherKey).find("another key"), std::string::npos);

  std::string Versioned = Bytes;
  Versioned[8]++;
  write(Old.pathOf(keyOf(Old)), Versioned);
  EXPECT_NE(missOf(Old, keyOf(Old)).find("another format version"), std::string::npos);
}

/// A checksum only says that the bytes are those that were written.
TEST_F(StoreTest, AWellSealedLieIsSeen) {
  const Store S = open();
  put(S, keyOf(S), {1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_NE(missOf(S, keyOf(S)).find("not a well-formed summary"), std::string::npos);
}

TEST_F(StoreTest, ManyWritersAndReadersAtOnce) {
  const Store S = open();
  const Store::Key K = keyOf(S);
  const auto Bytes = sampleSummary();
  put(S, K, Bytes);
  std::vector<pid_t> Children;
  for (unsigned Child = 0; Child != 6; ++Child) {
    const pid_t Pid = fork();
    if (Pid == 0) {
      bool Fine = true;
      for (unsigned Round = 0; Round != 200 && Fine; ++Round) {
        const Store::Lookup L = S.lookup(K);
        Fine = L.Found && L.Note.empty() && !S.put(K, Bytes);
      }
      _exit(Fine ? 0 : 1);
    }
    Children.push_back(Pid);
  }
  for (pid_t Pid : Children) {
    int Status = 0;
    waitpid(Pid, &Status, 0);
    EXPECT_EQ(Status, 0);
  }
  EXPECT_EQ(files().size(), 1u);
}

TEST_F(StoreTest, UnusableFoldersAreRefusedWithAMessage) {
  write(at("file"), "");
  auto S = Store::open(at("file/store"), "tool");
  ASSERT_FALSE(S);
  EXPECT_NE(llvm::toString(S.takeError()).find("cannot use the store '" + at("file/store") + "'"),
            std::string::npos);
  auto Itself = Store::open(at("file"), "tool");
  ASSERT_FALSE(Itself);
  llvm::consumeError(Itself.takeError());
}

TEST_F(StoreTest, AFullDiskLeavesNothingHalfWritten) {
  const Store S = open();
  const Store::Key K = keyOf(S);
  const auto Bytes = sampleSummary();
  put(S, K, Bytes);
  const std::string Before = read(S.pathOf(K));
  const pid_t Pid = fork();
  if (Pid == 0) {
    // As on a full disk, a write fails in the middle.
    signal(SIGXFSZ, SIG_IGN);
    const rlimit Limit{200, 200};
    setrlimit(RLIMIT_FSIZE, &Limit);
    const std::string Message = llvm::toString(S.put(K, Bytes));
    _exit(Message.find("cannot write '" + S.pathOf(K) + "'") == std::string::npos);
  }
  int Status = 0;
  waitpid(Pid, &Status, 0);
  EXPECT_EQ(Status, 0);
  EXPECT_EQ(files().size(), 1u);
  EXPECT_EQ(read(S.pathOf(K)), Before);
}

TEST_F(StoreTest, WritesThroughNoSymbolicLink) {
  const Store S = open();
  const Store::Key K = keyOf(S);
  ASSERT_FALSE(llvm::sys::fs::create_directory(at("elsewhere")));
  const std::string FanOut = llvm::sys::path::parent_path(S.pathOf(K)).str();
  ASSERT_EQ(symlink(at("elsewhere").c_str(), FanOut.c_str()), 0);
  EXPECT_NE(llvm::toString(S.put(K, sampleSummary())).find("symbolic link"), std::string::npos);

  ASSERT_FALSE(llvm::sys::fs::remove(FanOut));
  ASSERT_FALSE(llvm::sys::fs::create_directory(FanOut));
  write(at("precious"), "keep");
  ASSERT_EQ(symlink(at("precious").c_str(), S.pathOf(K).c_str()), 0);
  put(S, K, sampleSummary());
  EXPECT_EQ(read(at("precious")), "keep");
}

TEST_F(StoreTest, PrunesWhatWasNotUsedForLongest) {
  const Store S = open();
  std::vector<Store::Key> Keys;
  for (unsigned N = 0; N != 4; ++N) {
    Keys.push_back(S.keyFor("d", std::to_string(N), {}, {}));
    put(S, Keys[N], sampleSummary());
    const timespec Time{1'700'000'000 + (N == 0 ? 100 : N), 0};
    const timespec Times[2] = {Time, Time};
    ASSERT_EQ(utimensat(AT_FDCWD, S.pathOf(Keys[N]).c_str(), Times, 0), 0);
  }
  const std::string Alien = llvm::sys::path::parent_path(S.pathOf(Keys[1])).str() + "/notes.txt";
  write(Alien, "mine");
  write(at("store/ab"), "a file with the name of a folder");
  const std::string Left = S.pathOf(Keys[1]) + ".1234abcd" + UnfinishedSuffix.str();
  write(Left, "half");
  const timespec Old[2] = {{1'700'000'000, 0}, {1'700'000'000, 0}};
  ASSERT_EQ(utimensat(AT_FDCWD, Left.c_str(), Old, 0), 0);

  uint64_t Size = 0;
  ASSERT_FALSE(llvm::sys::fs::file_size(S.pathOf(Keys[0]), Size));
  auto Removed = S.prune(2 * Size);
  ASSERT_TRUE(bool(Removed));
  EXPECT_EQ(*Removed, 3u);
  EXPECT_TRUE(S.lookup(Keys[0]).Found);
  EXPECT_FALSE(S.lookup(Keys[1]).Found);
  EXPECT_FALSE(S.lookup(Keys[2]).Found);
  EXPECT_TRUE(S.lookup(Keys[3]).Found);
  EXPECT_EQ(read(Alien), "mine");
  EXPECT_FALSE(llvm::sys::fs::exists(Left));
}

} // namespace
