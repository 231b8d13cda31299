/// What is to be decided, as typed data: roles, models, checks, levels. Built by the loaders of
/// this folder from policies/models/*.toml, checks/**/*.md, policies/profiles/*.toml and the
/// project's assay.toml; const after that.
///
/// It holds no behaviour but look-up, and it knows nothing of a Program. Formats: docs/formats.md.
#ifndef ASSAY_POLICIES_SCHEMA_POLICY_H
#define ASSAY_POLICIES_SCHEMA_POLICY_H

#include "analysis/model/Result.h"
#include "analysis/model/Toolchain.h"
#include "policies/schema/ConsistentProperty.h"
#include "policies/schema/Declarations.h"
#include "policies/schema/Located.h"
#include "policies/schema/Models.h"
#include "policies/schema/PropertyGrade.h"
#include "policies/schema/Vocabulary.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace assay {

// ---------------------------------------------------------------- checks

/// Where a value is wrong because of where it comes from.
enum class Origin : uint8_t {
  Literal, ///< every byte or the whole value is written in the source (string, array, constant
           ///< fill, zero)
  Written, ///< Literal, and not empty, zero or null: something that a person chose
  Empty,   ///< a text without a letter, or zeros where a text is meant; not a null pointer
  Zero,
  Null,
  Role ///< made by a call of a role: see OriginTest::Role
};

struct OriginTest {
  Origin Kind = Origin::Literal;
  std::string Role;
};

struct ForbidProperty {
  std::vector<std::string> Roles;
  /// Roles: only where the site's `object` is a variable or field that the program hands to one.
  std::vector<std::string> WipedBy;
  Context Where;
  std::string Message;
  PropertyGrade Grade;
};

struct ArgumentProperty {
  std::vector<std::string> At; ///< roles
  std::string Bind;
  std::map<std::string, std::vector<FactValue>> Deny;  ///< fact -> values that fail
  std::map<std::string, std::vector<FactValue>> Allow; ///< fact -> the only values that pass
  std::map<std::string, int64_t> Min; ///< fact (or "value": the number; "size": bytes) -> least
  std::map<std::string, int64_t> Max;
  std::vector<OriginTest> DenyOrigin;
  /// Only where another bind's value has one of these facts: bind -> fact -> values.
  std::map<std::string, std::map<std::string, std::vector<FactValue>>> When;
  /// Not where every value of another bind is known to have one of these facts: bind -> fact ->
  /// values.
  std::map<std::string, std::map<std::string, std::vector<FactValue>>> Unless;
  std::vector<std::string> OrBeside; ///< roles that may do what is missing: where the site's body,
                                     ///< or what it calls, calls one, it is unproven
  Context Where;
  std::string Message; ///< may use {value}, {bind}, {callee}, {fact}, {limit}
  std::string
      Parameter; ///< name by which a project replaces the one limit; empty: the limit's own name
  PropertyGrade Grade;
};

struct BuildProperty {
  std::vector<std::string> Languages; ///< empty = all
  /// Groups that must all hold. In a group the last matching argument of the command decides: `Any`
  /// good, `None` bad, nothing: bad unless default.
  struct Group {
    std::vector<std::string> Any, None; ///< globs over single arguments
    bool AbsentIsUnknown =
        false; ///< many compilers have it built in: a command that says nothing proves nothing
  };
  std::vector<Group> Groups;
  std::string Message;
  PropertyGrade Grade;
};

/// On every path from every entry point to `At`, a call of `By` has succeeded before.
struct PrecedeProperty {
  std::vector<std::string> At, By; ///< roles
  std::string Same; ///< a bind of both: the object that must be one and the same, and unchanged
                    ///< since; empty: any
  std::vector<std::string> Needs; ///< roles: asked only where the program has one; empty: always
  Context Where;
  std::string Message; ///< may use {callee}, {object}
  PropertyGrade Grade;
};

enum class CallOutcome : uint8_t { Both, Success, Failure };

/// Where the ways end on which something must follow.
enum class FollowUntil : uint8_t {
  Program,  ///< control leaves the outermost caller
  Function, ///< ... the function of the site
  Scope     ///< the object is no more: its scope ends, or it is freed
};

/// On every path after `At`, `By` is called before the way ends; or `Never` is not.
struct FollowProperty {
  std::vector<std::string> At, By, Never; ///< roles; By or Never
  CallOutcome After = CallOutcome::Both;
  FollowUntil Until = FollowUntil::Program;
  std::string Same; ///< bind: the object that is meant, as of PrecedeProperty
  std::string As;   ///< its bind at By, Never, Frees and Weak; empty: Same
  std::string Kind; ///< bind of By: says by the fact `event` which roles' events it is about
  std::vector<std::string> Elsewhere; ///< roles: a site of them anywhere does for all
  std::vector<std::string> Frees;     ///< roles: the object is no more after them
  std::vector<std::string> Weak;  ///< roles: as By, but the compiler may drop them where nothing
                                  ///< reads the object afterwards
  std::vector<std::string> Tasks; ///< roles that start a function: what it returns is for who waits
                                  ///< for it, and he is not followed
  std::vector<std::string> Through; ///< roles: what is begun so, is used by a call of one, and then
                                    ///< `By` is called on some way; empty: on every way
  std::vector<std::string> Needs;   ///< roles: nothing is asked of a program without a site of one
  /// Only where a bind of the site has one of these facts: bind -> fact -> values.
  std::map<std::string, std::map<std::string, std::vector<FactValue>>> When;
  Context Where;
  std::string Message; ///< may use {callee}, {object}, {how}
  PropertyGrade Grade;
};

/// The result of `Of` is tested on every path against the model's own success condition.
struct ResultProperty {
  std::vector<std::string> Of; ///< roles; rows of a model without a success condition are left out
  /// Roles of calls that only tell somebody: a failure of which nothing else comes is not handled.
  std::vector<std::string> Talks;
  std::optional<Severity> Across; ///< at most so bad, and so sure, where a wrapper's status is lost
  Context Where;
  std::string Message; ///< may use {callee}, {how}
  PropertyGrade Grade;
};

/// A function that is told of a failure does not answer with success.
struct VerdictProperty {
  std::vector<std::string> At;     ///< roles whose rows hand over such a function
  std::vector<std::string> Unless; ///< roles: who calls them decides by something of its own
  Context Where;
  std::string Message; ///< may use {callee}, {how}
  PropertyGrade Grade;
};

/// The program holds, where an entry point reaches it, at least one site of these roles.
struct ExistProperty {
  std::vector<std::string> Roles;
  std::vector<std::string> Needs; ///< because it has a site of one of these
  std::string Message;
  PropertyGrade Grade;
};

/// Where a flow starts.
struct FlowSource {
  enum class Kind : uint8_t {
    Role,           ///< what a call of `Role` makes
    Literal,        ///< text written in the source
    Named,          ///< what a variable, field or parameter of such a name holds
    EntryParameter, ///< a parameter of a function that somebody unseen calls
    CommandLine     ///< the words that main() is given
  } Is = Kind::Named;
  std::string Role;
  std::string Names, NotNames, Type;  ///< patterns without case; of the name, of the canonical type
  std::vector<std::string> NotMadeBy; ///< roles: a variable that their result is stored to is none
  std::vector<std::string> NotGivenTo; ///< roles: what the program hands them by a name is none
  /// Roles: only what the program hands to one somewhere, itself or with its whole object.
  std::vector<std::string> WipedBy;
};

/// No value from one of these sources reaches a bind of these roles without a sanitizer.
struct FlowProperty {
  std::vector<FlowSource> From;
  std::vector<std::string> To;         ///< roles
  std::vector<std::string> Bind;       ///< of each role of To
  std::vector<std::string> Sanitizers; ///< roles: what they make holds nothing of what they take
  /// Roles that make the sink's object harmless (a connection encrypted); both have the bind
  /// `SecuredBind`.
  std::vector<std::string> SecuredBy;
  std::string SecuredBind;
  std::string
      NotLabelled;   ///< pattern: a text that is handed over beside it calls it something else
  int64_t Calls = 0; ///< a way into and out of more functions than so many is a doubt; 0: none is
  bool WithinFunction = false; ///< what comes from other functions is not asked
  /// How bad and how sure a way is at most on which the value came out of another function or lay
  /// in its memory; and one on which it was handed in by a caller.
  std::optional<Severity> Across, Handed;
  Context Where;
  std::string Message; ///< may use {value}, {callee}, {bind}, {source}
  PropertyGrade Grade;
};

/// No literal or constant array is itself a secret.
struct LiteralProperty {
  std::vector<std::string> Named;    ///< classes of names: of what the literal belongs to
  std::vector<std::string> Shaped;   ///< shapes: what the text says by itself
  std::vector<std::string> HandedTo; ///< classes of names: of the parameter that what holds it is
                                     ///< handed to
  std::vector<std::string> Answers;  ///< roles that are handed a function: what it writes to its
                                     ///< parameters is such a secret
  /// Rows of a table that name an account, too.
  enum class Rows : uint8_t { Any, Accounts, Others } In = Rows::Any;
  /// Only texts that look chosen as a secret, or stand where one is delivered; only the others:
  /// words, which may name anything.
  enum class Texts : uint8_t { Any, Chosen, Words } Of = Texts::Any;
  Context Where;
  std::string Message; ///< may use {value}, {what}, {name}
  PropertyGrade Grade;
};

/// No comparison of a secret: with what stands in the source, or in a way that tells of it.
struct ComparisonProperty {
  std::vector<std::string> At; ///< roles with binds left and right
  enum class Other : uint8_t { Any, Literal, Empty } With = Other::Any;
  std::vector<std::string> Named;    ///< classes of names: of either side
  std::vector<std::string> NotNamed; ///< ... what is compared is none of these: user names
  std::vector<std::string> LookedUp; ///< classes: both sides of a lookup are called so
  std::vector<std::string> MadeBy; ///< roles: what one of them makes is a secret, whatever its name
  /// Roles of At: nobody compares a keyword in constant time.
  std::vector<std::string> ConstantTime;
  std::vector<std::string> Grants; ///< ... of what equality leads to
  /// Roles that verify somebody, and classes of what is compared to verify him. Not empty: asked is
  /// for names of accounts, or for secrets that nobody has set, with which a way goes past all of
  /// that.
  std::vector<std::string> Past, PastNamed;
  std::optional<Severity> Alone; ///< at most so bad, and so sure, where only a name speaks
  Context Where;
  std::string Message; ///< may use {value}, {name}, {callee}
  PropertyGrade Grade;

  bool withLiteral() const { return With == Other::Literal; }
};

using Property =
    std::variant<ForbidProperty, ArgumentProperty, BuildProperty, PrecedeProperty, FollowProperty,
                 ResultProperty, VerdictProperty, ExistProperty, FlowProperty, LiteralProperty,
                 ComparisonProperty, ConsistentProperty, DeclaredProperty>;

struct Example {
  bool Bad = false;
  SourcePosition At;
  std::string Language; ///< "c" or "cpp" of the fence
  std::string Flags;    ///< text after "flags:" on the fence line
  struct File {
    std::string Name; ///< example.c unless `// file: NAME` says otherwise
    std::string Text;
    unsigned PageLine = 0; ///< of the page, where line 1 of Text stands
    struct Expected {
      unsigned Line;
      std::string Text; ///< what stands after `// finding`, may be empty
    };
    std::vector<Expected> Findings;
  };
  std::vector<File> Files;
};

struct CheckPage {
  std::string Id; ///< path below the folder without .md: crypto/ecb-mode
  SourcePosition At;
  Located<std::string> Title;
  Severity Sev = Severity::Medium;
  std::vector<unsigned> Cwe;
  std::string Family; ///< row of standards/taxonomy.toml
  std::string Since;
  std::string Precision = "high"; ///< how often a finding is right: SARIF's words
  std::vector<Located<Property>> Properties;
  std::string Body;                            ///< Markdown after the head
  std::map<std::string, std::string> Sections; ///< What, Why, Bad, Good, Limits, Evidence -> text
  std::vector<Example> Examples;
};

// ---------------------------------------------------------------- policy

enum class GateLevel : uint8_t { Error, Warning, Note, Never };

struct GateRules {
  GateLevel FailOn = GateLevel::Error; ///< a finding of this level or above fails the gate
  bool FailOnUnproven = false;
  unsigned CoveragePercent = 90; ///< least share of functions that were analysed, 0..100
};

/// What one unit may cost.
struct ExtractLimits {
  unsigned UnitSeconds = 300;
  unsigned UnitMegabytes = 4096;
};

struct CheckSetting {
  std::optional<Level> Lvl;                  ///< None = off
  std::map<std::string, int64_t> Parameters; ///< replaces Min/Max limits of the same name
  SourcePosition At;
};

/// A text whose clauses the profile ties to checks; Rule::Clause::Standard names one.
struct Standard {
  std::string Key;  ///< "62443-4-2"
  std::string Name; ///< "IEC 62443-4-2:2019"
};

/// [toolchain]: what is known of the device's compilers, and which of them may be asked.
struct ToolchainRules {
  CompilerTable Compilers;                      ///< policies/toolchains
  std::vector<std::string> QueryDrivers;        ///< globs of the command line
  std::vector<std::string> ProjectQueryDrivers; ///< globs of assay.toml
  std::vector<ToolchainProfile> Profiles;       ///< the first that answers decides
};

/// A file or folder that a policy was read from, and what it held then: while all hold that, the
/// policy is the same.
struct PolicyPart {
  std::string Path;
  std::string Hex; ///< digest of a file's contents, or of the names in a folder
  bool IsFolder = false;
};

struct Policy {
  std::string Profile;
  std::string Digest; ///< of everything that was read to make it, and of what was chosen of that
  std::vector<PolicyPart> Parts;   ///< that everything
  std::vector<Standard> Standards; ///< of the profile, in its order
  std::vector<Role> Roles;         ///< by id
  std::vector<Model> Models;       ///< by library
  Vocabulary Secrets;              ///< policies/vocabulary
  std::vector<CheckPage> Checks;   ///< enabled ones, by id, with parameters already applied
  std::vector<CheckPage>
      OffChecks; ///< the rest of the catalogue, by id: for lists and explanations, never decided
  std::map<std::string, Level> Levels; ///< of every enabled check
  std::set<std::string> ChosenLevels;  ///< checks whose level was named: it does not follow from
                                       ///< the severity of what is found
  GateRules Gate;
  ExtractLimits Extract;
  std::vector<std::string>
      CompilerDefaults; ///< [build] compiler-defaults: arguments that the compiler has built in
  std::vector<std::string>
      OutOfScope; ///< [scope] exclude: globs of files that are no part of the device (its tests)
  ToolchainRules Toolchain;
  Declarations Declared;
  std::vector<Rule> Rules;           ///< for the report, parallel to Checks
  std::vector<std::string> Families; ///< rows of the taxonomy that a page may name

  const Role *role(const std::string &Id) const;
};

} // namespace assay

#endif
