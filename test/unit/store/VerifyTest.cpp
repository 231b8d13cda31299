/// Each index of a summary, pointed outside its table, is named before anybody follows it.
#include "analysis/store/Verify.h"

#include "test/unit/SummaryBuilder.h"

#include <gtest/gtest.h>

#include <functional>

using namespace assay;
using namespace assay::test;

namespace {

constexpr uint32_t Far = 1'000'000;

SummaryBuilder sample() {
  SummaryBuilder B("a.c");
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
  Code.select(Code.integer(1), Code.integer(2));
  Code.ret();
  return B;
}

std::string faultAfter(const std::function<void(TUSummaryT &)> &Change) {
  SummaryBuilder B = sample();
  Change(B.T);
  auto Opened = openSummary(B.bytes());
  return Opened ? "" : llvm::toString(Opened.takeError());
}

std::string faultInBody(const std::function<void(BodyT &)> &Change) {
  return faultAfter([&](TUSummaryT &T) { Change(*T.bodies[0]); });
}

TEST(Verify, AGoodSummaryPasses) {
  EXPECT_EQ(faultAfter([](TUSummaryT &) {}), "");
}

TEST(Verify, Heads) {
  EXPECT_NE(faultAfter([](TUSummaryT &T) { T.files.clear(); }), "");
  EXPECT_NE(faultAfter([](TUSummaryT &T) { T.command.reset(); }), "");
  EXPECT_NE(faultAfter([](TUSummaryT &T) { T.strings.clear(); }), "");
  EXPECT_NE(faultAfter([](TUSummaryT &T) { T.strings[0] = "x"; }), "");
}

TEST(Verify, Entities) {
  const auto Change = [](const std::function<void(EntityT &)> &What) {
    return faultAfter([&](TUSummaryT &T) { What(*T.entities[0]); });
  };
  EXPECT_EQ(Change([](EntityT &E) { E.name = Far; }), "entity 0 points outside its table");
  EXPECT_NE(Change([](EntityT &E) { E.type = Far; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.qualified = Far; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.asm_label = Far; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.alias_of = Far; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.section = Far; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.parent = 5; }), "");
  EXPECT_EQ(Change([](EntityT &E) { E.parent = 4; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.bases = {4}; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.overrides = {0, Far}; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.annotations = {Far}; }), "");
  EXPECT_NE(Change([](EntityT &E) { E.kind = EntityKind(200); }), "");
  EXPECT_NE(Change([](EntityT &E) { E.linkage = Linkage(3); }), "");
  EXPECT_NE(Change([](EntityT &E) { E.params[0].mutate_type(Far); }), "");
  EXPECT_NE(Change([](EntityT &E) { E.loc->mutate_file(1); }), "");
  EXPECT_NE(Change([](EntityT &E) { E.loc->mutate_macro(Far); }), "");
  EXPECT_EQ(faultAfter([](TUSummaryT &T) { std::swap(T.entities[0], T.entities[1]); }),
            "entity 1 ('f') is out of order");
  EXPECT_NE(faultAfter([](TUSummaryT &T) { T.entities[1]->name = T.entities[0]->name; }), "");
}

TEST(Verify, BodyTables) {
  EXPECT_EQ(faultInBody([](BodyT &B) { B.blocks[0].mutate_num_insts(Far); }),
            "body of 'f': block 0 points outside its table");
  EXPECT_NE(faultInBody([](BodyT &B) { B.blocks[0].mutate_first_inst(~0u); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.blocks[0].mutate_num_succs(2); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.blocks[0].mutate_num_cases(1); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.blocks.clear(); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.succs[0] = 2; }), "");
  EXPECT_EQ(faultInBody([](BodyT &B) { B.succs[0] = ~0u; }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.args[0] = Operand(OperandKind::Const, 99).raw(); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.args[0] = 7u << 29; }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.constants[0].mutate_text(Far); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.constants[0].mutate_entity(5); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.constants[0].mutate_kind(ConstantKind(77)); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.places[0].mutate_base(1); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.places[1].mutate_base(1); }), "")
      << "a parameter that f does not have";
  EXPECT_NE(faultInBody([](BodyT &B) { B.places[0].mutate_path_len(2); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.places[0].mutate_kind(BaseKind(9)); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.steps[0].mutate_value(4); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.steps[0].mutate_kind(StepKind(4)); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.locals[0].mutate_type(Far); }), "");
  EXPECT_NE(faultInBody([](BodyT &B) { B.entity = 4; }), "");
  EXPECT_NE(
      faultInBody([](BodyT &B) { B.end = std::make_unique<Loc>(1, 0, uint16_t(1), uint16_t(3)); }),
      "");
}

TEST(Verify, Instructions) {
  const auto Change = [](Op Which, const std::function<void(Inst &)> &What) {
    return faultInBody([&](BodyT &B) {
      for (Inst &I : B.insts)
        if (I.op() == Which)
          return What(I);
    });
  };
  EXPECT_EQ(Change(Op::Load, [](Inst &I) { I.mutate_a(3); }),
            "body of 'f': instruction 0 points outside its table");
  EXPECT_NE(Change(Op::Store, [](Inst &I) { I.mutate_b(Operand(OperandKind::Temp, 99).raw()); }),
            "");
  EXPECT_NE(Change(Op::Store, [](Inst &I) { I.mutate_a(3); }), "");
  EXPECT_NE(Change(Op::Call, [](Inst &I) { I.mutate_c(2); }), "");
  EXPECT_NE(Change(Op::Call, [](Inst &I) { I.mutate_b(~0u); }), "");
  EXPECT_NE(Change(Op::Call, [](Inst &I) { I.mutate_a(Operand(OperandKind::Function, 4).raw()); }),
            "");
  EXPECT_NE(Change(Op::Call, [](Inst &I) { I.mutate_sub(99); }), "");
  EXPECT_NE(
      Change(Op::Select, [](Inst &I) { I.mutate_c(Operand(OperandKind::AddressOf, 3).raw()); }),
      "");
  EXPECT_NE(Change(Op::Return, [](Inst &I) { I.mutate_type(Far); }), "");
  EXPECT_NE(Change(Op::Return, [](Inst &I) { I.mutate_op(Op(99)); }), "");
  EXPECT_NE(Change(Op::Return, [](Inst &I) { I.mutate_op(Op::Branch); }), "")
      << "a branch needs two ways";
}

TEST(Verify, Remarks) {
  EXPECT_NE(faultAfter([](TUSummaryT &T) {
              T.lost.push_back(std::make_unique<LostBodyT>());
              T.lost[0]->reason = Far;
            }),
            "");
  EXPECT_NE(faultAfter([](TUSummaryT &T) {
              T.diagnostics.push_back(std::make_unique<DiagnosticT>());
              T.diagnostics[0]->level = DiagnosticLevel(9);
            }),
            "");
}

/// Any damage that gets past the checksum must at least be survived.
TEST(Verify, EveryFlippedBitIsRefusedOrHarmless) {
  const std::vector<uint8_t> Bytes = sample().bytes();
  for (size_t At = 0; At != Bytes.size(); ++At)
    for (unsigned Bit = 0; Bit != 8; ++Bit) {
      std::vector<uint8_t> Damaged = Bytes;
      Damaged[At] ^= static_cast<uint8_t>(1u << Bit);
      if (auto Opened = openSummary(Damaged); !Opened)
        llvm::consumeError(Opened.takeError());
    }
}

} // namespace
