/// Bodies that units share are joined as if each unit had its own.
#include "test/unit/link/Linked.h"

using namespace assay;
using namespace assay::test;

namespace {

/// `inline void check() { usage(); }` of a header, in a unit that defines `usage` (or not).
Unit unitOf(const std::string &File, uint32_t Image, uint64_t Usage, bool Shares = true) {
  SummaryBuilder B(File);
  B.function("check", 0, flags({EntityFlag::Definition, EntityFlag::Inline, EntityFlag::Comdat}));
  B.function("usage", 0, Usage ? flags({EntityFlag::Definition}) : 0);
  B.function("early@" + File);
  B.code("check").digest(7).call("usage");
  std::unique_ptr<HeaderBodiesT> Header = Shares ? B.share("check.h") : nullptr;
  if (Usage)
    B.code("usage").digest(Usage);
  auto Shared = std::make_shared<SharedBodies>();
  if (Header) {
    const std::vector<uint8_t> Bytes = B.bytesOf(*Header);
    Shared->Bytes = llvm::MemoryBuffer::getMemBufferCopy(
        {reinterpret_cast<const char *>(Bytes.data()), Bytes.size()});
    Shared->Rows = flatbuffers::GetRoot<HeaderBodies>(Shared->Bytes->getBufferStart());
  }
  Unit U = B.unit();
  if (Header)
    U.Shared.push_back(std::move(Shared));
  U.Images = {Image};
  return U;
}

std::vector<Unit> units(Unit A, Unit B, Unit C) {
  std::vector<Unit> Units;
  Units.push_back(std::move(A));
  Units.push_back(std::move(B));
  Units.push_back(std::move(C));
  return Units;
}

TEST(Shared, OneBodyWhoeverSharesIt) {
  const Linked L(
      units(unitOf("c.c", 1, 0), unitOf("b.c", 1, 0, /*Shares=*/false), unitOf("a.c", 1, 1)));
  const auto Bodies = L.P.bodiesOf(L.id("check"));
  ASSERT_EQ(Bodies.size(), 1u);
  EXPECT_EQ(L.P.unit(L.P.body(Bodies[0]).Unit).Summary->files()->Get(0)->path()->str(), "a.c");
  EXPECT_EQ(L.P.tablesOf(Bodies[0]).path(0), "check.h");
  EXPECT_EQ(L.text(L.P.calleesOf({Bodies[0], 0})), "usage");
  EXPECT_EQ(L.callers("usage"), "check");
}

/// Two programs of one database: the header's body calls another function in each.
TEST(Shared, OneContentMayMeanTwoThings) {
  const Linked L(units(unitOf("a.c", 1, 1), unitOf("b.c", 2, 2), unitOf("c.c", 2, 0)));
  const auto Bodies = L.P.bodiesOf(L.id("check"));
  ASSERT_EQ(Bodies.size(), 2u);
  EXPECT_EQ(L.text(L.P.calleesOf({Bodies[0], 0})), "usage@a.c");
  EXPECT_EQ(L.text(L.P.calleesOf({Bodies[1], 0})), "usage@b.c");
  EXPECT_EQ(L.callers("usage@b.c"), "check");
}

} // namespace
