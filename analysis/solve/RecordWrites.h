/// Who may fill a structure as a whole, through a pointer of its type: read(fd, o, sizeof *o), a
/// function of another library that is given it; and whose fields are found by their offset.
///
/// Functions with a body are left out: their own stores say what they write. So is a copy of the
/// same type, whose fields are known by name. A structure within the one that is filled is not
/// found by this.
#ifndef ASSAY_ANALYSIS_SOLVE_RECORDWRITES_H
#define ASSAY_ANALYSIS_SOLVE_RECORDWRITES_H

#include "analysis/solve/RoleIndex.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace assay {

class RecordWrites {
public:
  RecordWrites(const Program &Prog, const RoleIndex &Roles) : Prog(Prog), Roles(Roles) {}

  struct Filling {
    InstRef Call;
    uint32_t Arg = 0;
  };
  struct Writes {
    std::vector<Filling> Calls;
    InstRef ByOffset; ///< the first place where a field is found by an offset that is not constant
  };
  /// Of the structure that a field is of.
  const Writes &of(EntityId Field);

private:
  void index();
  void inBody(BodyId In);
  void ofCall(InstRef Call);
  bool mayFill(InstRef Call, uint32_t Arg) const;
  llvm::StringRef pointee(BodyId In, Operand O) const;
  Writes *ofType(llvm::StringRef Type);

  const Program &Prog;
  const RoleIndex &Roles;
  bool IsIndexed = false;
  llvm::StringMap<Writes> ByType; ///< of each structure that has a name, as Clang prints it
  const Writes None;
};

} // namespace assay

#endif
