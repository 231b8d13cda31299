/// Which entities and bodies of different units are one.
#include "test/unit/link/Linked.h"

#include "llvm/ADT/STLExtras.h"

#include <random>

using namespace assay;
using namespace assay::test;

namespace {

/// A unit with one function, the body's content being `Digest`.
Unit unitWith(const std::string &File, const std::string &Function, uint64_t Digest, uint32_t Flags,
              Linkage L = Linkage::External, uint32_t Line = 1) {
  SummaryBuilder B(File);
  B.entity(EntityKind::Function, Function, L, Flags);
  CodeBuilder Code = B.code(Function).digest(Digest);
  Code.setLine(Line);
  return B.unit();
}
const uint32_t Defined = flags({EntityFlag::Definition});
const uint32_t WeakDefined = flags({EntityFlag::Definition, EntityFlag::Weak});

std::vector<Unit> units(Unit A, Unit B) {
  std::vector<Unit> Units;
  Units.push_back(std::move(A));
  Units.push_back(std::move(B));
  return Units;
}

std::string homeOf(const Linked &L, const std::string &Function) {
  std::string Text;
  for (BodyId Body : L.P.bodiesOf(L.id(Function)))
    Text += L.P.unit(L.P.body(Body).Unit).Summary->files()->Get(0)->path()->str() + " ";
  return Text;
}

/// Two units that define `init`, and one that calls it.
std::vector<Unit> twoDefinitionsAndACaller(std::vector<uint32_t> ImagesOfCaller) {
  std::vector<Unit> Units = units(unitWith("b.c", "init", 2, Defined, Linkage::External, 7),
                                  unitWith("a.c", "init", 1, Defined, Linkage::External, 3));
  Units[0].Images = {2};
  Units[1].Images = {1};
  SummaryBuilder B("main.c");
  B.declaration("init");
  B.function("main");
  B.code("main").call("init");
  Units.push_back(B.unit());
  Units.back().Images = std::move(ImagesOfCaller);
  return Units;
}

TEST(Names, DefinitionsOfSeveralProgramsAreKeptApartByImage) {
  const Linked L(twoDefinitionsAndACaller({2, 3}));
  EXPECT_EQ(homeOf(L, "init@a.c"), "a.c ");
  EXPECT_EQ(homeOf(L, "init@b.c"), "b.c ");
  EXPECT_EQ(L.callers("init@a.c"), "");
  EXPECT_EQ(L.callers("init@b.c"), "main");
  EXPECT_EQ(L.P.entitiesNamed("init").size(), 2u);
  ASSERT_EQ(L.P.figures().Collisions.size(), 1u);
  EXPECT_EQ(L.P.figures().Collisions[0], "init: defined in a.c:3 and in b.c:7; kept apart");
}

TEST(Names, DuplicateDefinitionsAreAllCandidatesAndListed) {
  const Linked L(twoDefinitionsAndACaller({1, 2}));
  EXPECT_EQ(L.callers("init"), "main");
  EXPECT_EQ(homeOf(L, "init"), "a.c b.c ");
  ASSERT_EQ(L.P.figures().Collisions.size(), 1u);
  EXPECT_EQ(L.P.figures().Collisions[0], "init: defined in a.c:3 and in b.c:7");
  EXPECT_EQ(L.P.figures().DuplicateBodies, 1u);
}

TEST(Names, EqualContentIsOneBody) {
  const Linked L(units(unitWith("b.c", "inl", 5, Defined), unitWith("a.c", "inl", 5, Defined)));
  EXPECT_EQ(homeOf(L, "inl"), "a.c ");
  EXPECT_TRUE(L.P.figures().Collisions.empty());
  EXPECT_EQ(L.P.figures().DuplicateBodies, 0u);
}

TEST(Names, StaticsOfTheSameNameStayApart) {
  const Linked L(units(unitWith("a.c", "init@a.c", 1, Defined, Linkage::Internal),
                       unitWith("b.c", "init@b.c", 2, Defined, Linkage::Internal)));
  EXPECT_EQ(homeOf(L, "init@a.c"), "a.c ");
  EXPECT_EQ(homeOf(L, "init@b.c"), "b.c ");
  const auto Both = L.P.entitiesNamed("init");
  ASSERT_EQ(Both.size(), 2u);
  EXPECT_LT(Both[0], Both[1]);
  EXPECT_TRUE(L.P.entitiesNamed("ini").empty());
  EXPECT_TRUE(L.P.figures().Collisions.empty());
}

TEST(Names, AStrongDefinitionReplacesAWeakOne) {
  const Linked L(
      units(unitWith("a.c", "handler", 1, WeakDefined), unitWith("b.c", "handler", 2, Defined)));
  EXPECT_EQ(homeOf(L, "handler"), "b.c ");
  EXPECT_EQ(L.entity("handler").Row->flags(), Defined);
  EXPECT_TRUE(L.P.figures().Collisions.empty());
  // Its sites are still in the program's code.
  EXPECT_EQ(L.P.bodyCount(), 2u);
}

TEST(Names, EqualBodiesOfDifferentStrengthKeepTheStrongOne) {
  const Linked L(
      units(unitWith("a.c", "handler", 1, WeakDefined), unitWith("b.c", "handler", 1, Defined)));
  EXPECT_EQ(homeOf(L, "handler"), "b.c ");
}

TEST(Names, WeakDefinitionsAloneAreCandidates) {
  const Linked L(units(unitWith("a.c", "handler", 1, WeakDefined),
                       unitWith("b.c", "handler", 2, WeakDefined)));
  EXPECT_EQ(homeOf(L, "handler"), "a.c b.c ");
  EXPECT_TRUE(L.P.figures().Collisions.empty());
}

TEST(Names, AWeakDefinitionOfALibraryMayBeReplaced) {
  SummaryBuilder B("a.c");
  B.function("hook", 0, WeakDefined);
  B.function("fixed");
  B.function("use");
  B.code("hook");
  B.code("fixed");
  CodeBuilder Use = B.code("use");
  Use.call("hook");
  Use.call("fixed");
  for (const bool Whole : {true, false}) {
    const Linked L(B, Whole);
    const BodyId Body = L.P.bodiesOf(L.id("use"))[0];
    EXPECT_EQ(L.text(L.P.calleesOf({Body, 0})), Whole ? "hook" : "hook ...");
    EXPECT_EQ(L.text(L.P.calleesOf({Body, 1})), "fixed");
  }
}

TEST(Names, ATentativeDefinitionGivesWay) {
  const auto Variable = [](const std::string &File, uint32_t Flags, uint64_t Digest) {
    SummaryBuilder B(File);
    B.variable("counter", Flags, Linkage::External);
    B.initialiser("counter").digest(Digest);
    return B.unit();
  };
  const Linked L(units(Variable("a.c", flags({EntityFlag::Tentative}), 1),
                       Variable("b.c", flags({EntityFlag::Definition}), 2)));
  EXPECT_EQ(homeOf(L, "counter"), "b.c ");
  EXPECT_TRUE(L.P.figures().Collisions.empty());
}

TEST(Names, AnAliasHasItsTargetsBodyAndCallers) {
  SummaryBuilder Caller("a.c"), Home("b.c");
  Caller.declaration("old_name").asm_label = Caller.string("new_name");
  Caller.function("main");
  Caller.code("main").call("old_name");
  Home.function("new_name");
  Home.code("new_name");
  const Linked L(units(Caller.unit(), Home.unit()));
  EXPECT_EQ(homeOf(L, "old_name"), "b.c ");
  EXPECT_EQ(L.callers("new_name"), "main");
  EXPECT_EQ(L.callers("old_name"), "main");
  EXPECT_EQ(L.text(L.P.calleesOf({L.P.bodiesOf(L.id("main"))[0], 0})), "new_name");
}

TEST(Names, ALabelThatNobodyDefinesKeepsTheName) {
  SummaryBuilder B("a.c");
  B.declaration("fscanf").asm_label = B.string("__isoc99_fscanf");
  B.function("main");
  B.code("main").call("fscanf");
  const Linked L(B);
  EXPECT_EQ(L.text(L.P.calleesOf({0, 0})), "fscanf");
  EXPECT_EQ(L.callers("fscanf"), "main");
}

/// Who writes, and who is handed an address.
TEST(Names, StoresAndAddressesOfFieldsAndGlobals) {
  using C = CodeBuilder;
  SummaryBuilder B("a.c");
  B.function("main");
  B.declaration("fill", 2);
  B.field("cfg::port");
  B.field("cfg::tls");
  B.field("tls::key");
  B.variable("config");
  C Init = B.initialiser("config");
  Init.store(Init.global("config", {C::field("cfg::port")}), Init.integer(80));
  C Main = B.code("main");
  // config.tls.key[1] = 0; *config.port... = 1; config->port = 2;
  Main.store(Main.global("config", {C::field("cfg::tls"), C::field("tls::key"), C::at(1)}),
             Main.integer(0));
  Main.store(Main.global("config", {C::field("cfg::tls"), C::deref()}), Main.integer(1));
  Main.store(Main.global("config", {C::deref(), C::field("cfg::port")}), Main.integer(2));
  const Operand Key =
      Main.address(Main.global("config", {C::field("cfg::tls"), C::field("tls::key"), C::at(0)}));
  Main.call("fill", {Key, Main.cast(Key)});
  const Linked L(B);
  EXPECT_EQ(L.stores("config"), "config main");
  EXPECT_EQ(L.stores("tls::key"), "main");
  EXPECT_EQ(L.stores("cfg::tls"), "");
  EXPECT_EQ(L.stores("cfg::port"), "config main");
  for (const char *Name : {"config", "cfg::tls", "tls::key"})
    EXPECT_EQ(L.P.addressPassedTo(L.id(Name)).size(), 1u) << Name;
  EXPECT_TRUE(L.P.addressPassedTo(L.id("cfg::port")).empty());
}

TEST(Names, ExternalFunctionsOfALibraryMayBeCalledByAnybody) {
  std::vector<Unit> Units = units(unitWith("a.c", "api", 1, Defined),
                                  unitWith("b.c", "x@b.c", 2, Defined, Linkage::Internal));
  const Linked L(std::move(Units), /*Whole=*/false);
  EXPECT_TRUE(L.open("api"));
  EXPECT_FALSE(L.open("x@b.c"));
}

TEST(Names, AnAddressThatNoBodyShowsIsOpen) {
  SummaryBuilder B("a.c");
  B.staticFunction("isr").flags |= flags({EntityFlag::AddressTaken});
  B.code("isr");
  EXPECT_TRUE(Linked(B).open("isr"));
}

/// Everything that a program says, as text.
std::string dump(const Program &P) {
  std::string Text;
  for (EntityId Id = 0; Id != P.entityCount(); ++Id) {
    Text += P.entity(Id).Name.str() + (P.mayHaveUnknownCallers(Id) ? "?" : "") + ":";
    for (BodyId B : P.bodiesOf(Id))
      Text += " " + std::to_string(B) + "@" +
              P.unit(P.body(B).Unit).Summary->files()->Get(0)->path()->str();
    for (InstRef R : P.callersOf(Id))
      Text += " <" + std::to_string(R.Body) + "." + std::to_string(R.Inst);
    for (InstRef R : P.storesTo(Id))
      Text += " =" + std::to_string(R.Body) + "." + std::to_string(R.Inst);
    Text += "\n";
  }
  for (const std::string &C : P.figures().Collisions)
    Text += C + "\n";
  return Text + std::to_string(P.figures().ResolvedIndirectCalls);
}

Unit shuffleUnit(unsigned N) {
  using C = CodeBuilder;
  const std::string File = "u" + std::to_string(N) + ".c", Own = "own" + std::to_string(N);
  SummaryBuilder B(File);
  B.function(Own, 1);
  B.function("shared", 1, N % 2 ? WeakDefined : Defined);
  B.staticFunction("cb@" + File, 1);
  B.declaration("own" + std::to_string((N + 1) % 6), 1);
  B.field("ops::fn");
  C Code = B.code(Own);
  const auto Ops = Code.local("o");
  Code.store(Code.place(BaseKind::Local, Ops, {C::field("ops::fn")}), Code.function("cb@" + File));
  Code.callThrough(Code.load(Code.place(BaseKind::Local, Ops, {C::field("ops::fn")})),
                   {Code.integer(1)});
  Code.call("own" + std::to_string((N + 1) % 6), {Code.integer(2)});
  B.code("shared").digest(N / 2).setLine(N + 1);
  B.code("cb@" + File);
  return B.unit();
}

TEST(Names, OrderOfTheUnitsDoesNotMatter) {
  std::vector<unsigned> Order = {0, 1, 2, 3, 4, 5};
  std::string First;
  std::mt19937 Random(1);
  for (unsigned Round = 0; Round != 30; ++Round) {
    std::vector<Unit> Units;
    for (unsigned N : Order)
      Units.push_back(shuffleUnit(N));
    const std::string Text = dump(Linked(std::move(Units)).P);
    if (First.empty())
      First = Text;
    EXPECT_EQ(Text, First);
    std::shuffle(Order.begin(), Order.end(), Random);
  }
  EXPECT_NE(First.find("shared: defined in u0.c:1 and in u2.c:3 and in u4.c:5"), std::string::npos)
      << First;
}

} // namespace
