// Each message of the loaders has one malformed input that provokes it: a good data folder with one
// edit.
#include "test/unit/schema/Fixture.h"

#include <gtest/gtest.h>

using namespace assay;
using assay::test::DataFolder;

namespace {

struct Malformed {
  const char *Name;
  const char *File, *From, *To;
  const char *Message;
};

const char *const Roles = "policies/models/roles.toml";
const char *const Model = "policies/models/toy.toml";
const char *const Page = "checks/crypto/ecb-mode.md";
const char *const Profile = "policies/profiles/baseline.toml";
const char *const Vocabulary = "policies/vocabulary/words.toml";
const char *const Taxonomy = "policies/standards/taxonomy.toml";

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
     "policies/models/toy.toml:8:28: 'key' expects either 'arg' or 'is'"},
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
     ">, >=, &), a number, or true or false, not '= 1'"},
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
     "policies/models/toy.toml:13:11: 'returns' says nothing: give 'args' or 'is'"},
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
     "[[field]]\nname = \"verify\"\nrole = \"cipher.setup\"\nbind = \"cipher\"\n[[value]]\nname",
     "policies/models/toy.toml:12:8: 'name' expects 'record::field', not 'verify'"},
    {"FieldDefaultBind", Model, "[[value]]\nname",
     "[[field]]\nname = \"T::v\"\nrole = \"cipher.setup\"\n[[value]]\nname",
     "policies/models/toy.toml:13:8: role 'cipher.setup' has no bind 'value'; known: bits, cipher, "
     "key"},
    {"EmptyList", Model, "\"toy_init\"", "[]",
     "policies/models/toy.toml:6:8: 'name' is an empty list"},
    // Pages: the head.
    {"NoHead", Page, "+++\ntitle", "title",
     "checks/crypto/ecb-mode.md:1:1: a page starts with a line '+++' and its TOML head"},
    {"HeadOpen", Page, "\n+++\n\n", "\n\n",
     "checks/crypto/ecb-mode.md:1:1: the head of this page is not closed by a second line '+++'"},
    {"SeverityUnknown", Page, "\"high\"", "\"hihg\"",
     "checks/crypto/ecb-mode.md:3:12: 'severity' cannot be 'hihg'; did you mean 'high'?"},
    {"FamilyUnknown", Page, "\"crypto-strength\"", "\"crypto-strenght\"",
     "checks/crypto/ecb-mode.md:5:12: family 'crypto-strenght' is no row of the taxonomy; did you "
     "mean 'crypto-strength'?"},
    {"CweUnknown", Page, "[327]", "[327, 99999]",
     "checks/crypto/ecb-mode.md:4:18: CWE-99999 is no weakness of the CWE list"},
    {"Since", Page, "\"0.1\"", "\"one\"",
     "checks/crypto/ecb-mode.md:6:12: 'since' expects a version such as 0.1, not 'one'"},
    {"NoProperty", Page,
     "[argument]\nat      = \"cipher.setup\"\nbind    = \"cipher\"\ndeny    = { mode = \"ECB\" "
     "}\nmessage = \"{value} repeats\"\n",
     "",
     "checks/crypto/ecb-mode.md: a page decides something: its head has no property ([argument], "
     "[forbid], [build], [precede], [follow], [result], [verdict], [exist], "
     "[flow], [literal], [comparison], [consistent], [declared])"},
    {"LiteralAsksNothing", Page, "[argument]", "[literal]\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:7:1: [literal] asks nothing: give 'named' or 'shaped'"},
    {"LiteralClass", Page, "[argument]",
     "[literal]\nnamed = \"pasword\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:9: no vocabulary has the class of names 'pasword'; did you mean "
     "'password'?"},
    {"LiteralShape", Page, "[argument]",
     "[literal]\nshaped = \"private-kee\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:10: no vocabulary has the shape 'private-kee'; did you mean "
     "'private-key'?"},
    {"ComparisonClass", Page, "[argument]",
     "[comparison]\nat = \"cipher.setup\"\nwith = \"any\"\nnamed = \"pasword\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:9: no vocabulary has the class of names 'pasword'; did you mean "
     "'password'?"},
    {"ComparisonBinds", Page, "[argument]",
     "[comparison]\nat = \"random.weak\"\nwith = \"any\"\nnamed = \"password\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:6: role 'random.weak' has no bind 'left'; known: result"},
    {"ShapeOfNothing", Vocabulary, "has   = \"BEGIN\"", "",
     "policies/vocabulary/words.toml:4:1: [shape] has either 'has' or 'bytes'"},
    {"NameWords", Vocabulary, "\"pass word\"", "\"Pass\"",
     "policies/vocabulary/words.toml:3:10: 'words' expects lower-case words, a star for any "
     "letters, not 'Pass'"},
    {"PrecedeRole", Page, "[argument]",
     "[precede]\nat = \"cipher.setup\"\nby = \"random.waek\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:9:6: role 'random.waek' is not declared; did you mean "
     "'random.weak'?"},
    {"PrecedeSame", Page, "[argument]",
     "[precede]\nat = \"cipher.setup\"\nby = \"random.weak\"\nsame = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:8: role 'random.weak' has no bind 'key'; known: result"},
    {"FollowOutcome", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nby = \"cipher.setup\"\nafter = \"never\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:9: 'after' cannot be 'never'; known: both, success, "
     "failure"},
    {"FollowNeither", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:7:1: [follow] has one of 'by' and 'never'"},
    {"FollowFrees", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nby = \"cipher.setup\"\nfrees = "
     "\"cipher.setup\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:9: 'frees' is for until = \"scope\""},
    {"FollowScope", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nby = \"cipher.setup\"\nuntil = \"scope\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:9: until = \"scope\" takes 'by' and 'same': whose scope"},
    {"FollowAs", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nby = \"cipher.setup\"\nas = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:6: 'as' is what the other side calls 'same', which is missing"},
    {"FollowAsBind", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nby = \"random.weak\"\nsame = \"key\"\nas = "
     "\"key\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:11:6: role 'random.weak' has no bind 'key'; known: result"},
    {"VerdictRole", Page, "[argument]",
     "[verdict]\nat = \"cipher.setpu\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:6: role 'cipher.setpu' is not declared; did you mean "
     "'cipher.setup'?"},
    {"ResultCannotFail", Page, "[argument]",
     "[result]\nof = \"random.weak\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:6: role 'random.weak' cannot fail (can-succeed is not set), so "
     "it "
     "has no result to test"},
    {"FlowTo", Page, "[argument]",
     "[flow]\nfrom = \"literal\"\nto = \"cipher.steup\"\nbind = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:9:6: role 'cipher.steup' is not declared; did you mean "
     "'cipher.setup'?"},
    {"FlowBind", Page, "[argument]",
     "[flow]\nfrom = \"literal\"\nto = \"cipher.setup\"\nbind = \"kee\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:8: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"FlowFromWord", Page, "[argument]",
     "[flow]\nfrom = \"literals\"\nto = \"cipher.setup\"\nbind = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:8: 'from' cannot be 'literals'; did you mean 'literal'?"},
    {"FlowFromRole", Page, "[argument]",
     "[flow]\nfrom = \"role:random.waek\"\nto = \"cipher.setup\"\nbind = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:8: role 'random.waek' is not declared; did you mean "
     "'random.weak'?"},
    {"FlowFromPattern", Page, "[argument]",
     "[flow]\nfrom = \"names:(\"\nto = \"cipher.setup\"\nbind = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:8: 'from' is no regular expression: parentheses not balanced"},
    {"FlowFromTable", Page, "[argument]",
     "[flow]\nfrom = { type = \"char\" }\nto = \"cipher.setup\"\nbind = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:8: 'from' lacks 'names': the name"},
    {"FlowNotMadeBy", Page, "[argument]",
     "[flow]\nfrom = { names = \"pin\", not-made-by = \"random.waek\" }\nto = "
     "\"cipher.setup\"\nbind = \"key\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:39: role 'random.waek' is not declared; did you mean "
     "'random.weak'?"},
    {"FlowSanitizers", Page, "[argument]",
     "[flow]\nfrom = \"literal\"\nto = \"cipher.setup\"\nbind = \"key\"\nsanitizers = "
     "\"random.waek\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:11:14: role 'random.waek' is not declared; did you mean "
     "'random.weak'?"},
    {"FlowSecuredAlone", Page, "[argument]",
     "[flow]\nfrom = \"literal\"\nto = \"cipher.setup\"\nbind = \"key\"\nsecured-by = "
     "\"random.weak\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:11:14: 'secured-by' and 'secured-bind' come together"},
    {"FlowSecuredBind", Page, "[argument]",
     "[flow]\nfrom = \"literal\"\nto = \"cipher.setup\"\nbind = \"key\"\nsecured-by = "
     "\"random.weak\"\nsecured-bind = \"key\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:12:16: role 'random.weak' has no bind 'key'; known: result"},
    {"FlowMessage", Page, "[argument]",
     "[flow]\nfrom = \"literal\"\nto = \"cipher.setup\"\nbind = \"key\"\nmessage = "
     "\"{sink}\"\n[argument]",
     "checks/crypto/ecb-mode.md:11:11: 'message' has no place '{sink}'; did you mean 'bind'?"},
    {"ExistNeeds", Page, "[argument]",
     "[exist]\nrole = \"cipher.setup\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:7:1: [exist] lacks 'needs': a role, or a list, whose sites make it "
     "necessary"},
    {"PageRole", Page, "\"cipher.setup\"", "\"cipher.steup\"",
     "checks/crypto/ecb-mode.md:8:11: role 'cipher.steup' is not declared; did you mean "
     "'cipher.setup'?"},
    {"PageBind", Page, "\"cipher\"", "\"cypher\"",
     "checks/crypto/ecb-mode.md:9:11: role 'cipher.setup' has no bind 'cypher'; did you mean "
     "'cipher'?"},
    {"FactUnknown", Page, "{ mode =", "{ moed =",
     "checks/crypto/ecb-mode.md:10:13: no model gives the fact 'moed'; did you mean 'mode'?"},
    {"AsksNothing", Page, "deny    = { mode = \"ECB\" }\n", "",
     "checks/crypto/ecb-mode.md:7:1: [argument] asks nothing: give 'deny', 'allow', 'min', 'max' "
     "or "
     "'deny-origin'"},
    {"MessagePlace", Page, "{value}", "{vlaue}",
     "checks/crypto/ecb-mode.md:11:11: 'message' has no place '{vlaue}'; did you mean 'value'?"},
    {"OriginUnknown", Page, "deny    = { mode = \"ECB\" }", "deny-origin = [\"literel\"]",
     "checks/crypto/ecb-mode.md:10:16: 'deny-origin' cannot be 'literel'; did you mean 'literal'?"},
    {"OriginRole", Page, "deny    = { mode = \"ECB\" }", "deny-origin = \"role:random.wek\"",
     "checks/crypto/ecb-mode.md:10:15: role 'random.wek' is not declared; did you mean "
     "'random.weak'?"},
    {"WhenBind", Page, "deny    = { mode = \"ECB\" }",
     "deny = { mode = \"ECB\" }\nwhen = { kee = { mode = \"ECB\" } }",
     "checks/crypto/ecb-mode.md:11:10: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"UnlessFact", Page, "deny    = { mode = \"ECB\" }",
     "deny = { mode = \"ECB\" }\nunless = { key = { mod = \"ECB\" } }",
     "checks/crypto/ecb-mode.md:11:20: no model gives the fact 'mod'; did you mean 'mode'?"},
    {"SizeLimit", Page, "deny    = { mode = \"ECB\" }", "min = { size = 16 }",
     "checks/crypto/ecb-mode.md:10:9: bind 'cipher' of role 'cipher.setup' is no 'bytes', so it "
     "has "
     "no 'size'"},
    {"LimitType", Page, "deny    = { mode = \"ECB\" }", "min = { value = \"16\" }",
     "checks/crypto/ecb-mode.md:10:17: 'value' expects an integer, not a string"},
    {"ParameterOfTwo", Page, "deny    = { mode = \"ECB\" }",
     "min = { value = 1 }\nmax = { value = 2 }\nparameter = \"x\"",
     "checks/crypto/ecb-mode.md:12:1: 'parameter' names one limit, but [argument] has 2 of 'min' "
     "and "
     "'max'"},
    {"NumberTwice", Page, "deny    = { mode = \"ECB\" }", "min = { value = 1, cipher = 1 }",
     "checks/crypto/ecb-mode.md:10:1: 'min' limits the number twice, as 'cipher' and as 'value'"},
    {"TwoLimits", Page, "deny    = { mode = \"ECB\" }", "min = { value = 1 }\nmax = { value = 2 }",
     "checks/crypto/ecb-mode.md:7:1: this page has two limits named 'cipher', 1 and 2: give one of "
     "them a 'parameter' of its own"},
    {"Regex", Page, "deny    =", "where = { into = \"key(\" }\ndeny    =",
     "checks/crypto/ecb-mode.md:10:18: 'into' is no regular expression: parentheses not balanced"},
    // Pages: the body.
    {"NoText", Page, "None known.", "None \xff known.",
     "checks/crypto/ecb-mode.md:39:6: this byte is no UTF-8 text"},
    {"NoLimits", Page, "## Limits\n\nNone known.\n", "",
     "checks/crypto/ecb-mode.md: the page lacks its section '## Limits'"},
    {"SiblingsWord", Page, "[argument]",
     "[consistent]\nsiblings = \"tables\"\ndoes = \"before\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:12: 'siblings' cannot be 'tables'; did you mean 'table'?"},
    {"SiblingsTested", Page, "[argument]",
     "[consistent]\nsiblings = \"table\"\ndoes = \"tested\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:12: 'does' is \"tested\", and only calls have a result: "
     "'siblings' must be \"callers\""},
    {"SiblingsExits", Page, "[argument]",
     "[consistent]\nsiblings = \"exits\"\ndoes = \"before\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:12: 'siblings' has \"exits\", and nothing comes behind them: "
     "'does' must be \"after\""},
    {"DeclaredBind", Page, "[argument]",
     "[declared]\nwhat = \"ports\"\nat = \"cipher.setup\"\nbind = \"kee\"\nmessage = "
     "\"m\"\nunmet = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:8: role 'cipher.setup' has no bind 'kee'; did you mean 'key'?"},
    {"EmptySection", Page, "None known.", "",
     "checks/crypto/ecb-mode.md: the section '## Limits' is empty"},
    {"SectionUnknown", Page, "## Limits", "## Limit",
     "checks/crypto/ecb-mode.md:37:1: unknown section 'Limit'; did you mean 'Limits'?"},
    {"SectionTwice", Page, "## Limits", "## Good\n\n## Limits",
     "checks/crypto/ecb-mode.md:37:1: section 'Good' stands here twice"},
    {"SectionOrder", Page, "## What\n", "## Why\n\nx\n\n## What\n",
     "checks/crypto/ecb-mode.md:18:1: section 'What' comes too late: the order is What, Why, Bad, "
     "Good, Limits, Evidence"},
    {"FenceOpen", Page, "TOY_CBC); }\n```", "TOY_CBC); }\n",
     "checks/crypto/ecb-mode.md:33:1: this fenced block is never closed"},
    {"BadWithoutFinding", Page, " // finding repeats", "",
     "checks/crypto/ecb-mode.md:27:1: a block under Bad has no line that ends in '// finding'"},
    {"GoodWithFinding", Page, "TOY_CBC); }", "TOY_CBC); } // finding",
     "checks/crypto/ecb-mode.md:33:1: a block under Good has a line that ends in '// finding'"},
    {"BlockLanguage", Page, "```c\n", "```rust\n",
     "checks/crypto/ecb-mode.md:27:1: a block under Bad is 'c' or 'cpp', not 'rust'"},
    {"BlockInfo", Page, "```c\n", "```c -DX\n",
     "checks/crypto/ecb-mode.md:27:1: after the language only 'flags: ...' may stand, not '-DX'"},
    {"BlockEmpty", Page, "void f(void) { toy_init(TOY_CBC); }\n", "",
     "checks/crypto/ecb-mode.md:33:1: this block is empty"},
    {"FileOutside", Page, "void f(void) { toy_init(TOY_CBC); }", "// file: ../x.c",
     "checks/crypto/ecb-mode.md:34:1: '// file:' expects a relative name without '..', not "
     "'../x.c'"},
    {"FileTwice", Page, "void f(void) { toy_init(TOY_CBC); }", "// file: x.c\n// file: x.c",
     "checks/crypto/ecb-mode.md:35:1: this block has two files 'x.c'"},
    {"NoBlock", Page, "```c\nvoid f(void) { toy_init(TOY_CBC); }\n```", "Use CBC.",
     "checks/crypto/ecb-mode.md: the section '## Good' has no fenced block of C or C++"},
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

class MalformedInput : public testing::TestWithParam<Malformed> {};

std::string nameOf(const testing::TestParamInfo<Malformed> &Info) {
  return Info.param.Name;
}

} // namespace

TEST_P(MalformedInput, IsOneClearMessage) {
  const Malformed &Case = GetParam();
  DataFolder Data;
  Data.edit(Case.File, Case.From, Case.To);
  EXPECT_EQ(Data.message(), Case.Message);
}

INSTANTIATE_TEST_SUITE_P(Loaders, MalformedInput, testing::ValuesIn(Cases), nameOf);
