/// Calls by the class hierarchy, and those that templates of system headers make.
#include "test/unit/link/Linked.h"

using namespace assay;
using namespace assay::test;
using C = CodeBuilder;

namespace {

/// struct Cipher { virtual run; }; struct Aes : Cipher; struct Des : Cipher.
class Virtual : public testing::Test {
protected:
  Virtual() : Unit("cipher.cpp", "c++") {
    for (const char *Name : {"Aes", "Cipher", "Des"}) {
      const std::string Class = Name;
      Unit.entity(EntityKind::Record, Class, Linkage::External, 0);
      Unit.entity(EntityKind::Method, Class + "::run", Linkage::External,
                  flags({EntityFlag::Definition, EntityFlag::Virtual}), 1);
      Unit.entity(EntityKind::Constructor, Class + "::" + Class, Linkage::External,
                  flags({EntityFlag::Implicit}));
    }
    Unit.function("main");
    // In the order of names: Aes, Aes::Aes, Aes::run, Cipher ...
    const auto Row = [&](const std::string &Name) {
      return Unit.T.entities[Unit.index(Name)].get();
    };
    for (const std::string Class : {"Aes", "Cipher", "Des"})
      for (const std::string Member : {"run", Class.c_str()})
        Row(Class + "::" + Member)->parent = Unit.index(Class) + 1;
    for (const std::string Class : {"Aes", "Des"}) {
      Row(Class)->bases = {Unit.index("Cipher")};
      Row(Class + "::run")->overrides = {Unit.index("Cipher::run")};
      Unit.code(Class + "::run");
    }
    Row("Cipher::run")->flags = flags({EntityFlag::Virtual, EntityFlag::Pure});
  }
  C &main() {
    Main.emplace(Unit.code("main"));
    const auto Object = Main->local("c");
    Main->call("Aes::Aes", {Main->address(Main->place(BaseKind::Local, Object))},
               CallKind::Constructor);
    Main->call("Cipher::run",
               {Main->address(Main->place(BaseKind::Local, Object)), Main->integer(1)},
               CallKind::Virtual);
    return *Main;
  }
  SummaryBuilder Unit;
  std::optional<C> Main;
};

TEST_F(Virtual, ClassesOfWhichObjectsAreMade) {
  main();
  const Linked L(Unit);
  EXPECT_EQ(L.targets("main"), "Aes::run");
  EXPECT_EQ(L.callers("Aes::run"), "main");
}

TEST_F(Virtual, AConstructorThatIsDefinedMayBeCalledByATemplate) {
  Unit.T.entities[Unit.index("Des::Des")]->flags |= flags({EntityFlag::Definition});
  main();
  EXPECT_EQ(Linked(Unit).targets("main"), "Aes::run Des::run");
}

TEST_F(Virtual, OthersMayDeriveWhenTheProgramIsNotWhole) {
  for (const char *Class : {"Aes", "Cipher", "Des"})
    Unit.T.entities[Unit.index(Class)]->loc = std::make_unique<Loc>(1, 0, uint16_t(1), uint16_t(1));
  Unit.T.files.push_back(std::make_unique<FileReadT>());
  Unit.T.files.back()->path = "cipher.h";
  main();
  EXPECT_EQ(Linked(Unit, /*Whole=*/false).targets("main"), "Aes::run Des::run ...");
}

TEST_F(Virtual, ThroughAPointerToMember) {
  C &Code = main();
  const uint32_t F = Code.place(BaseKind::Local, Code.local("f"));
  Code.store(F, Code.function("Cipher::run"));
  Code.call(Code.load(F), {Code.integer(0), Code.integer(1)}, CallKind::Indirect,
            static_cast<uint16_t>(CallFlag::Receiver));
  EXPECT_EQ(Linked(Unit).targets("main", 1), "Aes::run");
}

TEST_F(Virtual, ALibraryCallsWhatOverridesItsMethod) {
  main();
  Unit.T.entities[Unit.index("Cipher")]->flags |= flags({EntityFlag::SystemHeader});
  Unit.T.entities[Unit.index("Cipher::run")]->flags |= flags({EntityFlag::SystemHeader});
  const Linked L(Unit);
  EXPECT_TRUE(L.open("Aes::run"));
  EXPECT_EQ(L.targets("main"), "Aes::run ...");
}

/// Entity names as Clang's USRs are: `std::make_unique<Cipher>` names its class.
TEST(HiddenCalls, ATemplateOfASystemHeaderMayMakeAndCompareItsClass) {
  SummaryBuilder B("a.cpp", "c++");
  const auto Member = [&](EntityKind Kind, const std::string &Name, const std::string &Qualified) {
    EntityT &E = B.entity(Kind, Name, Linkage::External, flags({EntityFlag::Definition}), 1);
    E.qualified = B.string(Qualified);
  };
  for (const std::string Class : {"Cipher", "Other"}) {
    B.entity(EntityKind::Record, "c:@S@" + Class, Linkage::External, 0).type = B.string(Class);
    Member(EntityKind::Constructor, "c:@S@" + Class + "@F@" + Class + "#I#", Class + "::" + Class);
    Member(EntityKind::Method, "c:@S@" + Class + "@F@operator<#", Class + "::operator<");
    Member(EntityKind::Method, "c:@S@" + Class + "@F@bits#", Class + "::bits");
    Member(EntityKind::Function, "c:@F@operator==#&1$@S@" + Class + "#", "operator==");
    B.T.entities.back()->params[0].mutate_type(B.string("const " + Class + " &"));
  }
  B.entity(EntityKind::Function, "c:@N@std@F@make_unique<#$@S@Cipher#p1I>#&&I#", Linkage::External,
           flags({EntityFlag::SystemHeader, EntityFlag::Template}), 1);
  B.function("main");
  std::vector<std::string> Called;
  for (const std::string Class : {"Cipher", "Other"}) {
    const std::string Record = "c:@S@" + Class;
    for (const std::string &Member :
         {"@F@" + Class + "#I#", std::string("@F@operator<#"), std::string("@F@bits#")}) {
      Called.push_back(Record + Member);
      B.T.entities[B.index(Record + Member)]->parent = B.index(Record) + 1;
    }
    Called.push_back("c:@F@operator==#&1$@S@" + Class + "#");
  }
  CodeBuilder Main = B.code("main");
  for (const std::string &Name : Called) {
    B.code(Name);
    Main.call(Name, {Main.integer(128)});
  }
  Main.call("c:@N@std@F@make_unique<#$@S@Cipher#p1I>#&&I#", {Main.integer(64)});
  const Linked L(B);
  std::string Open;
  for (const std::string &Name : Called)
    if (L.open(Name))
      Open += L.entity(Name).Qualified.str() + " ";
  EXPECT_EQ(Open, "Cipher::Cipher Cipher::operator< operator== ");
}

} // namespace
