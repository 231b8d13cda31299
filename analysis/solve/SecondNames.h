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

/// A body in a chain of calls that a walk has entered from behind. No caller: any.
struct Activation {
  BodyId Body = NoId;
  const Activation *Caller = nullptr;
  uint32_t CallInst = 0;
  unsigned Depth = 0;
};

class SecondNames {
public:
  SecondNames(BodyTable &Bodies, const RoleIndex &Roles) : Bodies(Bodies), Roles(Roles) {}

  /// May the first be the second, or a part of it or around it?
  bool mayMeet(const Activation *In, const ObjectPath &Written, const ObjectPath &Object);
  /// The globals, or parts of them, that this may be.
  std::vector<ObjectPath> globalsOf(const Activation *In, const ObjectPath &Object);

private:
  /// What is asked in one body. Without a first: which globals is the second?
  struct Question {
    BodyId In = NoId;
    std::optional<ObjectPath> Written;
    ObjectPath Object;
    friend auto operator<=>(const Question &, const Question &) = default;
  };
  static bool meets(const Question &Q);
  /// The question with the names' origins in its own body.
  std::vector<Question> inBody(const Question &Q) const;
  std::optional<Question> above(const Question &Q, InstRef Call) const;
  void aboveAll(const Question &Q, std::vector<Question> &To) const;
  bool mayMeetAbove(Question Q);
  std::vector<ObjectPath> globalsAbove(Question Q);

  BodyTable &Bodies;
  const RoleIndex &Roles;
  std::map<Question, bool> Meets;
  std::map<Question, std::vector<ObjectPath>> Globals;
};

} // namespace assay

#endif
