/// What every property kind is given, and what it gives back. One file per kind decides; none
/// prints, none knows a check by name.
#ifndef ASSAY_ANALYSIS_SOLVE_JUDGING_H
#define ASSAY_ANALYSIS_SOLVE_JUDGING_H

#include "analysis/model/Result.h"
#include "analysis/solve/Describe.h"
#include "analysis/solve/Evaluator.h"
#include "analysis/solve/Lexicon.h"
#include "analysis/solve/LiteralTable.h"
#include "analysis/solve/Masking.h"
#include "analysis/solve/Reach.h"
#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/SiteScope.h"
#include "analysis/solve/TestCode.h"

#include <map>

namespace assay {

struct Judged {
  std::vector<Site> Sites;
  std::vector<Finding> Findings;
  std::string NotAsked; ///< why the check asks nothing of this program; empty: it does
  /// A text that must not stand in the source, and the file of a finding about it: which of
  /// Findings.
  std::map<std::pair<std::string, std::string>, size_t> TextsTold = {};
};

struct FlowTables;

struct Judging {
  const Program &Prog;
  const Policy &Rules;
  const RoleIndex &Roles;
  Evaluator &Values;
  const Describer &Words;
  Reach &Reaches;
  const SiteScope &Asked;
  const Lexicon &Lex;
  const Masker &Masks;
  LiteralTable &Literals;
  const TestCode &Tests;
  FlowTables &Flows;
  const CheckPage &Page;
  Level Lvl;
  Judged &Out;

  /// A finding of this check, filled in as far as the place says it.
  Finding findingAt(InstRef R) const;
  void addSite(const std::string &Role, InstRef R, Verdict V, std::string Reason) const;
  /// The finding, and the site that fails with its message.
  void addFault(const std::string &Role, InstRef R, Finding F) const;
  /// The site that was added last, for what stands behind its verdict.
  Site &site() const { return Out.Sites.back(); }
  /// A place that a verdict rests on.
  PathStep restsOn(InstRef R, std::string Text) const;
};

/// "signature.verify by openssl-verify.toml:12, read in include/openssl/evp.h".
std::string saidBy(const FunctionModel &Row);

/// Whether a place lies in the context that a property asks for; `Names` are what the value or
/// result ends in. Patterns were checked when the page was loaded.
bool inContext(const Context &C, const Judging &J, const std::string &Function,
               const std::string &File, llvm::ArrayRef<std::string> Names);
/// Does the context exclude this place by its function or file? Of a call by which what is wrong
/// was handed on, nothing else is asked.
bool isExcluded(const Context &C, InstRef At, const Judging &J);
bool asksForNames(const Context &C);

/// One of these is the value: a constant's, macro's or function's name, a number, the global that
/// it points to, a text; "so it begins*"; "made_by()", what such a call returned.
bool hasName(const Value &V, const std::vector<std::string> &Names, const Judging &J);

/// All of them are beginnings of texts or results of calls: a value that is not known is none of
/// them, for else each file would be every file.
bool asksForKnown(const std::vector<std::string> &Names);

/// The model's own `when`: may the call have the row's meaning; has it no other?
bool mayMeanThis(const RoleSite &S, const Judging &J);
bool meansOnlyThis(const RoleSite &S, const Judging &J);

/// Is the site to be judged? One that is not is told of here, but for a call of which the row does
/// not speak.
bool isJudged(const RoleSite &S, const Context &Where, const Judging &J);

/// Sites of the device in code that control may reach from outside. By the row's `when`: surely,
/// or else perhaps. One behind a switch that nothing turns on is none.
struct ReachedSite {
  const RoleSite *Surely = nullptr, *Perhaps = nullptr;
  const RoleSite *Off = nullptr; ///< the first that is switched off, where there is no other
  explicit operator bool() const { return Surely || Perhaps; }
};
/// The first of these roles, in the order of the program.
ReachedSite firstReached(llvm::ArrayRef<std::string> Roles, const Judging &J);

/// Is the page asked of this program, which has a site of one of these? No is noted for the report.
bool isNeeded(llvm::ArrayRef<std::string> Needs, const Judging &J);

/// The operand at the site that the bind names; nothing: there is none.
std::optional<Operand> boundOperand(const RoleSite &S, const std::string &Bind, const Judging &J);

/// Replaces {key} by its text; an unknown key stays.
std::string fillIn(llvm::StringRef Template,
                   llvm::ArrayRef<std::pair<llvm::StringRef, std::string>> Words);

void judge(const ForbidProperty &P, const Judging &J);
void judge(const ArgumentProperty &P, const Judging &J);
void judge(const BuildProperty &P, const Judging &J);
void judge(const PrecedeProperty &P, const Judging &J);
void judge(const FollowProperty &P, const Judging &J);
void judge(const ResultProperty &P, const Judging &J);
void judge(const VerdictProperty &P, const Judging &J);
void judge(const ExistProperty &P, const Judging &J);
void judge(const FlowProperty &P, const Judging &J);
void judge(const LiteralProperty &P, const Judging &J);
void judge(const ComparisonProperty &P, const Judging &J);
void judge(const ConsistentProperty &P, const Judging &J);
void judge(const DeclaredProperty &P, const Judging &J);

} // namespace assay

#endif
