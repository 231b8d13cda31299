/// Where the texts and constant arrays of a program stand: what holds them, which name was written
/// before them, which row of a table they are part of. Made when a check first asks, once per run.
///
/// It judges nothing and follows no value: a literal is seen where it is written. Bodies in system
/// headers and those out of scope are left out.
#ifndef ASSAY_ANALYSIS_SOLVE_LITERALTABLE_H
#define ASSAY_ANALYSIS_SOLVE_LITERALTABLE_H

#include "analysis/solve/CopyLoops.h"
#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/SiteScope.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace assay {

struct LiteralSpot {
  InstRef At;
  uint32_t Const = 0; ///< row of the body's constants
  std::string Text;   ///< its letters or bytes
  bool IsArray = false;
  bool IsAnswer = false; ///< written to where a parameter of the function points
  bool Compared = false; ///< an operand of a comparison, or of what only looks at it
  std::string Holder; ///< variable, field, parameter or function that it belongs to; may be empty
  std::string Key;    ///< the text written before it in the same call or row
  uint32_t KeySpot = NoId;     ///< where that stands; none: it is part of a format, a name
  uint32_t Row = NoId;         ///< into LiteralTable::rows()
  std::vector<uint32_t> Parts; ///< constants: it is no text of the source, but words of a command
                               ///< that stand beside each other, with blanks between
};

/// Literals that initialise one record, or one inner array, of an array.
struct LiteralRow {
  std::string Table;
  bool IsList = false; ///< elements without names of their own: a list of texts
  std::vector<uint32_t> Spots;
};

/// {"sshpass", "-p", "word"} says as a whole what it is; without an option there is no command.
/// `Words`: spots, in their order.
std::optional<LiteralSpot> commandOf(llvm::ArrayRef<LiteralSpot> Spots,
                                     llvm::ArrayRef<uint32_t> Words);

class LiteralTable {
public:
  LiteralTable(const Program &Prog, const RoleIndex &Roles, const SiteScope &Asked)
      : Prog(Prog), Roles(Roles), Asked(Asked), Loops(Prog) {}

  /// Of those elsewhere than where findings are asked for, some are left out.
  llvm::ArrayRef<LiteralSpot> spots();
  /// It stands in a header of the system.
  bool isOfSystem(BodyId Id) const;
  llvm::ArrayRef<LiteralRow> rows() {
    (void)spots(); // they are made together
    return Rows;
  }
  /// A row without names of fields that lists words of a program: no text of it belongs to the one
  /// before. What the list itself is named as is another question.
  bool isListOfNames(const LiteralSpot &S);
  /// ... that lists sentences, or one of them in several languages.
  bool isListOfLabels(const LiteralSpot &S);
  /// ... of a table of keys whose values are what a screen shows, all of them.
  bool isInTableOfLabels(const LiteralSpot &S);
  /// ... of a table of names: the text stands first in another row, or most rows say one twice.
  bool isInTableOfNames(const LiteralSpot &S);
  /// A local is declared with it, and a call that reads nothing of it formats another text over the
  /// whole of it before anything else is done with it.
  bool isOverwritten(const LiteralSpot &S) const;
  /// The function that holds the literal returns several texts: it names something.
  bool isOfNamingFunction(const LiteralSpot &S);

private:
  friend class LiteralCollector;

  const Program &Prog;
  const RoleIndex &Roles;
  const SiteScope &Asked;
  CopyLoops Loops;
  bool Made = false;
  std::vector<LiteralSpot> Spots;
  std::vector<LiteralRow> Rows;
  std::map<BodyId, std::set<std::string>> Returned; ///< texts, by the body that returns them
};

} // namespace assay

#endif
