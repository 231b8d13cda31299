/// Calls through pointers: where they may go, and when we must say that we do not know.
#include "test/unit/link/Linked.h"

using namespace assay;
using namespace assay::test;
using C = CodeBuilder;

namespace {

const std::string FnType = "int (*)(int)";

/// A flash driver as a boot loader has it: `struct ops { read; write; }`, filled by initialiser,
/// called through a pointer that a getter returns.
class OpsTable : public testing::Test {
protected:
  OpsTable() : Unit("flash.c") {
    for (const char *Name : {"nor_read", "nor_write", "nand_read"})
      Unit.staticFunction(Name, 1);
    Unit.function("boot");
    Unit.field("ops::read");
    Unit.field("ops::write");
    for (const char *Name : {"nor", "nand"})
      Unit.variable(Name, flags({EntityFlag::Definition, EntityFlag::Const}));
  }
  void fill() {
    C Nor = Unit.initialiser("nor");
    Nor.store(Nor.global("nor", {C::field("ops::read")}), Nor.function("nor_read"));
    Nor.store(Nor.global("nor", {C::field("ops::write")}), Nor.function("nor_write"));
    C Nand = Unit.initialiser("nand");
    Nand.store(Nand.global("nand", {C::field("ops::read")}), Nand.function("nand_read"));
  }
  /// `int boot(const struct ops *o) { return o->read(1); }`
  void callRead() {
    C Boot = Unit.code("boot");
    const auto Local = Boot.local("o");
    Boot.store(Boot.place(BaseKind::Local, Local), Boot.address(Boot.global("nor")));
    Boot.callThrough(
        Boot.load(Boot.place(BaseKind::Local, Local, {C::deref(), C::field("ops::read")}), FnType),
        {Boot.integer(1)});
  }
  SummaryBuilder Unit;
};

TEST_F(OpsTable, GoesToWhatTheFieldWasGiven) {
  fill();
  callRead();
  const Linked L(Unit);
  EXPECT_EQ(L.targets("boot"), "nand_read nor_read");
  EXPECT_EQ(L.callers("nor_read"), "boot");
  EXPECT_FALSE(L.open("nor_read"));
  EXPECT_EQ(L.P.figures().ResolvedIndirectCalls, 1u);
}

TEST_F(OpsTable, WhatNobodyReadsMayBeCalledByOthers) {
  fill();
  callRead();
  const Linked L(Unit);
  EXPECT_TRUE(L.open("nor_write"));
  EXPECT_EQ(L.callers("nor_write"), "");
}

TEST_F(OpsTable, AnUnknownPointerInTheFieldIsNotForgotten) {
  Unit.declaration("lookup", 1);
  Unit.variable("late");
  fill();
  callRead();
  C Late = Unit.initialiser("late");
  Late.store(Late.global("late", {C::field("ops::read")}), Late.call("lookup", {Late.integer(1)}));
  EXPECT_EQ(Linked(Unit).targets("boot"), "nand_read nor_read ...");
}

TEST_F(OpsTable, ANullPointerIsNoTarget) {
  Unit.variable("empty");
  fill();
  callRead();
  C Empty = Unit.initialiser("empty");
  Empty.store(Empty.global("empty", {C::field("ops::read")}), Empty.integer(0));
  EXPECT_EQ(Linked(Unit).targets("boot"), "nand_read nor_read");
}

TEST_F(OpsTable, AFixedAddressIsUnknown) {
  Unit.variable("rom");
  fill();
  callRead();
  C Rom = Unit.initialiser("rom");
  Rom.store(Rom.global("rom", {C::field("ops::read")}), Rom.integer(0x8000));
  EXPECT_EQ(Linked(Unit).targets("boot"), "nand_read nor_read ...");
}

TEST_F(OpsTable, AStructOfASystemHeaderIsOpen) {
  Unit.T.entities[4]->flags = flags({EntityFlag::SystemHeader});
  ASSERT_EQ(Unit.T.strings[Unit.T.entities[4]->name], "ops::read");
  fill();
  callRead();
  const Linked L(Unit);
  EXPECT_EQ(L.targets("boot"), "nand_read nor_read ...");
  EXPECT_TRUE(L.open("nor_read"));
}

TEST_F(OpsTable, AWrongNumberOfParametersIsNoTarget) {
  Unit.staticFunction("three", 3);
  Unit.staticFunction("any", 1).flags |= flags({EntityFlag::Variadic});
  Unit.variable("odd");
  fill();
  callRead();
  C Odd = Unit.initialiser("odd");
  Odd.store(Odd.global("odd", {C::field("ops::read")}), Odd.function("three"));
  Odd.store(Odd.global("odd", {C::field("ops::read")}), Odd.cast(Odd.function("any")));
  EXPECT_EQ(Linked(Unit).targets("boot"), "any nand_read nor_read");
}

/// `run(cb f) { f(1); }` with callers that name a function, choose one, or pass on what they got.
class Callback : public testing::Test {
protected:
  Callback() : Unit("cb.c") {
    for (const char *Name : {"one", "two", "three"})
      Unit.staticFunction(Name, 1);
    Unit.staticFunction("run", 1);
    Unit.staticFunction("forward", 1);
    Unit.function("main");
    Unit.declaration("outside", 1)
        .params[0]
        .mutate_flags(static_cast<uint16_t>(ParamFlag::FunctionPointer));
  }
  void run() {
    C Run = Unit.code("run");
    Run.callThrough(Run.load(Run.place(BaseKind::Param, 0), FnType), {Run.integer(1)});
  }
  SummaryBuilder Unit;
};

TEST_F(Callback, TheFunctionsOfAllCallers) {
  run();
  C Forward = Unit.code("forward");
  Forward.call("run", {Forward.load(Forward.place(BaseKind::Param, 0), FnType)});
  C Main = Unit.code("main");
  Main.call("run", {Main.function("one")});
  Main.call("forward", {Main.select(Main.function("two"), Main.cast(Main.function("three")))});
  const Linked L(Unit);
  EXPECT_EQ(L.targets("run"), "one three two");
  EXPECT_FALSE(L.open("one"));
  EXPECT_FALSE(L.open("two"));
  EXPECT_TRUE(L.open("main"));
}

TEST_F(Callback, ACallThatNobodyMakesHasNoTarget) {
  run();
  EXPECT_EQ(Linked(Unit).targets("run"), "...");
}

TEST_F(Callback, UnknownCallersBringUnknownFunctions) {
  run();
  C Main = Unit.code("main");
  Main.call("run", {Main.function("one")});
  Main.call("outside", {Main.function("run")});
  const Linked L(Unit);
  EXPECT_TRUE(L.open("run"));
  EXPECT_EQ(L.targets("run"), "one ...");
  EXPECT_FALSE(L.open("one"));
}

TEST_F(Callback, HandedToACallThatIsNotFullyKnown) {
  // run is called from outside, so that what f gets may go anywhere.
  Unit.staticFunction("hand", 1);
  C Run = Unit.code("run");
  Run.callThrough(Run.load(Run.place(BaseKind::Param, 0), FnType), {Run.function("three")});
  C Main = Unit.code("main");
  Main.call("run", {Main.function("one")});
  Main.call("outside", {Main.function("run")});
  const Linked L(Unit);
  EXPECT_TRUE(L.open("three"));
}

TEST_F(Callback, ReadFromAFieldAndHandedOutside) {
  Unit.field("s::cb");
  Unit.staticFunction("set", 0);
  C Set = Unit.code("set");
  const auto Local = Set.local("s");
  Set.store(Set.place(BaseKind::Local, Local, {C::field("s::cb")}), Set.function("one"));
  C Main = Unit.code("main");
  const auto Other = Main.local("t");
  const uint32_t Cb = Main.place(BaseKind::Local, Other, {C::field("s::cb")});
  Main.callThrough(Main.load(Cb, FnType), {Main.integer(1)});
  Main.call("outside", {Main.load(Cb, FnType)});
  const Linked L(Unit);
  EXPECT_EQ(L.targets("main"), "one");
  EXPECT_TRUE(L.open("one"));
}

TEST_F(Callback, ReturnedByAFunctionWithABody) {
  C Forward = Unit.code("forward");
  Forward.ret(Forward.function("two"));
  C Main = Unit.code("main");
  Main.callThrough(Main.call("forward", {Main.integer(0)}), {Main.integer(1)});
  EXPECT_EQ(Linked(Unit).targets("main"), "two");
}

TEST_F(Callback, ReturnedByACallThroughAPointer) {
  C Forward = Unit.code("forward");
  Forward.ret(Forward.function("two"));
  C Main = Unit.code("main");
  const auto F = Main.local("f");
  Main.store(Main.place(BaseKind::Local, F), Main.function("forward"));
  Main.callThrough(Main.callThrough(Main.load(Main.place(BaseKind::Local, F)), {Main.integer(0)}),
                   {Main.integer(1)});
  const Linked L(Unit);
  EXPECT_EQ(L.targets("main", 0), "forward");
  EXPECT_EQ(L.targets("main", 1), "two");
}

TEST_F(Callback, GivenOutThroughAPointerParameter) {
  // void forward(cb *out) { *out = one; }   main: cb f; forward(&f); f(1);
  C Forward = Unit.code("forward");
  Forward.store(Forward.place(BaseKind::Param, 0, {C::deref()}), Forward.function("one"));
  C Main = Unit.code("main");
  const uint32_t F = Main.place(BaseKind::Local, Main.local("f"));
  Main.call("forward", {Main.address(F)});
  Main.callThrough(Main.load(F), {Main.integer(1)});
  const Linked L(Unit);
  EXPECT_EQ(L.targets("main"), "one");
  EXPECT_FALSE(L.open("one"));
}

TEST_F(Callback, AddressGivenToCodeThatWeDoNotSee) {
  C Main = Unit.code("main");
  const uint32_t F = Main.place(BaseKind::Local, Main.local("f"));
  Main.store(F, Main.function("one"));
  Main.call("outside", {Main.address(F)});
  Main.callThrough(Main.load(F), {Main.integer(1)});
  EXPECT_EQ(Linked(Unit).targets("main"), "one ...");
}

TEST_F(Callback, AConstantArrayOfFunctions) {
  Unit.variable("table", flags({EntityFlag::Definition, EntityFlag::Const}));
  C Table = Unit.initialiser("table");
  Table.store(Table.global("table", {C::at(0)}), Table.function("one"));
  Table.store(Table.global("table", {C::at(1)}), Table.function("two"));
  C Main = Unit.code("main");
  Main.callThrough(Main.load(Main.global("table", {C::any()})), {Main.integer(1)});
  const auto P = Main.local("p");
  Main.store(Main.place(BaseKind::Local, P), Main.address(Main.global("table", {C::at(0)})));
  Main.callThrough(Main.load(Main.place(BaseKind::Local, P, {C::deref(), C::any()})),
                   {Main.integer(1)});
  const Linked L(Unit);
  EXPECT_EQ(L.targets("main", 0), "one two");
  EXPECT_EQ(L.targets("main", 1), "one two");
}

TEST_F(Callback, CircleOfTemporariesEnds) {
  C Main = Unit.code("main");
  Main.cast(Operand(OperandKind::Temp, 1));
  const Operand Second = Main.cast(Operand(OperandKind::Temp, 0));
  Main.callThrough(Second, {Main.integer(1)});
  EXPECT_EQ(Linked(Unit).targets("main"), "...");
}

} // namespace
