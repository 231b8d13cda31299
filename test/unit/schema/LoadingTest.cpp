// What a good policy becomes, and the messages that need more than one file to provoke.
#include "policies/schema/SchemaWriter.h"
#include "test/unit/schema/Fixture.h"

#include "llvm/Support/JSON.h"

#include <gtest/gtest.h>

using namespace assay;
using assay::test::DataFolder;

namespace {

PolicySources withProject() {
  PolicySources S;
  S.ProjectFile = "assay.toml";
  return S;
}

PolicySources only(std::vector<std::string> Checks) {
  PolicySources S;
  S.OnlyChecks = std::move(Checks);
  return S;
}

const char *const Limited = R"(+++
title    = "Key too short"
severity = "medium"
cwe      = [327]
family   = "crypto-strength"
[[argument]]
at      = "cipher.setup"
bind    = "bits"
min     = { bits = 128 }
message = "{value} bits"
[[argument]]
at      = "cipher.setup"
bind    = "key"
min     = { size = 16 }
parameter = "key-bytes"
message = "short"
+++
## What
x
## Why
x
## Bad
```cpp flags: -DFOO -O2
// file: a.h
int a;
// file: a.cpp
int b; // finding: one
int c; // finding
```
## Good
```c
int a; // findings are elsewhere
```
## Limits
x
)";

} // namespace

TEST(Loading, RuleCarriesLevelHelpAndClauses) {
  DataFolder Data;
  Data.edit("policies/profiles/baseline.toml", "title =", "standards = [\"62443-4-2\"]\ntitle =");
  llvm::Expected<Policy> P = Data.load();
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  ASSERT_EQ(P->Rules.size(), 1u);
  const Rule &R = P->Rules[0];
  EXPECT_EQ(R.Id, "crypto/ecb-mode");
  EXPECT_EQ(R.Lvl, Level::Error);
  EXPECT_EQ(R.ShortHelp, "A cipher in ECB mode.");
  ASSERT_EQ(R.Clauses.size(), 2u);
  EXPECT_EQ(R.Clauses[0].Id, "CR 4.3");
  EXPECT_EQ(R.Clauses[0].Title, "Use of cryptography");
  EXPECT_EQ(R.Clauses[0].Basis, "published");
  EXPECT_EQ(R.Clauses[1].Basis, "judgement") << "only some of a row's pairs are published";
  EXPECT_EQ(R.Clauses[0].Confidence, "verified");
  EXPECT_EQ(R.Clauses[1].Title, "");
  ASSERT_EQ(P->Standards.size(), 1u);
  EXPECT_EQ(P->Standards[0].Name, "IEC 62443-4-2:2019");
}

TEST(Loading, ModelRowsAreTyped) {
  DataFolder Data;
  Data.edit("policies/models/toy.toml", "name = \"toy_init\"",
            "name = [\"toy_init\", \"toy_start\"]\nwhen = { 3 = [\"ON\", 7] }\n"
            "returns = { args = [0], is = { wide = true } }");
  llvm::Expected<Policy> P = Data.load();
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  ASSERT_EQ(P->Models.size(), 1u);
  const Model &M = P->Models[0];
  ASSERT_EQ(M.Functions.size(), 2u);
  const FunctionModel &F = M.Functions[1];
  EXPECT_EQ(*F.Name, "toy_start");
  EXPECT_EQ(F.Library, "toy");
  EXPECT_EQ(F.When.at(3), (std::vector<std::string>{"ON", "7"}));
  EXPECT_EQ(F.Binds.at("key").SizeArgument, 2u);
  EXPECT_EQ(F.Binds.at("bits").Domain, "toy.bits");
  EXPECT_TRUE(F.Success->holds(1));
  EXPECT_FALSE(F.Success->holds(-1));
  EXPECT_EQ(F.ReturnsArguments, (std::vector<unsigned>{0}));
  EXPECT_EQ(std::get<bool>(F.ReturnsFacts.at("wide")), true);
  EXPECT_TRUE(M.Values[1].Int->holds(2));
  ASSERT_NE(P->role("cipher.setup"), nullptr);
  EXPECT_EQ(P->role("cipher"), nullptr);
}

TEST(Loading, ExamplesAreCutIntoFiles) {
  DataFolder Data;
  Data.file("checks/crypto/short-key.md", Limited);
  llvm::Expected<Policy> P = Data.load(only({"crypto/short-key"}));
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  const CheckPage &Page = P->Checks.at(0);
  ASSERT_EQ(Page.Properties.size(), 2u);
  ASSERT_EQ(Page.Examples.size(), 2u);
  const Example &Bad = Page.Examples[0];
  EXPECT_TRUE(Bad.Bad);
  EXPECT_EQ(Bad.Language, "cpp");
  EXPECT_EQ(Bad.Flags, "-DFOO -O2");
  ASSERT_EQ(Bad.Files.size(), 2u);
  EXPECT_EQ(Bad.Files[1].Name, "a.cpp");
  ASSERT_EQ(Bad.Files[1].Findings.size(), 2u);
  EXPECT_EQ(Bad.Files[1].Findings[0].Line, 1u);
  EXPECT_EQ(Bad.Files[1].Findings[0].Text, "one");
  EXPECT_EQ(Bad.Files[1].Findings[1].Text, "");
  EXPECT_EQ(Page.Examples[1].Files[0].Name, "example.c");
}

TEST(Loading, ProjectWinsOverProfileAndNameOverGlob) {
  DataFolder Data;
  Data.file("checks/crypto/short-key.md", Limited);
  Data.file("assay.toml", R"(
[checks."crypto/short-key"]
bits = 256
key-bytes = 32
[checks]
"crypto/ecb-mode" = "note"
"crypto/*" = "warning"
[gate]
fail-on = "warning"
unproven = "fail"
coverage = 50
[build]
compiler-defaults = ["-fPIE"]
)");
  llvm::Expected<Policy> P = Data.load(withProject());
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  EXPECT_EQ(P->Levels.at("crypto/ecb-mode"), Level::Note);
  EXPECT_EQ(P->Levels.at("crypto/short-key"), Level::Warning);
  const auto &Bits = std::get<ArgumentProperty>(P->Checks.at(1).Properties.at(0).Value);
  const auto &Size = std::get<ArgumentProperty>(P->Checks.at(1).Properties.at(1).Value);
  EXPECT_EQ(Bits.Min.at("value"), 256) << "the bind's own name means the number itself";
  EXPECT_EQ(Size.Min.at("size"), 32);
  EXPECT_EQ(P->Gate.FailOn, GateLevel::Warning);
  EXPECT_TRUE(P->Gate.FailOnUnproven);
  EXPECT_EQ(P->Gate.CoveragePercent, 50u);
  EXPECT_EQ(P->CompilerDefaults, (std::vector<std::string>{"-fPIE"}));
}

TEST(Loading, ProfileWinsOverTheOneItExtends) {
  DataFolder Data;
  Data.file("policies/profiles/strict.toml",
            "name = \"strict\"\ntitle = \"S\"\nextends = \"baseline\"\n[checks]\n\"crypto/*\" = "
            "\"off\"\n");
  PolicySources S;
  S.ProfileOverride = "strict";
  llvm::Expected<Policy> P = Data.load(S);
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  EXPECT_EQ(P->Profile, "strict");
  EXPECT_TRUE(P->Checks.empty());
  ASSERT_EQ(P->OffChecks.size(), 1u);
  S.OnlyChecks = {"crypto/ecb-mode"};
  P = Data.load(S);
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  EXPECT_EQ(P->Levels.at("crypto/ecb-mode"), Level::Error) << "named on the command line: on";
}

TEST(Loading, CycleIsShown) {
  DataFolder Data;
  Data.file("policies/profiles/a.toml", "name = \"a\"\ntitle = \"A\"\nextends = \"b\"\n");
  Data.file("policies/profiles/b.toml", "name = \"b\"\ntitle = \"B\"\nextends = \"c\"\n");
  Data.file("policies/profiles/c.toml", "name = \"c\"\ntitle = \"C\"\nextends = \"b\"\n");
  PolicySources S;
  S.ProfileOverride = "a";
  EXPECT_EQ(Data.message(S),
            "policies/profiles/c.toml:3:11: profiles extend each other in a cycle: "
            "b extends c extends b");
  S.ProfileOverride = "d";
  EXPECT_EQ(Data.message(S), "no profile is named 'd'; did you mean 'a'?");
}

TEST(Loading, ProjectBringsRolesModelsAndPages) {
  DataFolder Data;
  Data.file("own/checks/own/wipe.md", Limited);
  Data.edit("own/checks/own/wipe.md", "cipher.setup", "pump.start");
  Data.file("own/hal.toml",
            "library = \"hal\"\nversions = \"1\"\nsource = \"hal.h\"\n"
            "[[function]]\nname = \"hal_start\"\nrole = \"pump.start\"\nbind = { bits = 0 }\n");
  Data.file("assay.toml", R"(checks-dir = ["own/checks"]
models = ["own/hal.toml"]
[[role]]
id = "pump.start"
does = "starts the pump"
binds = { bits = "int" }
[[function]]
name = "pump_go"
role = "pump.start"
bind = { bits = 0 }
)");
  llvm::Expected<Policy> P = Data.load(withProject());
  ASSERT_TRUE(bool(P)) << llvm::toString(P.takeError());
  ASSERT_EQ(P->Models.size(), 3u);
  EXPECT_EQ(P->Models[0].Library, "hal");
  EXPECT_EQ(P->Models[1].Library, "project");
  EXPECT_EQ(P->Levels.at("own/wipe"), Level::Warning) << "a project's own page is on by itself";
  Data.edit("assay.toml", "own/hal.toml", "own/hla.toml");
  EXPECT_EQ(Data.message(withProject()),
            "assay.toml:2:11: cannot read 'own/hla.toml': No such file or directory");
}

TEST(Loading, ProjectTrouble) {
  DataFolder Data;
  Data.file("assay.toml", "[gate]\ncoverage = 140\nfail-on = \"eror\"\n");
  EXPECT_EQ(Data.message(withProject()),
            "assay.toml:2:12: 'coverage' expects a number from 0 to 100, not 140\n"
            "assay.toml:3:11: 'fail-on' cannot be 'eror'; did you mean 'error'?");
  Data.file("assay.toml", "profile = \"medical\"\n");
  EXPECT_EQ(Data.message(withProject()),
            "assay.toml:1:11: no profile is named 'medical'; known: baseline");
  Data.file("assay.toml", "checks-dir = \"nowhere\"\n");
  EXPECT_EQ(Data.message(withProject()), "assay.toml:1:14: cannot read the checks in 'nowhere': No "
                                         "such file or directory");
  Data.file("assay.toml", "[[role]]\nid = \"cipher.setup\"\ndoes = \"x\"\n");
  EXPECT_EQ(Data.message(withProject()),
            "assay.toml:2:6: role 'cipher.setup' is declared twice; first at "
            "policies/models/roles.toml:2:9");
  Data.file("assay.toml", "[checks]\n\"crypto/ecb-mode\" = { bits = 3 }\n");
  EXPECT_EQ(Data.message(withProject()),
            "assay.toml:2:30: check 'crypto/ecb-mode' has no parameters, so no 'bits'");
  PolicySources Absent;
  Absent.ProjectFile = "none.toml";
  EXPECT_EQ(Data.message(Absent), "cannot read 'none.toml': No such file or directory");
}

TEST(Loading, ParameterUnknown) {
  DataFolder Data;
  Data.file("checks/crypto/short-key.md", Limited);
  Data.file("assay.toml", "[checks.\"crypto/short-key\"]\nbit = 3\n");
  EXPECT_EQ(Data.message(withProject()),
            "assay.toml:2:7: check 'crypto/short-key' has no parameter "
            "'bit'; did you mean 'bits'?");
}

TEST(Loading, CheckTwice) {
  DataFolder Data;
  Data.file("own/crypto/ecb-mode.md", Limited);
  Data.file("assay.toml", "checks-dir = \"own\"\n");
  EXPECT_EQ(Data.message(withProject()),
            "own/crypto/ecb-mode.md: check 'crypto/ecb-mode' has a page already: "
            "checks/crypto/ecb-mode.md");
  Data.file("own/Flat.md", Limited);
  EXPECT_NE(Data.message(withProject()).find("own/Flat.md: the id of a check is its page's path"),
            std::string::npos);
}

TEST(Loading, CommandLineNames) {
  DataFolder Data;
  EXPECT_EQ(Data.message(only({"crypto/ebc-mode"})),
            "no check is named 'crypto/ebc-mode'; did you mean 'crypto/ecb-mode'?");
  EXPECT_EQ(Data.message(only({"ecb-mode"})),
            "no check is named 'ecb-mode'; did you mean 'crypto/ecb-mode'?");
  EXPECT_EQ(Data.message(only({"crypto/[a"})),
            "'crypto/[a' is no glob: invalid glob pattern, unmatched '['");
  EXPECT_EQ(Data.message(only({"crypto/*"})), "");
}

TEST(Schemas, AreWrittenForEveryFormat) {
  for (const std::string &Name : schemaNames()) {
    llvm::Expected<std::string> Text = schemaText(Name);
    ASSERT_TRUE(bool(Text)) << llvm::toString(Text.takeError());
    llvm::Expected<llvm::json::Value> Json = llvm::json::parse(*Text);
    ASSERT_TRUE(bool(Json)) << llvm::toString(Json.takeError());
    EXPECT_TRUE(Json->getAsObject()->getObject("properties"));
  }
  EXPECT_EQ(llvm::toString(schemaText("asay").takeError()),
            "no schema is named 'asay'; did you mean 'assay'?");
}
