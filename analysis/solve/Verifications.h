/// The calls of a program that decide whether somebody is who he says, and what their results say
/// of it: of a role that checks credentials, comparisons of a secret or of what was hashed before,
/// and calls of functions that hand their answers on (HandedOn).
///
/// A secret that is compared is known by its name; what nobody answers with a number is no
/// verification.
#ifndef ASSAY_ANALYSIS_SOLVE_VERIFICATIONS_H
#define ASSAY_ANALYSIS_SOLVE_VERIFICATIONS_H

#include "analysis/solve/HandedOn.h"
#include "analysis/solve/OperandNames.h"

namespace assay {

/// Of a site whose model says which results mean success.
HandedStatus statusAt(const RoleSite &S, const Judging &J);

class Verifications {
public:
  Verifications(const ComparisonProperty &P, const Judging &J, const OperandNames &Called,
                IdleDetours &Telling);

  /// May the body, or what it calls, verify somebody?
  bool mayBeIn(BodyId Id) const { return Reaching.test(J.Prog.body(Id).Entity); }
  /// ... as few calls away as in() looks: false where that is empty anyway.
  bool mayBeNear(BodyId Id);
  /// Those of a body, a few calls away from the verification itself.
  llvm::ArrayRef<HandedStatus> in(BodyId Id);
  /// ... or one that leads to a verification, and of which the answer is used.
  bool mayBe(InstRef Call);

private:
  void findRoles();
  void findComparisons();
  bool isOfSecret(const RoleSite &S) const;
  llvm::ArrayRef<HandedStatus> handedOn(size_t Seed);
  std::set<BodyId> calledFrom(BodyId Id) const;

  static constexpr unsigned MostCalls = 4; ///< from a body to the verification in what it calls

  const ComparisonProperty &P;
  const Judging &J;
  const OperandNames &Called;
  IdleDetours &Telling;
  std::map<BodyId, uint32_t> Hashing; ///< the first instruction that hashes a secret
  std::vector<HandedStatus> Seeds;
  std::set<InstRef> Places;
  llvm::BitVector Reaching; ///< functions
  std::map<BodyId, bool> Near;
  std::map<BodyId, std::vector<HandedStatus>> Known;
  std::map<size_t, std::vector<HandedStatus>> Handed; ///< by row of Seeds
};

} // namespace assay

#endif
