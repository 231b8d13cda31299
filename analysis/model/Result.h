/// What a run says: verdicts, sites, findings, coverage. Plain data, resolved to strings, so that a
/// report needs neither the Program nor the Policy. It does not say how it is printed.
#ifndef ASSAY_ANALYSIS_MODEL_RESULT_H
#define ASSAY_ANALYSIS_MODEL_RESULT_H

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

enum class Verdict : uint8_t { Pass, Fail, Unproven, NotApplicable };
enum class Severity : uint8_t { Low, Medium, High, Critical };
/// How a finding is shown and gated: SARIF's levels.
enum class Level : uint8_t { None, Note, Warning, Error };

/// A place in the source, for people and for SARIF.
struct Location {
  std::string File;    ///< path form of FileRead.path in TUSummary.fbs; empty = no place
  unsigned Line = 0;   ///< 1-based; 0 = the file as a whole
  unsigned Column = 0; ///< 1-based, bytes
  std::string Macro;   ///< outermost macro whose expansion wrote it; empty = none
  friend auto operator<=>(const Location &, const Location &) = default;
};

/// What a step of a path is, so that a viewer can tell steps apart (SARIF's `kinds`).
enum class PathStepKind : uint8_t {
  Note,
  Entry,  ///< the way begins in this function
  Call,   ///< the way, or the value, goes into the function that is called here
  Return, ///< ... out of the function that it was in
  Branch, ///< this way was taken, and why
  Value,  ///< a value is written, stored, made
  Change, ///< what was known is known no more; what should have helped did not
  Site    ///< where it matters
};

/// One step of the explanation, in the order in which a reader follows it: from the origin to the
/// site.
struct PathStep {
  Location At;
  std::string Function; ///< qualified name of the enclosing function; empty at file scope
  std::string Text;     ///< "passed as 'bits' to make_key()"
  PathStepKind Kind = PathStepKind::Note;
  unsigned Depth = 0; ///< calls inside calls, from the outermost function of the path
  friend auto operator<=>(const PathStep &, const PathStep &) = default;
};

/// One place where a check applies, and what was decided there.
struct Site {
  std::string Check;
  std::string Role;
  Location At;
  std::string Function;
  Verdict Outcome = Verdict::Unproven;
  std::string Reason; ///< why: what it rests on (pass), what is wrong (fail), what is not known
                      ///< (unproven)
  std::vector<PathStep> Rests =
      {};                  ///< pass: the calls, tests and values that it rests on, each with the
                           ///< model that says so; unproven: where knowledge ended
  std::string Settle = {}; ///< unproven: what would settle it
  std::string Row = {};    ///< ... a row for assay.toml, where one would; to be read and adapted
  std::vector<Location> Secrets = {}; ///< as Finding's
};

/// A change of the source that cures a finding: one token is written instead of another. It is for
/// a person to accept, since what the program does changes with it.
struct Fix {
  Location At;     ///< where Old begins
  std::string Old; ///< as the source writes it; from the solver: the constant's name or number
  std::string New;
  friend auto operator<=>(const Fix &, const Fix &) = default;
};

struct Finding {
  std::string Check;
  Severity Sev = Severity::Medium;
  Level Lvl = Level::Warning;
  std::string Precision = "high"; ///< how often what is found in this way is right: as Rule's
  bool Reached = true;    ///< may control come there from outside? If not, Sev is a step lower
  bool Chosen = false;    ///< only where somebody has set a setting that is there for it
  bool Across = false;    ///< a value came to the site out of another function, or its memory; a
                          ///< status that is lost is that of a function around the site
  bool Handed = false;    ///< ... was handed in by a caller
  bool Alone = false;     ///< only a name speaks for it, and nothing that is done
  Location At;            ///< where to act: see docs/engine.md, "Where a finding points"
  std::string Function;   ///< enclosing function, empty at file scope
  std::string EntityName; ///< of the enclosing function, for the fingerprint
  std::string
      Message; ///< one sentence, no final full stop needed by the reader's eye; names the value
  std::vector<PathStep> Path; ///< origin ... site; at least the site itself
  std::vector<PathStep>
      Related; ///< other places worth a look (units without a flag, the other callers)
  std::vector<Location> Secrets; ///< where the secret is written that it is about: no output shows
                                 ///< the text of these lines
  std::vector<Fix> Fixes;        ///< all of them together cure it; empty: none is known to be safe
  std::string SiteKey; ///< line-free: role, callee, bind, normalised origin; same fault, same key
                       ///< after edits elsewhere
  std::string Fingerprint; ///< hex, from Check, EntityName, SiteKey, ordinal; unique in a Report
};

/// What a check is, as far as a reader of the report needs it.
struct Rule {
  std::string Id; ///< crypto/ecb-mode
  std::string Title;
  Severity Sev = Severity::Medium;
  Level Lvl = Level::Warning; ///< after the policy
  std::string Family;
  std::string Since;              ///< Assay version
  std::string Precision = "high"; ///< very-high, high, medium, low
  std::string HelpMarkdown;       ///< the page's body
  std::string ShortHelp;          ///< first paragraph of What
  std::vector<unsigned> Cwe;
  struct Clause {
    std::string Standard;   ///< key of the taxonomy: "62443-4-2"
    std::string Id;         ///< "CR 4.3"
    std::string Title;      ///< may be empty
    std::string Basis;      ///< what the link rests on: "published", "judgement"
    std::string Confidence; ///< of the clause id: "verified", "memory"
    friend auto operator<=>(const Clause &, const Clause &) = default;
  };
  std::vector<Clause> Clauses;
};

/// The outcome of one check over all places where it applies.
struct CheckVerdict {
  std::string Check;
  Verdict Outcome = Verdict::NotApplicable;
  uint64_t Passed = 0, Failed = 0, Unproven = 0, NotApplicable = 0; ///< sites
  std::string Reason; ///< for NotApplicable and Unproven
};

struct UnitCoverage {
  enum class State : uint8_t { Whole, WithErrors, Failed, TimedOut, OutOfMemory, Crashed };
  std::string File;
  State Outcome = State::Whole;
  bool FromStore = false; ///< never printed in SARIF: warm and cold runs give the same bytes
  unsigned Functions = 0, LostFunctions = 0, Errors = 0;
  std::string Detail; ///< first error, or the cause
  Location DetailAt;
};

/// A function that somebody outside the program may call, and one reason for it.
struct EntryRow {
  std::string Kind; ///< "main", "interrupt", "task", "exported", "handed out" ...: docs/linkage.md
  std::string Function;
  Location At;        ///< of the function
  std::string Reason; ///< "handed out by vectors (section .isr_vector)"
  Location Where;     ///< of the registration; may be no place
  friend auto operator<=>(const EntryRow &, const EntryRow &) = default;
};

/// What would let more be seen.
struct Remedy {
  std::string Advice;
  std::vector<std::string> Headers; ///< that were found nowhere, as the sources name them
  uint64_t Functions = 0;           ///< lost or recovered in the units that include them
  unsigned Units = 0;
};

struct Coverage {
  std::vector<UnitCoverage> Units; ///< ordered by file
  uint64_t Functions = 0, LostFunctions = 0, RecoveredFunctions = 0, CutFunctions = 0;
  uint64_t DirectCalls = 0, ResolvedIndirectCalls = 0, UnresolvedIndirectCalls = 0;
  uint64_t OutsideIndirectCalls = 0; ///< neither: what is not resolved is code of nobody's here
  uint64_t UnmodelledExternalFunctions = 0; ///< called, no body, no model
  std::vector<std::string> Collisions;
  std::vector<Remedy> Remedies; ///< the most useful first
  unsigned count(UnitCoverage::State S) const {
    unsigned N = 0;
    for (const auto &U : Units)
      N += U.Outcome == S;
    return N;
  }
};

/// Something the user must know that is no finding: a damaged store entry, a dropped flag.
struct Note {
  Level Lvl = Level::Note;
  std::string Text;
  Location At;
  bool InSarif = true; ///< false for what depends on the store's state and would break "same input,
                       ///< same bytes"
};

struct Artifact {
  std::string File;
  std::string Blake3Hex; ///< digest when it was read; empty if unknown
  uint64_t Size = 0;
};

struct Gate {
  enum class Outcome : uint8_t { Holds, FindingsFail, CoverageFails };
  Outcome Result = Outcome::Holds;
  std::string Reason;
};

/// Everything a front end needs. Ordered: findings by file, line, column, check, message; the rest
/// by name.
struct Report {
  std::string Profile;
  std::string ToolVersion;
  std::vector<Rule> Rules;
  std::vector<CheckVerdict> Verdicts; ///< parallel to Rules
  std::vector<Finding> Findings;
  std::vector<Site> Sites;
  Coverage Cover;
  std::vector<EntryRow> Entries; ///< by kind, then function
  std::vector<Note> Notes;
  std::vector<Artifact> Artifacts; ///< source files read, outside system folders
  Gate GateResult;
};

/// The words used in every output: "pass", "fail", "unproven", "not-applicable"; "critical";
/// "error" ...
const char *wordFor(Verdict V);
const char *wordFor(Severity S);
const char *wordFor(Level L);
const char *wordFor(UnitCoverage::State S);
const char *wordFor(PathStepKind K);
/// The inverse; Note for a word that is none.
PathStepKind pathStepKindOf(const std::string &Word);

} // namespace assay

#endif
