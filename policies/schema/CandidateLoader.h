/// policies/candidates.toml: how functions that have a role are called and shaped in real code, for
/// `assay init`, which proposes rows for a project's own functions. Words are data; what they are
/// compared with is analysis/propose.
#ifndef ASSAY_POLICIES_SCHEMA_CANDIDATELOADER_H
#define ASSAY_POLICIES_SCHEMA_CANDIDATELOADER_H

#include "policies/schema/Policy.h"
#include "policies/schema/Record.h"

namespace assay {

struct CandidateRow {
  Located<std::string> Role;
  std::vector<std::string> Names;    ///< each: words that a name has, in any order; "verify image"
  std::vector<std::string> NotNames; ///< words that speak against it
  std::vector<std::string> Wraps;    ///< roles: who calls them and passes success on has the role
  std::map<std::string, std::vector<std::string>> Binds; ///< bind -> words of a parameter's name
  bool Decides = false;            ///< says yes or no: a function without a result is none
  std::vector<std::string> Fields; ///< words of a field whose assignment has the role
};

/// How a library's users report errors, by the last parameter of such a function.
struct ConventionRow {
  Located<std::string> LastParameter; ///< its type, without typedefs
  std::string Success;                ///< "!= 0"
  std::string Why;
};

struct CandidateTable {
  std::vector<CandidateRow> Rows;
  std::vector<ConventionRow> Conventions;
  std::vector<std::string> Success;   ///< words of a constant that means success: "ok"
  std::vector<std::string> NotDevice; ///< words of functions and files that are tests and the like
};

Record<CandidateTable> candidateRecord();

/// Roles and binds are those of `Rules`.
llvm::Expected<CandidateTable> loadCandidates(const std::string &DataDir, const Policy &Rules);

} // namespace assay

#endif
