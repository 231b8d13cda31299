/// Who may fill a structure as a whole, through a pointer to it or to one that it lies in:
/// read(fd, o, sizeof *o), a function of another library that is given it; and whose fields are
/// found by their offset.
///
/// Functions with a body are left out: their own stores say what they write. So is a copy of the
/// same type, whose fields are known by name.
#ifndef ASSAY_ANALYSIS_SOLVE_RECORDWRITES_H
#define ASSAY_ANALYSIS_SOLVE_RECORDWRITES_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/Values.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace assay {

class RecordWrites {
public:
  RecordWrites(const Program &Prog, const RoleIndex &Roles) : Prog(Prog), Roles(Roles) {}

  struct Filling {
    InstRef Call;
    uint32_t Arg = 0;
    llvm::SmallVector<PlaceStep, 2> To; ///< from what the argument points to, to the structure
  };
  struct Writes {
    std::vector<Filling> Calls;
    InstRef ByOffset; ///< the first place where a field is found by an offset that is not constant
  };
  /// Of the structure that a field is of.
  const Writes &of(EntityId Field);

private:
  /// What a pointer points to, as the source has it.
  struct Pointee {
    llvm::StringRef Type; ///< without its dimensions; empty: not known, or to const
    size_t Elements = 0;  ///< steps into arrays, to what has the type
  };
  void index();
  void inBody(BodyId In);
  void ofCall(InstRef Call);
  void filled(const Filling &By, llvm::StringRef Type, unsigned Nested);
  bool mayFill(const BodyView &B, const Inst &Call, uint32_t Arg) const;
  bool modelFills(EntityId Callee, uint32_t Param) const;
  Pointee pointee(const BodyView &B, Operand O) const;
  Writes *ofType(llvm::StringRef Type);

  const Program &Prog;
  const RoleIndex &Roles;
  bool IsIndexed = false;
  llvm::StringMap<Writes> ByType; ///< of each structure that has a name, as Clang prints it
  llvm::StringMap<std::vector<EntityId>> FieldsOf; ///< of these
  const Writes None;
};

} // namespace assay

#endif
