/// What comes back from an archive, and that wrong bytes under a right checksum do no harm.
#include "analysis/store/Archive.h"

#include "gtest/gtest.h"

namespace assay {
namespace {

enum class Kind : uint8_t { One, Two };

struct Leaf {
  std::string Text;
  Kind Of = Kind::One;
  std::array<uint8_t, 4> Bytes{};
  friend bool operator==(const Leaf &, const Leaf &) = default;
};

struct Tree {
  std::vector<Leaf> Leaves;
  std::map<std::string, std::vector<int64_t>> Numbers;
  std::set<std::string> Names;
  std::optional<Leaf> Maybe;
  std::variant<int64_t, bool, std::string> Choice;
  std::shared_ptr<const std::string> Shared, Again, None;
  std::pair<bool, unsigned> Both;
};

ASSAY_FIELDS(Leaf, Text, Of, Bytes)
ASSAY_FIELDS(Tree, Leaves, Numbers, Names, Maybe, Choice, Shared, Again, None, Both)

Tree sample() {
  Tree T;
  T.Leaves = {{"a", Kind::Two, {1, 2, 3, 4}}, {"", Kind::One, {}}};
  T.Numbers = {{"x", {-1, 1ll << 40}}, {"y", {}}};
  T.Names = {"p", "q"};
  T.Maybe = Leaf{"m", Kind::One, {}};
  T.Choice = std::string("chosen");
  T.Shared = std::make_shared<const std::string>("a file's name");
  T.Again = std::make_shared<const std::string>("a file's name");
  T.Both = {true, 7};
  return T;
}

TEST(Archive, GivesBackWhatWasPut) {
  const Tree T = sample();
  const auto Back = unarchived<Tree>(archived(T));
  ASSERT_TRUE(Back);
  EXPECT_EQ(Back->Leaves, T.Leaves);
  EXPECT_EQ(Back->Numbers, T.Numbers);
  EXPECT_EQ(Back->Names, T.Names);
  EXPECT_EQ(Back->Maybe, T.Maybe);
  EXPECT_EQ(Back->Choice, T.Choice);
  EXPECT_EQ(*Back->Shared, *T.Shared);
  EXPECT_EQ(Back->Shared, Back->Again);
  EXPECT_EQ(Back->None, nullptr);
  EXPECT_EQ(Back->Both, T.Both);
}

TEST(Archive, RefusesWhatIsTooShortOrTooLong) {
  const std::string Bytes = archived(sample());
  for (size_t Size = 0; Size != Bytes.size(); ++Size)
    EXPECT_FALSE(unarchived<Tree>(llvm::StringRef(Bytes).take_front(Size))) << Size;
  EXPECT_FALSE(unarchived<Tree>(Bytes + "x"));
}

/// Another count asks for no more memory than the bytes could fill, another number of a variant or
/// a shared name for none; what else a wrong byte says is a value like any other.
TEST(Archive, SurvivesEachWrongByte) {
  const std::string Bytes = archived(sample());
  unsigned Refused = 0;
  for (size_t At = 0; At != Bytes.size(); ++At)
    for (int Mask : {0x01, 0x80, 0xFF}) {
      std::string Wrong = Bytes;
      Wrong[At] = static_cast<char>(Wrong[At] ^ Mask);
      Refused += !unarchived<Tree>(Wrong);
    }
  EXPECT_GT(Refused, Bytes.size() / 2);
}

TEST(Archive, BelievesNoCountThatTheBytesCannotHold) {
  std::string Bytes(8, '\xFF');
  EXPECT_FALSE(unarchived<std::vector<std::string>>(Bytes));
  EXPECT_FALSE((unarchived<std::map<std::string, std::string>>(Bytes)));
  EXPECT_FALSE(unarchived<std::string>(Bytes));
}

} // namespace
} // namespace assay
