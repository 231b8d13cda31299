// Each message of the loaders has one malformed input that provokes it. Pages:
// MalformedPagesTest.cpp.
#include "test/unit/schema/Malformed.h"

#include "test/unit/schema/Fixture.h"

using namespace assay::test;

namespace {

const Malformed Cases[] = {
    // Any file.
    {"SyntaxError", Roles, "id    =", "id    ",
     "policies/models/roles.toml:2:8: malformed TOML: Error while parsing key-value pair: expected "
     "'=', saw '\"'"},
    {"UnknownKeyNear", Page, "bind    =", "bnid    =",
     "checks/crypto/ecb-mode.md:9:1: unknown key 'bnid' in [argument]; did you mean 'bind'?\n"
     "checks/crypto/ecb-mode.md:7:1: [argument] lacks 'bind': which operand of the role"},
    {"UnknownKeyFar", Profile, "title = \"Everything\"", "title = \"E\"\nzzzzzzzz = 1",
     "policies/profiles/baseline.toml:3:1: unknown key 'zzzzzzzz' in the file; known: name, title, "
     "extends, classes, standards, checks"},
    {"WrongType", Page, "\"high\"", "3",
     "checks/crypto/ecb-mode.md:3:12: 'severity' expects a string, not an integer"},
    {"Empty", Page, "\"Cipher in ECB mode\"", "\"\"",
     "checks/crypto/ecb-mode.md:2:12: 'title' is empty"},
    // Roles.
    {"RoleTwice", Roles, "\"random.weak\"", "\"cipher.setup\"",
     "policies/models/roles.toml:8:10: role 'cipher.setup' is declared twice; first at "
     "policies/models/roles.toml:2:9"},
    {"RoleId", Roles, "\"random.weak\"", "\"Random\"",
     "policies/models/roles.toml:8:10: 'id' expects lower-case words joined by dots, not 'Random'"},
    {"BindKind", Roles, "cipher = \"value\"", "cipher = \"byte\"",
     "policies/models/roles.toml:4:20: 'cipher' cannot be 'byte'; did you mean 'bytes'?"},
    {"WritesNoBind", Roles, "can-succeed = true", "writes = { kee = \"fresh\" }",
     "policies/models/roles.toml:5:12: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"WritesFromNoBind", Roles, "can-succeed = true", "writes = { key = \"freshh\" }",
     "policies/models/roles.toml:5:18: role 'cipher.setup' has no bind 'freshh'; known: bits, "
     "cipher, key"},
    {"EntersNoBind", Roles, "can-succeed = true", "enters = { kee = \"task\" }",
     "policies/models/roles.toml:5:12: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"EntersNoWay", Roles, "can-succeed = true", "enters = { cipher = \"tsk\" }",
     "policies/models/roles.toml:5:21: 'cipher' cannot be 'tsk'; did you mean 'task'?"},
    {"EntersBytes", Roles, "can-succeed = true", "enters = { key = \"task\" }",
     "policies/models/roles.toml:5:12: bind 'key' of role 'cipher.setup' is entered, so its kind "
     "is \"value\""},
    {"PointsIntoNoBind", Roles, "can-succeed = true", "points-into = { kee = \"key\" }",
     "policies/models/roles.toml:5:17: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"PointsIntoFromNoBind", Roles, "can-succeed = true", "points-into = { key = \"kee\" }",
     "policies/models/roles.toml:5:23: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"CarriesNoBind", Roles, "can-succeed = true", "carries = { kee = \"key\" }",
     "policies/models/roles.toml:5:13: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"CarriesFromNoBind", Roles, "can-succeed = true", "carries = { key = [\"key\", \"bit\"] }",
     "policies/models/roles.toml:5:19: role 'cipher.setup' has no bind 'bit'; did you mean "
     "'bits'?"},
    // Models.
    {"RestWithoutArg", Model, "{ arg = 1, size = 2 }", "{ is = { x = 1 }, rest = true }",
     "policies/models/toy.toml:8:46: 'key' has 'rest' without 'arg'"},
    {"SaysWithoutArg", Model, "{ arg = 1, size = 2 }", "{ is = { x = 1 }, says = \"mode\" }",
     "policies/models/toy.toml:8:46: 'key' has 'says' without 'arg'; 'is' says it all"},
    {"RoleUndeclared", Model, "\"cipher.setup\"", "\"cipher.setpu\"",
     "policies/models/toy.toml:7:8: role 'cipher.setpu' is not declared; did you mean "
     "'cipher.setup'?"},
    {"BindUndeclared", Model, "{ cipher = 0", "{ ciper = 0",
     "policies/models/toy.toml:8:10: role 'cipher.setup' has no bind 'ciper'; did you mean "
     "'cipher'?"},
    {"BindEntry", Model, "cipher = 0", "cipher = true",
     "policies/models/toy.toml:8:19: 'cipher' expects an argument number, \"return\", \"this\" or "
     "a "
     "table, not a boolean"},
    {"BindPlace", Model, "cipher = 0", "cipher = \"retrun\"",
     "policies/models/toy.toml:8:19: 'cipher' cannot be 'retrun'; did you mean 'return'?"},
    {"ArgumentRange", Model, "cipher = 0", "cipher = -1",
     "policies/models/toy.toml:8:19: 'cipher' expects a number from 0 to 255, not -1"},
    {"NeitherArgNorIs", Model, "{ arg = 1, size = 2 }", "{ size = 2 }",
     "policies/models/toy.toml:8:28: 'key' expects one of 'arg', 'is' and 'global'"},
    {"SizeAndBytes", Model, "size = 2 }", "size = 2, bytes = 4 }",
     "policies/models/toy.toml:8:49: 'key' has both 'size' and 'bytes'"},
    {"SizeOfInt", Model, "domain = \"toy.bits\"", "size = 1",
     "policies/models/toy.toml:8:51: bind 'bits' of role 'cipher.setup' is no 'bytes', so it has "
     "no "
     "size"},
    {"NoDomain", Model, "domain = \"toy.bits\"", "domain = \"toy.bit\"",
     "policies/models/toy.toml:8:78: domain 'toy.bit' has no [[value]] row with this 'of'; did you "
     "mean 'toy.bits'?"},
    {"Condition", Model, "\"== 1\"", "\"= 1\"",
     "policies/models/toy.toml:9:11: 'success' expects a comparison such as \"== 1\" (==, !=, <, "
     "<=, "
     ">, >=, &, !&), a number, or true or false, not '= 1'"},
    {"CannotSucceed", Model,
     "role = \"cipher.setup\"\nbind = { cipher = 0, key = { arg = 1, size = "
     "2 }, bits = { arg = 2, domain = \"toy.bits\" } }",
     "role = \"random.weak\"",
     "policies/models/toy.toml:8:1: role 'random.weak' cannot succeed (its declaration has no "
     "can-succeed = true)"},
    {"VerdictNoBind", Model, "[[value]]\nname",
     "[[function]]\nname = \"toy_x\"\nrole = \"cipher.setup\"\nbind = { key = 0 }\n"
     "verdict = { bind = \"cipher\", arg = 0, success = \"!= 0\" }\n[[value]]\nname",
     "policies/models/toy.toml:15:13: the row has no bind 'cipher'"},
    {"BindWithoutRole", Model, "role = \"cipher.setup\"", "",
     "policies/models/toy.toml:8:1: 'bind' without 'role' means nothing"},
    {"NoRoleNoReturns", Model, "[[value]]\nname", "[[function]]\nname = \"toy_x\"\n[[value]]\nname",
     "policies/models/toy.toml:11:1: [function] expects 'role' or 'returns'"},
    {"ReturnsNothing", Model, "[[value]]\nname",
     "[[function]]\nname = \"toy_x\"\nreturns = {}\n[[value]]\nname",
     "policies/models/toy.toml:13:11: 'returns' says nothing: give 'args', 'is' or 'object'"},
    {"FunctionTwice", Model, "name = \"toy_init\"", "name = [\"toy_init\", \"toy_init\"]",
     "policies/models/toy.toml:6:21: 'toy_init' has this row twice; first at "
     "policies/models/toy.toml:6:9"},
    {"ValueTwice", Model, "[[value]]\nof",
     "[[value]]\nname = \"TOY_ECB\"\nis = { mode = \"CBC\" }\n[[value]]\nof",
     "policies/models/toy.toml:16:8: 'TOY_ECB' has another 'mode' at "
     "policies/models/toy.toml:12:8"},
    {"ValueTwoWays", Model, "name = \"TOY_ECB\"", "name = \"TOY_ECB\"\nstring = \"ecb\"",
     "policies/models/toy.toml:11:1: [value] expects exactly one of 'name', 'string' and 'int'"},
    {"IntWithoutOf", Model, "of  = \"toy.bits\"\n", "",
     "policies/models/toy.toml:15:1: [value] with 'int' expects 'of': numbers mean something in a "
     "domain only"},
    {"MaskWithoutInt", Model, "name = \"TOY_ECB\"", "name = \"TOY_ECB\"\nmask = 1",
     "policies/models/toy.toml:13:1: 'mask' without 'int' means nothing"},
    {"OfWithoutInt", Model, "name = \"TOY_ECB\"", "name = \"TOY_ECB\"\nof = \"toy.bits\"",
     "policies/models/toy.toml:13:1: 'of' without 'int' means nothing: names and strings have no "
     "domain"},
    {"FactType", Model, "mode = \"ECB\"", "mode = 1.5",
     "policies/models/toy.toml:13:17: 'mode' expects a string, an integer or a boolean, not a "
     "number "
     "with a fraction"},
    {"Glob", Model, "\"TOY_ECB\"", "\"TOY_[\"",
     "policies/models/toy.toml:12:8: 'name' is no glob: invalid glob pattern, unmatched '['"},
    {"FieldName", Model, "[[value]]\nname",
     "[[field]]\nname = \"toy.verify\"\nrole = \"cipher.setup\"\nbind = "
     "\"cipher\"\n[[value]]\nname",
     "policies/models/toy.toml:12:8: 'name' expects 'record::field' or a variable, not "
     "'toy.verify'"},
    {"TestedWhen", Model, "[[value]]\nname",
     "[[field]]\nname = \"T::v\"\nrole = \"cipher.setup\"\nwhen = 1\ntested = 0\n[[value]]\nname",
     "policies/models/toy.toml:15:10: 'tested' is about no assignment: it goes without 'when'"},
    {"TestedRole", Model, "[[value]]\nname",
     "[[field]]\nname = \"T::v\"\nrole = \"cipher.stup\"\ntested = 0\n[[value]]\nname",
     "policies/models/toy.toml:13:8: role 'cipher.stup' is not declared; did you mean "
     "'cipher.setup'?"},
    {"FieldDefaultBind", Model, "[[value]]\nname",
     "[[field]]\nname = \"T::v\"\nrole = \"cipher.setup\"\n[[value]]\nname",
     "policies/models/toy.toml:13:8: role 'cipher.setup' has no bind 'value'; known: bits, cipher, "
     "key"},
    {"EmptyList", Model, "\"toy_init\"", "[]",
     "policies/models/toy.toml:6:8: 'name' is an empty list"},
    // Profiles.
    {"ProfileName", Profile, "\"baseline\"", "\"base\"",
     "policies/profiles/baseline.toml:1:9: this profile's file is 'baseline.toml', so its name is "
     "not "
     "'base'"},
    {"SelfCycle", Profile, "title =", "extends = \"baseline\"\ntitle =",
     "policies/profiles/baseline.toml:2:11: profiles extend each other in a cycle: baseline "
     "extends "
     "baseline"},
    {"ExtendsUnknown", Profile, "title =", "extends = \"basline\"\ntitle =",
     "policies/profiles/baseline.toml:2:11: no profile is named 'basline'; did you mean "
     "'baseline'?"},
    {"StandardUnknown", Profile, "title =", "standards = [\"62443-4-1\"]\ntitle =",
     "policies/profiles/baseline.toml:2:14: standard '62443-4-1' is no row of the taxonomy; did "
     "you "
     "mean '62443-4-2'?"},
    {"ClassUnknown", Profile, "title =", "classes = [\"ivdr\"]\ntitle =",
     "policies/profiles/baseline.toml:2:12: product class 'ivdr' is not declared; did you mean "
     "'ivd'?"},
    {"StandardExcludesClass", Profile,
     "title =", "classes = [\"ivd\"]\nstandards = [\"60601-4-5\"]\ntitle =",
     "policies/profiles/baseline.toml:3:14: profile 'baseline' is for the class 'ivd', to which "
     "'60601-4-5' does not apply: not for IVDs"},
    {"LevelUnknown", Profile, "\"on\"", "\"warn\"",
     "policies/profiles/baseline.toml:4:14: 'crypto/*' cannot be 'warn'; did you mean 'warning'?"},
    {"CheckUnknown", Profile, "\"crypto/*\"", "\"crypto/ecb\"",
     "policies/profiles/baseline.toml:4:1: no check is named 'crypto/ecb'; did you mean "
     "'crypto/ecb-mode'?"},
    {"GlobMatchesNone", Profile, "\"crypto/*\"", "\"cripto/*\"",
     "policies/profiles/baseline.toml:4:1: no check matches 'cripto/*'; did you mean "
     "'crypto/ecb-mode'?"},
    {"NoParameters", Profile, "\"crypto/*\" = \"on\"", "\"crypto/ecb-mode\" = { bits = 3 }",
     "policies/profiles/baseline.toml:4:30: check 'crypto/ecb-mode' has no parameters, so no "
     "'bits'"},
    {"LevelType", Profile, "\"on\"", "true",
     "policies/profiles/baseline.toml:4:14: 'crypto/*' expects a string, not a boolean"},
    // Taxonomy and CWE list.
    {"NoApplicability", Taxonomy, "[applicability.", "[applicable.",
     "policies/standards/taxonomy.toml:1:1: the taxonomy lacks its tables [applicability.<name>]"},
    {"ExcludesUnknownClass", Taxonomy, "[\"ivd\"]", "[\"idv\"]",
     "policies/standards/taxonomy.toml:14:13: product class 'idv' is not declared; did you mean "
     "'ivd'?"},
    {"CweList", "policies/standards/cwe_names.csv", "327,", "CWE-327,",
     "policies/standards/cwe_names.csv:2:1: expected the number of a weakness"},
};

} // namespace

TEST_P(MalformedInput, IsOneClearMessage) {
  const Malformed &Case = GetParam();
  DataFolder Data;
  Data.edit(Case.File, Case.From, Case.To);
  EXPECT_EQ(Data.message(), Case.Message);
}

INSTANTIATE_TEST_SUITE_P(Loaders, MalformedInput, testing::ValuesIn(Cases), nameOf);
