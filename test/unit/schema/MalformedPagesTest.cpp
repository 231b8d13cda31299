// Each message of the loader of pages has one malformed page that provokes it.
#include "test/unit/schema/Malformed.h"

using namespace assay::test;

namespace {

const Malformed Cases[] = {
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
    {"ComparisonWithEmptyAlone", Page, "[argument]",
     "[comparison]\nat = \"cipher.setup\"\nwith = \"empty\"\nnamed = \"password\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:9:8: [comparison] asks nothing: \"empty\" needs 'past'"},
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
     "checks/crypto/ecb-mode.md:10:9: 'frees' is for until = \"scope\" and for 'through'"},
    {"FollowThrough", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nby = \"cipher.setup\"\nthrough = "
     "\"cipher.setup\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:11: 'through' takes 'by' and 'same', and no 'until'"},
    {"FollowWhen", Page, "[argument]",
     "[follow]\nat = \"cipher.setup\"\nby = \"cipher.setup\"\nwhen = { digest = { mode = "
     "\"ECB\" } }\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:10: role 'cipher.setup' has no bind 'digest'; known: bits, "
     "cipher, key"},
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
     "checks/crypto/ecb-mode.md:8:8: 'from' is no regular expression: Unmatched ( or \\("},
    {"FlowFromTable", Page, "[argument]",
     "[flow]\nfrom = { type = \"char\" }\nto = \"cipher.setup\"\nbind = \"key\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:8: 'from' lacks 'names': the name"},
    {"FlowNotMadeBy", Page, "[argument]",
     "[flow]\nfrom = { names = \"pin\", not-made-by = \"random.waek\" }\nto = "
     "\"cipher.setup\"\nbind = \"key\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:39: role 'random.waek' is not declared; did you mean "
     "'random.weak'?"},
    {"FlowWipedBy", Page, "[argument]",
     "[flow]\nfrom = { names = \"pin\", wiped-by = \"random.waek\" }\nto = "
     "\"cipher.setup\"\nbind = \"key\"\nmessage = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:8:36: role 'random.waek' is not declared; did you mean "
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
     "checks/crypto/ecb-mode.md:10:18: 'into' is no regular expression: Unmatched ( or \\("},
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
    {"DeclaredBeside", Page, "[argument]",
     "[declared]\nwhat = \"ports\"\nat = \"cipher.setup\"\nbind = \"key\"\nbeside = \"password\"\n"
     "message = \"m\"\nunmet = \"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:11:10: 'beside' is for what = \"accounts\""},
    {"PrecedeNeeds", Page, "[argument]",
     "[precede]\nat = \"cipher.setup\"\nby = \"random.weak\"\nneeds = \"random.weka\"\nmessage = "
     "\"m\"\n[argument]",
     "checks/crypto/ecb-mode.md:10:9: role 'random.weka' is not declared; did you mean "
     "'random.weak'?"},
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
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Pages, MalformedInput, testing::ValuesIn(Cases), nameOf);
