/// Is there a way to a site on which nothing that satisfies it has happened before? The walk starts
/// at the site and goes backwards: over branches with what they say, into calls, from a function's
/// entry to its callers, up to the program's entry points.
///
/// It is sound for the code it sees (docs/engine.md says where it is not): every way that may be
/// taken is walked, since a fact is only ever used to prove that a way is not taken.
#ifndef ASSAY_ANALYSIS_SOLVE_BACKWARDWALK_H
#define ASSAY_ANALYSIS_SOLVE_BACKWARDWALK_H

#include "analysis/solve/KeptPointers.h"
#include "analysis/solve/Reach.h"
#include "analysis/solve/Relevance.h"
#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/SecondNames.h"
#include "analysis/solve/Ways.h"

#include <functional>

namespace assay {

struct Satisfier {
  const RoleSite *Site = nullptr;
  std::optional<Operand> Object; ///< what it is done to; nullopt: the question is of no object
};

/// Asks for one site after the other; what was found out of bodies that it entered is kept.
class BackwardWalk {
public:
  struct Program {
    const assay::Program &Prog;
    const RoleIndex &Roles;
    Reach &Reaches;
    BodyTable &Bodies;
    SecondNames &Names;
    /// The functions that a call through a pointer reaches, where its values are known exactly.
    std::function<std::optional<std::vector<EntityId>>(InstRef)> Resolve;
    /// Functions that lead to a call of which not all targets are known.
    const llvm::BitVector &LeadsAstray;
    /// Null: every condition is kept.
    Relevance *Only = nullptr;
  };
  /// `By`: the calls that satisfy, by place. `LeadsToBy`: the functions that hold or reach one.
  /// `OfObject`: the question is about an object.
  BackwardWalk(Program P, const std::map<InstRef, Satisfier> &By, const llvm::BitVector &LeadsToBy,
               bool OfObject)
      : P(std::move(P)), By(By), LeadsToBy(LeadsToBy), OfObject(OfObject), Tables(this->P.Bodies),
        Keepers(this->P.Bodies) {}

  struct Answer {
    const WayPoint *Open = nullptr; ///< a way on which nothing satisfied the site; until the next
                                    ///< question
    Reservation Doubt;              ///< why one that was found is not sure
    bool Exhausted = false;         ///< the doubt is only that there are too many ways
    std::set<InstRef> Rests;        ///< the calls that satisfied it
  };
  Answer run(InstRef Site, std::optional<ObjectPath> Object);

private:
  enum class Go : uint8_t { On, Stop };
  void walk(const WayPoint &From);
  Go over(WayPoint &W, uint32_t I);
  /// A field of which a test satisfies the site was read here, and found to be such on this way.
  bool foundSo(WayPoint &W, uint32_t I, const Satisfier &S);
  Go overSelect(WayPoint &W, uint32_t I);
  Go overReturn(WayPoint &W, uint32_t I);
  void toPredecessors(const WayPoint &W);
  bool leadsToBy(uint32_t Block, const Activation *In) const;
  bool endsLoop(uint32_t Header, uint32_t Edge, const WayPoint &After) const;
  bool satisfiedInLoop(const llvm::BitVector &Loop, const Activation *In) const;
  void widen(WayPoint &W);
  void push(WayPoint W, const WayPoint *Later);
  WayPoint &keep(WayPoint W);
  const Body &body(const Activation *F) const { return *P.Prog.body(F->Body).Data; }

  // BackwardCalls.cpp
  Go overCall(WayPoint &W, uint32_t I);
  bool satisfies(WayPoint &W, uint32_t I, const Satisfier &S, const Callees &To);
  enum class Named : uint8_t { Same, NotKnown, Another };
  Named objectOf(WayPoint &W, uint32_t I, const Satisfier &S);
  bool succeeded(WayPoint &W, uint32_t I, const Satisfier &S);
  /// Written under a second name of the object: a risk. What is known of such memory is forgotten.
  void noteSecondName(WayPoint &W, const ObjectPath &Written, uint32_t I);
  void noteSecondNames(WayPoint &W, uint32_t I, const Callees &To);
  void noteRisk(WayPoint &W, const char *Why, uint32_t I) const;
  /// By a call that holds a pointer to it which was kept before.
  void noteKept(WayPoint &W, uint32_t I, const Callees &To);
  bool onlyReads(BodyId B) const;
  void remember(WayPoint &W, WayNote Note, InstRef At);
  bool mayChange(EntityId Callee, const ObjectPath &O);
  bool mayWriteOf(EntityId Callee, const ObjectPath &O);
  bool writesByModel(EntityId Callee, const ObjectPath &O) const;
  Go passOutside(WayPoint &W, uint32_t I, const Callees &To);
  /// What a model says that the call leaves in fields: a doubt where what must hold after it does
  /// not. The facts on what it leaves as it was.
  std::vector<PlaceFact> leave(WayPoint &W, uint32_t I, const Callees &To);
  const std::optional<IntCondition> *leftBy(const FunctionModel &Row, InstRef Call,
                                            const ObjectPath &Of) const;
  Callees targetsOf(InstRef At, const Activation &In);
  /// A call operator of a template that is not seen calls what was kept in the object.
  bool callsWhatItHolds(const Callees &To) const;
  bool isExact(InstRef At) const;
  /// The way comes from a handler: the call that ends this block threw.
  bool backOverThrow(WayPoint &W);

  // BackwardBodies.cpp
  /// False: the callee is not entered, the way goes past it.
  bool descend(WayPoint &W, uint32_t I, EntityId Callee);
  bool wantsToEnter(WayPoint &W, uint32_t I, EntityId Callee, const Carried &Down);
  bool mayBeHanded(const WayPoint &W, uint32_t I);
  void enter(const WayPoint &W, uint32_t I, BodyId B, Carried Down);
  void activate(Activation &F);
  void resume(const Waiter &To, const WayPoint &Arrived);
  void moveBefore(WayPoint &W, Activation *In, InstRef At, WayNote Note);
  Activation *anyCallOf(BodyId B);
  void atEntry(const WayPoint &W);
  void lift(const WayPoint &W);
  bool reaches(const Callees &To, EntityId Function) const;
  bool isDead(BodyId B) const;
  bool isCalledUnseen(EntityId Function) const;
  void atProgramEntry(const WayPoint &W);
  void beforeStores(const WayPoint &W, const PlaceFact &Flag, EntityId Written);
  static bool isShared(const ObjectPath &O);
  bool startsAtZero(EntityId Written) const;
  /// The object is as it is from here on: on this way nothing satisfies the site, if it is taken.
  Go end(WayPoint &W, WayNote Note, InstRef At);
  /// A way that is taken arrives where the program begins.
  void open(const WayPoint &W);
  void doubt(Reservation Why, const WayPoint &W);
  /// What comes before the object's end cannot satisfy the site any more.
  static void unsure(WayPoint &W, const char *Why, InstRef At);
  /// The walk has no steps left.
  void giveUp(InstRef Site, const WayPoint &W);
  void close();

  // BackwardUpkeep.cpp
  /// May it be shown that nobody changes the object while the flag is set? The ways that show it
  /// are then walked, too; one that does not is a doubt.
  bool mayBeKept(const WayFacts &F, const PlaceFact &Flag);
  void keepUp(const Upkeep &U, BodyId B);
  void atKeepersEntry(const WayPoint &W);
  bool isOnlyMain(EntityId Function) const;
  bool isSetByOthers(InstRef Store, EntityId Main);

  // BackwardHandOver.cpp
  bool isOnlyHandedOver(EntityId Function) const;
  void beforeHandOver(const WayPoint &W, EntityId Function);
  void findHandOvers(InstRef At, uint32_t Argument, EntityId Function, unsigned Left,
                     std::set<InstRef> &Into);
  std::optional<uint32_t> passedOn(BodyId In, Operand O);

  Program P;
  const std::map<InstRef, Satisfier> &By;
  const llvm::BitVector &LeadsToBy;
  const bool OfObject;
  HandedIn Tables;
  KeptPointers Keepers;
  std::set<EntityId> OneTarget;
  std::map<InstRef, std::optional<std::vector<EntityId>>> Resolved;
  std::map<BodyId, bool> SetByOthers; ///< than `main`
  // For good.
  std::map<Question, Activation> Entered;
  std::map<BodyId, unsigned> Questions; ///< of a body
  std::deque<WayPoint> Kept;
  // Of the site that is asked about.
  std::map<BodyId, Activation> Roots;
  std::set<Upkeep> Upkeeps;
  std::map<std::pair<BodyId, Upkeep>, Activation> Keeping;
  std::deque<WayPoint> Points;
  std::vector<Activation *> Asked; ///< of those that were entered
  std::deque<const WayPoint *> Work;
  Answer Out;
  unsigned Budget = 0, Asking = 0;
};

} // namespace assay

#endif
