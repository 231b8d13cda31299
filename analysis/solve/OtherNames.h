/// Where the address of a global or a field goes: who may write it by a pointer, and whether the
/// pointer is kept where nobody sees who does.
///
/// It looks at bodies that take the address, at callers of those that return it, and at functions
/// that are handed it. Control flow and objects are not told apart: a field is that of any object.
/// A pointer to const is not followed. A library's function that is given no function beside the
/// address is taken to keep nothing; it may return it. It knows no values; the Evaluator asks what
/// is written.
#ifndef ASSAY_ANALYSIS_SOLVE_OTHERNAMES_H
#define ASSAY_ANALYSIS_SOLVE_OTHERNAMES_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/RoleIndex.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>
#include <optional>
#include <set>

namespace assay {

class OtherNames {
public:
  OtherNames(const Program &Prog, const RoleIndex &Roles) : Prog(Prog), Roles(Roles) {}

  struct Uses {
    std::vector<InstRef> Writes; ///< stores through a pointer to it, calls that are handed one
    /// The first place where the address gets away: it is stored where others find it, or returned
    /// to callers that are not seen.
    InstRef KeptAt;
    bool IsCut = false; ///< there was more to look at than is followed
    bool isKept() const { return KeptAt.Body != NoId; }
  };
  /// Of a global or a field.
  const Uses &of(EntityId Id);

private:
  using IsStart = llvm::function_ref<bool(Operand)>;
  using Parameter = std::pair<BodyId, uint32_t>; ///< NoId: the object
  struct Track;
  class Work;
  void follow(BodyId In, Track &T);
  void followInst(const BodyView &B, uint32_t At, Track &T);
  void stored(const BodyView &B, uint32_t At, Track &T);
  void handedOver(const BodyView &B, uint32_t At, Track &T);
  bool isGivenBack(const BodyView &B, uint32_t At, Track &T);
  llvm::StringRef typeOf(EntityId Id) const;
  bool mayReturn(EntityId Library, unsigned Param) const;
  void returned(InstRef At, Uses &Out, Work &Todo) const;
  bool names(const BodyView &B, Operand O, EntityId Id) const;
  bool isToConst(const BodyView &B, uint32_t PlaceRow) const;
  /// What a body does with an address that it is given.
  struct Given {
    bool IsKept = false, IsReturned = false;
    std::vector<Parameter> Handed; ///< to other functions
  };
  const Given &given(const Parameter &P);
  Given look(const Parameter &P, std::vector<Parameter> &Asked);
  bool returns(const Parameter &P, Track &T);
  bool keeps(const Parameter &First);

  const Program &Prog;
  const RoleIndex &Roles;
  std::map<EntityId, Uses> Known;
  std::map<Parameter, Given> ByParameter;
};

} // namespace assay

#endif
