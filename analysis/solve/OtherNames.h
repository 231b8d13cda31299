/// Where the address of a global or a field goes: who may write it by a pointer, and whether the
/// pointer is kept where nobody sees who does.
///
/// It looks at bodies that take the address, at callers of those that return it, and at functions
/// that are handed it. Control flow and objects are not told apart: a field is that of any object.
/// A pointer to const is not followed. It knows no values; the Evaluator asks what is written.
#ifndef ASSAY_ANALYSIS_SOLVE_OTHERNAMES_H
#define ASSAY_ANALYSIS_SOLVE_OTHERNAMES_H

#include "analysis/model/Program.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>
#include <set>

namespace assay {

class OtherNames {
public:
  explicit OtherNames(const Program &Prog) : Prog(Prog) {}

  struct Uses {
    std::vector<InstRef> Writes; ///< stores through a pointer to it, calls that are handed one
    /// The first place where the address gets away: it is stored where others find it.
    InstRef KeptAt;
    bool isKept() const { return KeptAt.Body != NoId; }
  };
  /// Of a global or a field.
  const Uses &of(EntityId Id);

private:
  using IsStart = llvm::function_ref<bool(Operand)>;
  using Parameter = std::pair<BodyId, uint32_t>; ///< NoId: the object
  struct Track;
  void follow(BodyId In, Track &T);
  void followInst(BodyId In, uint32_t At, Track &T);
  void stored(BodyId In, uint32_t At, Track &T);
  void handedOver(InstRef Call, Track &T);
  struct Given {
    bool IsKept = false;
    std::vector<Parameter> Handed; ///< to other functions
  };
  const Given &given(const Parameter &P);
  bool keeps(const Parameter &First);
  bool isToConst(BodyId In, uint32_t PlaceRow) const;

  const Program &Prog;
  std::map<EntityId, Uses> Known;
  std::map<Parameter, Given> ByParameter;
};

} // namespace assay

#endif
