/// Where the texts and constant arrays of a program stand: what holds them, which name was written
/// before them, which row of a table they are part of. Made when a check first asks, once per run.
///
/// It judges nothing and follows no value: a literal is seen where it is written. Bodies in system
/// headers and those out of scope are left out.
#ifndef ASSAY_ANALYSIS_SOLVE_LITERALTABLE_H
#define ASSAY_ANALYSIS_SOLVE_LITERALTABLE_H

#include "analysis/solve/RoleIndex.h"

#include <string>
#include <vector>

namespace assay {

struct LiteralSpot {
  InstRef At;
  uint32_t Const = 0; ///< row of the body's constants
  std::string Text;   ///< its letters or bytes
  bool IsArray = false;
  bool Compared = false; ///< an operand of a comparison, or of what only looks at it
  std::string Holder;  ///< variable, field, parameter or function that it belongs to; may be empty
  std::string Key;     ///< the text written before it in the same call or row
  uint32_t Row = NoId; ///< into LiteralTable::rows()
};

/// Literals that initialise one record, or one inner array, of an array.
struct LiteralRow {
  std::string Table;
  std::vector<uint32_t> Spots;
};

class LiteralTable {
public:
  LiteralTable(const Program &Prog, const RoleIndex &Roles) : Prog(Prog), Roles(Roles) {}

  llvm::ArrayRef<LiteralSpot> spots();
  llvm::ArrayRef<LiteralRow> rows() {
    (void)spots(); // they are made together
    return Rows;
  }

private:
  friend class LiteralCollector;

  const Program &Prog;
  const RoleIndex &Roles;
  bool Made = false;
  std::vector<LiteralSpot> Spots;
  std::vector<LiteralRow> Rows;
};

} // namespace assay

#endif
