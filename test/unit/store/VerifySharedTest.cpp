/// Bodies that a unit shares are believed as little as its own, and mean nothing but its entities.
#include "analysis/store/Verify.h"
#include "test/unit/SummaryBuilder.h"

#include <gtest/gtest.h>

#include <functional>

using namespace assay;
using namespace assay::test;

namespace {

constexpr uint32_t Far = 1'000'000;

struct Sample {
  Sample() {
    Builder.function("f", 1);
    Builder.declaration("g", 1);
    Builder.field("s::x");
    CodeBuilder Code = Builder.code("f");
    Code.store(Code.place(BaseKind::Local, Code.local("l"), {CodeBuilder::field("s::x")}),
               Code.load(Code.place(BaseKind::Param, 0)));
    Code.call("g", {Code.integer(7)});
    Code.ret();
    Shared = Builder.share("f.h");
  }
  llvm::Expected<Unit> open() {
    const std::vector<uint8_t> Bodies = Builder.bytesOf(*Shared);
    return openSummary(Builder.bytes(), {Bodies});
  }

  SummaryBuilder Builder{"a.c"};
  std::unique_ptr<HeaderBodiesT> Shared;
};

std::string faultOf(llvm::Expected<Unit> Opened) {
  return Opened ? "" : llvm::toString(Opened.takeError());
}

std::string faultAfter(const std::function<void(HeaderBodiesT &)> &Change) {
  Sample S;
  Change(*S.Shared);
  return faultOf(S.open());
}

std::string faultOfUse(const std::function<void(HeaderUseT &)> &Change) {
  Sample S;
  const std::vector<uint8_t> Bodies = S.Builder.bytesOf(*S.Shared);
  Change(*S.Builder.T.shared[0]);
  return faultOf(openSummary(S.Builder.bytes(), {Bodies}));
}

TEST(VerifyShared, AGoodOneIsTheUnitsOwn) {
  Sample S;
  const Unit U = llvm::cantFail(S.open());
  unsigned Bodies = 0;
  forEachBody(U, [&](const UnitBody &B) {
    ++Bodies;
    EXPECT_EQ(B.Part, 0u);
    const Entity &Row = *U.Summary->entities()->Get(B.entity(B.Data->entity()));
    EXPECT_EQ(U.string(Row.name()), "f");
  });
  EXPECT_EQ(Bodies, 1u);
}

TEST(VerifyShared, Tables) {
  EXPECT_NE(faultAfter([](HeaderBodiesT &H) { H.files.clear(); }), "");
  EXPECT_NE(faultAfter([](HeaderBodiesT &H) { H.strings.clear(); }), "");
  EXPECT_NE(faultAfter([](HeaderBodiesT &H) { H.strings[0] = "x"; }), "");
  EXPECT_NE(faultAfter([](HeaderBodiesT &H) { H.entities[0] = Far; }), "");
  EXPECT_EQ(faultAfter([](HeaderBodiesT &H) { std::swap(H.entities[0], H.entities[1]); }),
            "entity 'f' is out of order");
  EXPECT_NE(faultAfter([](HeaderBodiesT &H) { H.entities[1] = H.entities[0]; }), "");
}

TEST(VerifyShared, Bodies) {
  const auto Change = [](const std::function<void(BodyT &)> &What) {
    return faultAfter([&](HeaderBodiesT &H) { What(*H.bodies[0]); });
  };
  EXPECT_EQ(Change([](BodyT &B) { B.insts[0].mutate_a(9); }),
            "body of 'f': instruction 0 points outside its table");
  EXPECT_NE(Change([](BodyT &B) { B.entity = 3; }), "");
  EXPECT_NE(Change([](BodyT &B) { B.insts[0].mutate_type(Far); }), "");
  EXPECT_NE(Change([](BodyT &B) { B.insts[0].mutable_loc().mutate_file(1); }), "");
  EXPECT_NE(Change([](BodyT &B) { B.steps[0].mutate_value(3); }), "");
  const auto SetParam = [](uint32_t Index) {
    return [Index](BodyT &B) {
      for (Place &P : B.places)
        if (P.kind() == BaseKind::Param)
          P.mutate_base(Index);
    };
  };
  EXPECT_EQ(Change(SetParam(1)),
            "bodies that it shares: body of 'f': it has fewer parameters than are used");
  EXPECT_NE(Change(SetParam(~0u)), "");
}

TEST(VerifyShared, Uses) {
  EXPECT_EQ(faultOfUse([](HeaderUseT &U) { U.entities.pop_back(); }),
            "bodies that it shares: it names 2 entities for the 3 of its header");
  EXPECT_EQ(faultOfUse([](HeaderUseT &U) { U.entities[1] = 0; }),
            "bodies that it shares: it has another entity in the place of 'g'");
  EXPECT_NE(faultOfUse([](HeaderUseT &U) { U.entities[2] = 3; }), "");
  EXPECT_EQ(faultOfUse([](HeaderUseT &U) { U.digest.pop_back(); }), "what it shares has no digest");
  EXPECT_EQ(faultOfUse([](HeaderUseT &U) { U.digest[0] ^= 1; }),
            "bodies that it shares are missing");
}

TEST(VerifyShared, EveryFlippedBitIsRefusedOrHarmless) {
  Sample S;
  const std::vector<uint8_t> Bytes = S.Builder.bytesOf(*S.Shared);
  for (size_t At = 0; At != Bytes.size(); ++At)
    for (unsigned Bit = 0; Bit != 8; ++Bit) {
      std::vector<uint8_t> Damaged = Bytes;
      Damaged[At] ^= static_cast<uint8_t>(1u << Bit);
      const auto Digest = llvm::BLAKE3::hash<32>(Damaged);
      S.Builder.T.shared[0]->digest.assign(Digest.begin(), Digest.end());
      faultOf(openSummary(S.Builder.bytes(), {Damaged}));
    }
}

} // namespace
