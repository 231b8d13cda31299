/// What a call does with the texts that it is given, as models say it: which argument ends where,
/// what is compared, formatted, logged.
#ifndef ASSAY_ANALYSIS_SOLVE_CALLMEANING_H
#define ASSAY_ANALYSIS_SOLVE_CALLMEANING_H

#include "analysis/solve/RoleIndex.h"

namespace assay {

struct CallMeaning {
  bool Compares = false, Formats = false;
  bool Adds = false;        ///< puts what it is given into its object, a container
  bool Pairs = false;       ///< makes one object of a key and what belongs to it
  bool Appends = false;     ///< puts one text behind another, where that lies
  bool Joins = false;       ///< returns one text behind the other
  bool Logs = false;        ///< whatever it is given
  int Views = -1;           ///< argument that its result is, or points into
  int Default = -1;         ///< argument that is returned where its object holds nothing
  int ToOf = -1, From = -1; ///< arguments; -1: none
  bool ToThis = false, ToResult = false;
  int Written = -1; ///< of a call that formats: what it writes
};

CallMeaning meaningOf(EntityId Callee, const RoleIndex &Roles);

/// execl(path, "tool", "-p", "word", NULL): any number of words, and none is a format.
bool listsArguments(const Body &B, const IndexTables &In, const Inst &Call,
                    const EntityInfo &Callee, const CallMeaning &M);

} // namespace assay

#endif
