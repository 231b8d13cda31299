/// Which names may stand for one object though nothing on the way says so: a pointer that was
/// copied from another on some ways only, a parameter for which some caller hands in a global or
/// the same object as for another parameter.
///
/// It asks in the body first, then in those that call it. Pointers that were kept in memory and
/// loaded again are two objects (docs/engine.md, "What is not sound").
#ifndef ASSAY_ANALYSIS_SOLVE_SECONDNAMES_H
#define ASSAY_ANALYSIS_SOLVE_SECONDNAMES_H

#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/WayFacts.h"

#include <set>

namespace assay {

class SecondNames {
public:
  SecondNames(BodyTable &Bodies, const RoleIndex &Roles) : Bodies(Bodies), Roles(Roles) {}

  /// May the first be the second, or a part of it or around it?
  bool mayMeet(BodyId In, const ObjectPath &Written, const ObjectPath &Object);
  /// The globals, or parts of them, that this may be.
  llvm::ArrayRef<ObjectPath> globalsOf(BodyId In, const ObjectPath &Object);

private:
  /// What is asked in one body. Without a first: which globals is the second?
  struct Pair {
    BodyId In = NoId;
    std::optional<ObjectPath> Written;
    ObjectPath Object;
    friend auto operator<=>(const Pair &, const Pair &) = default;
  };
  static bool meets(const Pair &Q);
  /// The question with the names' origins in its own body.
  std::vector<Pair> inBody(const Pair &Q) const;
  std::optional<Pair> above(const Pair &Q, InstRef Call) const;
  void aboveAll(const Pair &Q, std::vector<Pair> &To) const;
  bool mayMeetAbove(Pair Q);

  BodyTable &Bodies;
  const RoleIndex &Roles;
  std::map<Pair, bool> Meets;
  std::map<Pair, std::vector<ObjectPath>> Globals;
};

} // namespace assay

#endif
