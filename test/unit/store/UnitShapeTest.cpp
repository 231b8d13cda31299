/// What a shape sees of a summary: everything but where it stands in the main file.
#include "analysis/store/UnitShape.h"

#include "test/unit/SummaryBuilder.h"

#include "gtest/gtest.h"

#include <functional>

using namespace assay;
using namespace assay::test;

namespace {

SummaryBuilder sample() {
  SummaryBuilder B("a.c");
  B.function("callee", 1, 0);
  B.function("caller");
  B.variable("count");
  CodeBuilder C = B.code("caller");
  const uint32_t Local = C.local("x", "int");
  const uint32_t To = C.place(BaseKind::Local, Local);
  C.store(To, C.integer(7));
  const Operand Given = C.load(C.global("count"));
  C.ret(C.call("callee", {Given}));
  C.setLine(3);
  return B;
}

UnitShape shapeOf(SummaryBuilder &B) {
  const Unit U = B.unit();
  return assay::shapeOf(*U.Summary);
}

using Change = std::function<void(TUSummaryT &)>;
UnitShape changed(const Change &Edit) {
  SummaryBuilder B = sample();
  Edit(B.T);
  return shapeOf(B);
}

BodyT &body(TUSummaryT &T) {
  return *T.bodies.front();
}

TEST(UnitShape, WhatIsSaidIsContent) {
  const UnitShape Before = changed([](TUSummaryT &) {});
  const Change Edits[] = {
      [](TUSummaryT &T) { T.entities.front()->flags ^= 1; },
      [](TUSummaryT &T) { T.entities.front()->linkage = assay::Linkage::None; },
      [](TUSummaryT &T) { T.entities.front()->value = 5; },
      [](TUSummaryT &T) { T.entities.front()->section = T.entities.front()->name; },
      [](TUSummaryT &T) { T.strings[T.entities.front()->name] += "2"; },
      [](TUSummaryT &T) { T.strings[T.entities.front()->qualified] += "2"; },
      [](TUSummaryT &T) { T.entities.pop_back(); },
      [](TUSummaryT &T) { body(T).state = BodyState::Cut; },
      [](TUSummaryT &T) { body(T).insts.pop_back(); },
      [](TUSummaryT &T) { body(T).args.front() ^= 1; },
      [](TUSummaryT &T) { body(T).places.front() = Place(9, 0, 0, BaseKind::Local, 0); },
      [](TUSummaryT &T) { body(T).places.front() = Place(0, 0, 0, BaseKind::Local, 1); },
      [](TUSummaryT &T) { body(T).blocks.front() = Block(0, 1, 0, 1, 0, 0, 1); },
      [](TUSummaryT &T) { T.strings[body(T).locals.front().name()] += "2"; },
      [](TUSummaryT &T) {
        body(T).constants.front() = Constant(8, 0, 0, 0, Loc(), 0, ConstantKind::Int, 32);
      },
      [](TUSummaryT &T) {
        body(T).constants.front() = Constant(7, 0, 0, 0, Loc(), 1, ConstantKind::Int, 32);
      },
      [](TUSummaryT &T) {
        const Inst &I = body(T).insts.front();
        body(T).insts.front() = Inst(I.a(), I.b(), I.c(), I.type(), I.loc(), 4, I.op(), I.sub());
      },
      [](TUSummaryT &T) { T.errors = 1; },
      [](TUSummaryT &T) { T.files.front()->path = "b.c"; },
      [](TUSummaryT &T) { T.command->arguments.push_back("-DX"); },
  };
  for (size_t I = 0; I != std::size(Edits); ++I)
    EXPECT_NE(changed(Edits[I]).Content, Before.Content) << I;
}

/// Who reads the bodies of system headers sees more there.
TEST(UnitShape, WhatAHostAloneSeesOfOthersIsNot) {
  constexpr auto Bit = [](EntityFlag F) { return static_cast<uint32_t>(F); };
  const auto With = [&](uint32_t Flags) {
    return changed([&](TUSummaryT &T) { T.entities.front()->flags = Flags; }).Content;
  };
  const uint32_t System = Bit(EntityFlag::SystemHeader), Implicit = Bit(EntityFlag::Implicit);
  EXPECT_EQ(With(System), With(System | Bit(EntityFlag::Definition) | Bit(EntityFlag::Comdat)));
  EXPECT_EQ(With(Implicit), With(Implicit | System));
  EXPECT_NE(With(0), With(Bit(EntityFlag::Comdat)));
  EXPECT_NE(With(System), With(System | Bit(EntityFlag::NoReturn)));
}

TEST(UnitShape, PlacesOfTheMainFileAreNot) {
  const UnitShape Before = changed([](TUSummaryT &) {});
  const UnitShape Lower =
      changed([](TUSummaryT &T) { body(T).loc = std::make_unique<Loc>(5, 0, 1, 0); });
  EXPECT_EQ(Before.Content, Lower.Content);
  const auto Moved = MovedPlaces::between(Before, Lower);
  ASSERT_TRUE(Moved);
  EXPECT_EQ(Moved->place({3, 1}), (MainPlace{5, 1}));
  EXPECT_EQ(Moved->line(3), 5u);
  EXPECT_EQ(Moved->line(4), std::nullopt);
}

TEST(UnitShape, OrderAndLinesAreKept) {
  const auto Of = [](std::vector<MainPlace> Places) { return UnitShape{{}, std::move(Places)}; };
  const auto Moves = [&](std::vector<MainPlace> Then, std::vector<MainPlace> Now) {
    return MovedPlaces::between(Of(std::move(Then)), Of(std::move(Now))).has_value();
  };
  EXPECT_TRUE(Moves({}, {}));
  EXPECT_TRUE(Moves({{1, 2}, {1, 5}, {2, 1}}, {{4, 3}, {4, 9}, {7, 1}}));
  EXPECT_TRUE(Moves({{2, 1}, {1, 2}, {2, 1}}, {{3, 1}, {1, 2}, {3, 1}}));
  EXPECT_FALSE(Moves({{1, 2}, {2, 1}}, {{1, 2}, {1, 9}})) << "joined";
  EXPECT_FALSE(Moves({{1, 2}, {1, 5}}, {{1, 2}, {2, 1}})) << "parted";
  EXPECT_FALSE(Moves({{1, 2}, {2, 1}}, {{5, 2}, {4, 1}})) << "exchanged";
  EXPECT_FALSE(Moves({{1, 2}, {1, 2}}, {{1, 2}, {1, 3}})) << "one became two";
  EXPECT_FALSE(Moves({{1, 2}}, {{1, 2}, {1, 3}}));
}

} // namespace
