/// The ways that lead on from a call, walked forwards through the whole program.
///
/// A state is a place in the program, the lanes of the result that can be there (Lanes.h), what
/// memory is known to hold in each lane, and who waits for the function to return. Branches on
/// known numbers are taken only by the lanes that take them; all others go both ways. What happens
/// at a call, at the end of a way and when there is nothing more to learn, the client decides: this
/// room judges nothing and knows no role.
///
/// Beside the lanes a state can carry the names of one object (ForwardObject.cpp): what the present
/// body, and each that waits, calls it.
#ifndef ASSAY_ANALYSIS_SOLVE_FORWARD_H
#define ASSAY_ANALYSIS_SOLVE_FORWARD_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/FlowTables.h"
#include "analysis/solve/Judging.h"
#include "analysis/solve/Lanes.h"
#include "analysis/solve/ObjectPath.h"
#include "analysis/solve/SecondNames.h"

#include <compare>
#include <deque>
#include <map>
#include <set>

namespace assay {

/// A place as one body names it; a Temp without a path is the temporary itself.
struct WalkPlace {
  BaseKind Base = BaseKind::Unknown;
  uint32_t Index = 0; ///< Global: EntityId
  PlaceSteps Path;
  friend std::strong_ordering operator<=>(const WalkPlace &, const WalkPlace &) = default;
  friend bool operator==(const WalkPlace &, const WalkPlace &) = default;

  bool outlivesBody() const;
  bool isPrefixOf(const WalkPlace &O) const;
  bool hasAnyIndex() const;
};
using WalkMemory = std::map<WalkPlace, Lanes>;

/// What the reader is told of a way, linked from its end.
struct WalkStep {
  InstRef At;
  std::string Text; ///< empty for a branch
  const WalkStep *Before = nullptr;
  PathStepKind Kind = PathStepKind::Note;
  uint32_t Block = NoId, Edge = NoId; ///< the branch that was taken
};

/// Every name that a body has for the object that is followed, ordered. Empty: it has none.
using ObjectAliases = std::vector<ObjectPath>;

/// A function that waits for a call to return.
struct Waiting {
  InstRef Call;
  uint32_t Via = NoId;
  WalkMemory Memory;
  ObjectAliases Object;
  friend auto operator<=>(const Waiting &, const Waiting &) = default;
};

struct WalkState {
  BodyId Body = NoId;
  uint32_t Block = 0, Next = 0;
  uint32_t Via = NoId; ///< the block before this one
  LaneSet Alive = 0;
  WalkMemory Memory;
  ObjectAliases Object;
  std::vector<Waiting> Callers;
  InstRef Anchor; ///< the call, in the outermost function so far, that this way came through
  InstRef Mark;   ///< the client's own note of a place
  unsigned Lifted = 0;
  /// The way came out of a function of this unit by a call through a field of this record: through
  /// the record's other fields it goes to functions of the same table, if they can be told.
  llvm::StringRef Table;
  UnitId TableUnit = NoId;
  bool Tested = false; ///< a branch on this way depended on the result
  std::string Doubt;   ///< why the way cannot be judged; empty: it can
  const WalkStep *Way = nullptr;

  /// Nobody on the way has a name for the object.
  bool isForgotten() const {
    return Object.empty() &&
           llvm::all_of(Callers, [](const Waiting &W) { return W.Object.empty(); });
  }

  auto key() const {
    return std::tuple(Body, Block, Next, Via, Alive, Memory, Object, Callers, Anchor, Mark, Tested,
                      Table, TableUnit, Doubt.empty());
  }
};

enum class WayEnd : uint8_t {
  Returned,   ///< from the outermost function, to nobody or somebody who is not seen
  NoReturn,   ///< the program stops
  Thrown,     ///< an exception leaves the outermost function seen
  Circles,    ///< for ever: nothing that the walk or its client looks for comes on it
  OutOfEffort ///< not walked to the end
};

class WalkClient {
public:
  virtual ~WalkClient() = default;
  /// A call on the way. False: the way ends here.
  virtual bool onCall(WalkState &S, InstRef Call) = 0;
  /// Shall the walk go into a callee that is handed nothing of the result?
  virtual bool wantsInto(EntityId Callee) = 0;
  /// May a call that goes nobody knows where matter?
  virtual bool doubtsUnresolved() const = 0;
  /// Before a block. False: nothing more to learn on this way.
  virtual bool onBlock(WalkState &S) = 0;
  /// Lanes were told apart by a branch; `S` is on one of its ways.
  virtual void onSplit(WalkState &S, InstRef Branch, LaneSet Before) = 0;
  /// Lanes would be told apart by this branch. A block: nothing comes of that, and all go on there.
  virtual std::optional<uint32_t> onDetour(WalkState &, InstRef) { return std::nullopt; }
  /// The outermost function so far returns. False: the way ends here.
  virtual bool onReturn(WalkState &S, const Lanes *Value) = 0;
  virtual void onEnd(WalkState &S, WayEnd How) = 0;
  /// No other way changes what the client says.
  virtual bool isDone() const { return false; }
  /// Shall the walk go on in this caller of the outermost function so far?
  virtual bool goesOutTo(BodyId) const { return true; }
  /// Numbers that are written in the program are remembered as well as those of the result.
  virtual bool keepsConstants() const = 0;
  /// Each branch that is taken, and each call that is entered, becomes a step of the way.
  virtual bool tellsWay() const { return false; }
  /// Does it matter that somebody without source tests the result?
  virtual bool asksWhoTests() const { return true; }
  /// Shall the walk go on where an exception is caught, outside of the function that throws?
  virtual bool followsThrows() const { return false; }
  /// Is it sure that what an exception passes on its way out (destructors) does not matter?
  virtual bool mayUnwind(WalkState &, BodyId) { return true; }
  /// The storage of a local ends, in which one of the object's names lies. False: the way ends.
  virtual bool onScopeEnd(WalkState &, InstRef) { return true; }
  /// The way goes on behind a call of the function, where the object has no name any more. False:
  /// the way ends.
  virtual bool onObjectLost(WalkState &, InstRef) { return true; }
};

class ForwardWalk {
public:
  static constexpr unsigned MostStates = 6000, MostLifts = 6, MostDepth = 5, MostCallers = 48;

  ForwardWalk(const Judging &J, WalkClient &Client) : J(J), Client(Client) {}

  /// From just after the call, whose result has these values; `Object` is what its body calls the
  /// object that is to be followed.
  void run(InstRef Call, const ResultClasses &Result, WalkMemory Known = {},
           ObjectAliases Object = {});
  /// What a callee left in memory that its caller can name; false: something that differs between
  /// lanes is lost.
  bool addLeft(InstRef Call, const WalkMemory &From, LaneSet Alive, WalkMemory &To);
  /// From the entry of a body.
  void runBody(BodyId Body, LaneSet Alive, WalkMemory Known);
  /// May some way carry the object, which a body calls so, out to a wanted one - over callers that
  /// lead there? No is sure. `EndsWithGlobals`: the client ends a way at the end of the outermost
  /// function where a global leads to the object.
  bool mayComeOutTo(BodyId From, const ObjectAliases &Object, bool EndsWithGlobals,
                    llvm::function_ref<bool(BodyId)> LeadsOut,
                    llvm::function_ref<bool(BodyId)> IsWanted);
  /// What the operand points to; also through calls that return a place in what they are given.
  const std::optional<ObjectPath> &behind(BodyId Body, Operand O) {
    return J.Flows.Pointees.behindViews(Body, O);
  }
  /// What who waits for this call calls an object that the callee reaches from its parameters.
  std::optional<ObjectPath> outward(const ObjectPath &Name, InstRef Call);
  const ObjectPath &placeBehind(BodyId Body, uint32_t Place) {
    return J.Flows.Pointees.place(Body, Place);
  }
  std::vector<ObjectPath> originsOf(BodyId Body, const ObjectPath &Name) {
    return ObjectNames(Bodies, Body).originsOf(Name);
  }
  bool mayBeCopies(BodyId Body, const ObjectPath &A, const ObjectPath &B);
  void note(WalkState &S, InstRef At, std::string Text, PathStepKind Kind);
  /// The steps of a way in order. A branch is told where it decides whether the way comes to the
  /// end, or passes over a call of which `Matters` holds.
  std::vector<PathStep> steps(const WalkState &S, llvm::function_ref<bool(InstRef)> Matters) const;
  static void doubt(WalkState &S, std::string Why) {
    if (S.Doubt.empty())
      S.Doubt = std::move(Why);
  }
  /// ... and remembers where knowledge ended.
  void doubt(WalkState &S, std::string Why, InstRef At) {
    if (S.Doubt.empty())
      DoubtPlaces.try_emplace(Why, At);
    doubt(S, std::move(Why));
  }
  /// Where the doubt arose; nothing: at no place of its own.
  std::optional<InstRef> placeOfDoubt(const std::string &Why) const {
    auto It = DoubtPlaces.find(Why);
    return It == DoubtPlaces.end() ? std::nullopt : std::optional(It->second);
  }
  /// Something that differs between lanes is known to lie there.
  bool varies(const WalkState &S, const Lanes &L) const { return L.variesOver(S.Alive); }
  WalkPlace placeOf(BodyId Body, const Place &P);
  /// What a pointer operand points to.
  std::optional<WalkPlace> pointee(BodyId Body, Operand O);
  const BodyView &view(BodyId Body) { return Bodies.view(Body); }
  /// To how many bits some way has cut the result itself.
  unsigned fewestBits() const { return FewestBits; }
  std::string nameOf(BodyId Body, const WalkPlace &P) const;

private:
  class NameReach; // ForwardReach.cpp
  using Key = decltype(std::declval<WalkState>().key());
  // Forward.cpp
  void walk(WalkState First);
  void push(WalkState S);
  void reportCircles();
  std::vector<bool> statesThatEnd() const;
  void end(WalkState &S, WayEnd How);
  void stop() { Ends[Current] = true; }
  void runBlock(WalkState S);
  bool execute(WalkState &S, uint32_t I);
  void load(WalkState &S, uint32_t I, const Inst &In);
  void store(WalkState &S, uint32_t I, const Inst &In);
  void leave(WalkState &S);
  void branch(WalkState &S, uint32_t Last, const Inst &In);
  void switchOver(WalkState &S, uint32_t Last, const Inst &In);
  void go(const WalkState &S, uint32_t Edge, LaneSet Alive, InstRef Split);
  bool goesPast(WalkState &S, InstRef Branch);
  void beginBlock(WalkState Next, uint32_t Block);
  void dropUnread(WalkState &S);
  // ForwardNumbers.cpp
  std::optional<Lanes> evaluate(const WalkState &S, uint32_t I, const Inst &In);
  bool isOfResult(const WalkState &S, const Inst &In);
  std::optional<Lanes> constantOf(const WalkState &S, Operand O, uint32_t I);
  std::optional<Lanes> shortCircuit(const WalkState &S, const Inst &In);
  std::optional<Lanes> selectedByWay(const WalkState &S, const Inst &In);
  std::optional<Lanes> operandOf(const WalkState &S, Operand O);
  void setTemp(WalkState &S, uint32_t I, std::optional<Lanes> Value);
  // ForwardPlaces.cpp
  static void forget(WalkMemory &Memory, const WalkPlace &Below);
  // ForwardCalls.cpp
  bool call(WalkState &S, uint32_t I, const Inst &In);
  bool handsOver(const WalkState &S, const BodyView &B, const Inst &In);
  void enter(const WalkState &S, InstRef Call, BodyId Callee);
  bool throwFrom(WalkState &S);
  void goBehind(WalkState &S, InstRef Call);
  bool handle(WalkState &S, BodyId Body, InstRef Call);
  void throwTo(const WalkState &S, InstRef Caller);
  void passUnseen(WalkState &S, InstRef Call, const Inst &In, EntityId Callee);
  void returnFrom(WalkState S, const Lanes *Value, Operand Result);
  void resume(WalkState S, const Lanes *Value, Operand Result);
  void lift(const WalkState &S, const Lanes *Value, Operand Result);
  void liftTo(const WalkState &S, InstRef Caller, const Lanes *Value, Operand Result);
  llvm::StringRef tableOf(InstRef Call);
  bool isOfOtherTable(const WalkState &S, InstRef Call, EntityId Target);
  bool isSystemVariadic(EntityId Callee, unsigned Arg) const;
  // ForwardObject.cpp
  static void addAlias(ObjectAliases &To, ObjectPath Name);
  std::optional<llvm::ArrayRef<PlaceStep>> returnedWhole(BodyId Body, Operand Result,
                                                         const ObjectPath &Name);
  bool isReturnedNext(BodyId Body, uint32_t ScopeEnd, const ObjectPath &Name);
  bool endScope(WalkState &S, uint32_t I, const Place &P);
  /// A store: of what, which points to what, to where.
  struct Copied {
    const ObjectPath *To;
    const std::optional<ObjectPath> *Pointee;
    Operand Value;
    bool mayRename(const ObjectPath &Name) const {
      return (*Pointee && (*Pointee)->sameBase(Name)) || Name.Base == BaseKind::Temp;
    }
  };
  Copied copied(BodyId Body, const Inst &Store);
  void renameByStore(WalkState &S, const Inst &In);
  static ObjectAliases afterCopy(const Copied &By, llvm::ArrayRef<ObjectPath> Names);
  ObjectAliases aliasesIn(InstRef Call, const ObjectAliases &Outside);
  ObjectAliases aliasesOut(const WalkState &S, InstRef Call, Operand Result);

  const Judging &J;
  WalkClient &Client;
  BodyTable &Bodies = J.Flows.Bodies;
  SecondNames Second{Bodies, J.Roles};
  std::deque<uint32_t> Work;    ///< states to be walked on from
  std::deque<WalkState> Stored; ///< by number
  std::map<Key, uint32_t> Seen;
  std::vector<std::vector<uint32_t>> ReachedFrom; ///< by number
  std::vector<bool> Ends;                         ///< some way ends in it
  uint32_t Current = 0;
  std::deque<WalkStep> Steps;
  std::map<std::string, InstRef> DoubtPlaces;
  Lanes Raw; ///< the result
  unsigned FewestBits = 64;
};

} // namespace assay

#endif
