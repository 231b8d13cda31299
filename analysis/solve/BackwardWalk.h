/// Is there a way to a site on which nothing that satisfies it has happened before? The walk starts
/// at the site and goes backwards: over branches with what they say, into calls, from a function's
/// entry to its callers, up to the program's entry points.
///
/// It is sound for the code it sees (docs/engine.md says where it is not): every way that may be
/// taken is walked, since a fact is only ever used to prove that a way is not taken.
#ifndef ASSAY_ANALYSIS_SOLVE_BACKWARDWALK_H
#define ASSAY_ANALYSIS_SOLVE_BACKWARDWALK_H

#include "analysis/solve/Reach.h"
#include "analysis/solve/Relevance.h"
#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/SecondNames.h"

#include <deque>
#include <map>
#include <memory>
#include <set>

namespace assay {

/// Why a way is worth a word to the reader.
enum class WayNote : uint8_t {
  None,
  Branch,
  Enter,
  Lift,
  Untested,
  Failed,
  Other,
  Changed,
  Made,
  FlagSet
};

/// A point that the walk has reached, linked to the one it came from: the next on the way of the
/// program.
struct WayPoint {
  const Activation *In = nullptr;
  uint32_t Block = 0;
  uint32_t Next = 0; ///< instructions of the block before this one are still to be walked
  WayFacts Facts;
  std::vector<WayFacts> Kept;  ///< of the callers, outermost first
  uint32_t LoopRun = NoId;     ///< header of a loop that was walked once
  const char *Doubt = nullptr; ///< what may have satisfied the site unseen
  InstRef DoubtAt;
  const char *Risk = nullptr; ///< what may have changed the object unseen
  InstRef RiskAt;
  /// Where the object was changed or made, if it was: only whether the way is taken is still asked.
  const WayPoint *Ended = nullptr;
  WayNote Note = WayNote::None;
  InstRef NoteAt;
  const WayPoint *Later = nullptr;
};

struct Satisfier {
  const RoleSite *Site = nullptr;
  std::optional<Operand> Object; ///< what it is done to; nullopt: the question is of no object
};

class BackwardWalk {
public:
  struct Program {
    const assay::Program &Prog;
    const RoleIndex &Roles;
    Reach &Reaches;
    BodyTable &Bodies;
    SecondNames &Names;
    /// The functions that a call through a pointer reaches, where its values are known exactly.
    llvm::function_ref<std::optional<std::vector<EntityId>>(InstRef)> Resolve;
    /// Null: every condition is kept.
    Relevance *Only = nullptr;
  };
  /// `By`: the calls that satisfy, by place. `LeadsToBy`: the functions that hold or reach one.
  BackwardWalk(Program P, const std::map<InstRef, Satisfier> &By, const llvm::BitVector &LeadsToBy)
      : P(P), By(By), LeadsToBy(LeadsToBy) {}

  struct Answer {
    const WayPoint *Open = nullptr;     ///< a way on which nothing satisfied the site: the shortest
    const WayPoint *Doubtful = nullptr; ///< one of which that is not sure
    const char *Doubt = nullptr;
    InstRef DoubtAt;
    bool Exhausted = false;  ///< the doubt is only that there are too many ways
    std::set<InstRef> Rests; ///< the calls that satisfied it
  };
  Answer run(InstRef Site, std::optional<ObjectPath> Object);

private:
  enum class Go : uint8_t { On, Stop };
  void walk(const WayPoint &From);
  Go over(WayPoint &W, uint32_t I);
  Go overCall(WayPoint &W, uint32_t I);
  Go overSelect(WayPoint &W, uint32_t I);
  Go overReturn(WayPoint &W, const Inst &I);
  // BackwardCalls.cpp
  bool satisfies(WayPoint &W, uint32_t I, const Satisfier &S, const Callees &To);
  /// Written under a second name of the object: a risk. What is known of such memory is forgotten.
  void noteSecondName(WayPoint &W, const ObjectPath &Written, uint32_t I);
  void noteSecondNames(WayPoint &W, uint32_t I, const Callees &To);
  void noteRisk(WayPoint &W, const char *Why, uint32_t I) const;
  void remember(WayPoint &W, WayNote Note, InstRef At);
  /// False: the callee is not entered, the way goes past it.
  bool descend(const WayPoint &W, uint32_t I, EntityId Callee);
  bool wantsToEnter(const WayPoint &W, EntityId Callee, BodyId B, const Carried &Down);
  bool mayChange(EntityId Callee, const ObjectPath &O);
  bool mayWriteOf(EntityId Callee, const ObjectPath &O);
  bool writesByModel(EntityId Callee, const ObjectPath &O) const;
  Go passOutside(WayPoint &W, uint32_t I, const Callees &To);
  Callees targetsOf(InstRef At);
  bool isExact(InstRef At) const;
  /// The way comes from a handler: the call that ends this block threw.
  bool backOverThrow(WayPoint &W);
  void atProgramEntry(const WayPoint &W);
  void beforeStores(const WayPoint &W, const PlaceFact &Flag, EntityId Written);
  static bool isShared(const ObjectPath &O);
  bool startsAtZero(EntityId Written) const;

  void toPredecessors(const WayPoint &W);
  void atEntry(const WayPoint &W);
  void backToCaller(const WayPoint &W);
  void lift(const WayPoint &W);
  bool reaches(const Callees &To, EntityId Function) const;
  /// The object is as it is from here on: on this way nothing satisfies the site, if it is taken.
  Go end(WayPoint &W, WayNote Note, InstRef At);
  /// A way that is taken arrives where the program begins.
  void open(const WayPoint &W);
  void finish(const WayPoint &End);
  /// The walk has no steps left.
  void giveUp(InstRef Site, const WayPoint &W);
  /// What comes before the object's end cannot satisfy the site any more.
  static void unsure(WayPoint &W, const char *Why, InstRef At);
  void doubt(const char *Why, InstRef At, const WayPoint *W);
  void widen(WayPoint &W);
  void push(WayPoint W, const WayPoint *Later);

  const Body &body(const Activation *A) const { return *P.Prog.body(A->Body).Data; }
  const Activation *enter(BodyId B, const Activation *Caller, uint32_t Call);
  bool leadsToBy(uint32_t Block, const Activation *In) const;
  bool endsLoop(uint32_t Header, uint32_t Edge, const WayPoint &After) const;
  bool satisfiedInLoop(const llvm::BitVector &Loop, const Activation *In) const;

  Program P;
  const std::map<InstRef, Satisfier> &By;
  const llvm::BitVector &LeadsToBy;
  std::deque<WayPoint> Points;
  std::deque<const WayPoint *> Work;
  std::deque<Activation> Activations;
  std::map<std::tuple<BodyId, const Activation *, uint32_t>, const Activation *> Interned;
  using Key = std::tuple<const Activation *, uint32_t, uint32_t, WayFacts, std::vector<WayFacts>,
                         uint32_t, bool, bool, bool>;
  std::set<Key> Seen;
  std::map<std::pair<const Activation *, uint32_t>, unsigned> Met;
  std::map<InstRef, std::optional<std::vector<EntityId>>> Resolved;
  Answer Out;
  bool OfObject = false; ///< the question is about an object
  unsigned Budget = 0;
};

} // namespace assay

#endif
