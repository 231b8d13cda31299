/// Which values may arrive at an operand, over the whole program: asked backwards, from the site
/// that needs to know.
///
/// Within a body it follows control flow (a later write hides an earlier one); through calls it
/// goes into the callee with its caller known, and from a parameter to every caller; through fields
/// and globals beyond the body it takes every write in the program. docs/engine.md says what is
/// exact, what is a may-set and where it gives up (as an Unknown value). It judges nothing and
/// knows roles only for what they do to values.
#ifndef ASSAY_ANALYSIS_SOLVE_EVALUATOR_H
#define ASSAY_ANALYSIS_SOLVE_EVALUATOR_H

#include "analysis/solve/BodyFacts.h"
#include "analysis/solve/OtherNames.h"
#include "analysis/solve/RecordWrites.h"
#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/Values.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/SmallSet.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace assay {

/// Of a few numbers and pointers; llvm::hash_combine takes several times as long for them.
struct KeyHash {
  template <class... T> size_t operator()(const std::tuple<T...> &Key) const {
    size_t H = 0;
    std::apply([&](const auto &...Part) { ((H = mixed(H, word(Part))), ...); }, Key);
    return H;
  }
  template <class A, class B> size_t operator()(const std::pair<A, B> &Key) const {
    return mixed(word(Key.first), word(Key.second));
  }
  size_t operator()(const AbstractPlace &P) const {
    size_t H = mixed(word(P.In), static_cast<size_t>(P.Base) << 32 | P.Index);
    for (PlaceStep S : P.Path)
      H = mixed(H, static_cast<size_t>(S.Kind) << 32 | S.Value);
    return H;
  }

private:
  template <class T> static size_t word(T Part) {
    if constexpr (std::is_pointer_v<T>)
      return reinterpret_cast<size_t>(Part);
    else
      return static_cast<size_t>(Part);
  }
  static size_t mixed(size_t H, size_t Part) {
    H = (H ^ Part) * 0x9e3779b97f4a7c15ULL;
    return H ^ H >> 32;
  }
};
/// References to values stay good while others are added.
template <class Key, class Mapped> using StableMap = std::unordered_map<Key, Mapped, KeyHash>;

class Evaluator {
public:
  Evaluator(const Program &Prog, const RoleIndex &Roles)
      : Prog(Prog), Roles(Roles), Others(Prog, Roles), Fillings(Prog, Roles) {}

  /// A new question: refills the budget. What earlier questions found is kept, up to a limit of
  /// memory; values of earlier questions may be gone after this.
  void begin();
  const Frame *root(BodyId Body);

  /// Values of an operand of instruction `At`.
  ValueSet operand(const Frame *F, Operand O, uint32_t At);
  /// Values of the bytes that a pointer operand points to, just before instruction `At`.
  ValueSet bytesBehind(const Frame *F, Operand O, uint32_t At);
  /// Values of the bytes of the whole object of which a place is an element: of p[i] and *p all
  /// that p points to.
  ValueSet bytesAround(const Frame *F, uint32_t PlaceRow, uint32_t At);
  /// Values of one field of the object that a pointer operand points to; empty where the program
  /// stores nothing to it.
  ValueSet fieldBehind(const Frame *F, Operand O, EntityId Field, uint32_t At);
  /// Values of the bytes that such a field points to.
  ValueSet bytesBehindField(const Frame *F, Operand O, EntityId Field, uint32_t At);
  /// Values of the one number or pointer that lies there.
  ValueSet valueBehind(const Frame *F, Operand O, uint32_t At);
  /// Values of the bytes that a function leaves where its argument points, whoever calls it.
  ValueSet leftBehindParameter(BodyId Function, uint32_t Parameter);
  /// The operand that a model's row means, at this call or store; None when the call has too few
  /// arguments.
  Operand argument(InstRef Call, unsigned Parameter) const;

  /// What models say of a value; `Domain` tells how to read a plain number.
  Facts factsOf(const Value &V, llvm::StringRef Domain);

private:
  /// After the last instruction: "when the body returns".
  static constexpr uint32_t AtReturn = ~0u;
  enum class Want : uint8_t { Scalar, Bytes };

  struct Places {
    llvm::SmallVector<const AbstractPlace *, 2> Known;
    ValueSet Others; ///< pointers that are no place: null, unknown
  };
  /// How the place that is written lies to the place that is asked for.
  enum class Relation : uint8_t { Apart, Exact, Covers, Redirects, Inside };
  struct Overlap {
    Relation How = Relation::Apart;
    bool May = false;     ///< an index is not known
    bool IsOneOf = false; ///< ... of the asked place, which is any element
    PlaceSteps
        Rest; ///< Covers, Redirects: of the asked place below the written one; Inside: the reverse
  };
  struct Question {
    const AbstractPlace &Of;
    const Frame *In;
    uint32_t At;
    Want Wanted;
  };
  struct Answer {
    ValueSet Values;
    bool ReachedEntry = false;
  };
  /// What one instruction does to the asked place.
  struct Effect {
    ValueSet Values;
    bool Kills = false;           ///< nothing earlier matters
    bool Crosses = false;         ///< a call that may change a global unseen
    const Value *Patch = nullptr; ///< a constant was written into a part of it
  };
  class Walk;

  // Evaluator.cpp: operands and instructions
  ValueSet temp(const Frame *F, uint32_t Inst);
  ValueSet compute(const Frame *F, uint32_t Inst);
  ValueSet constant(const Frame *F, uint32_t Row);
  ValueSet copy(const Frame *F, uint32_t Inst);
  ValueSet derive(const Frame *F, uint32_t Inst);
  ValueSet compare(const Frame *F, uint32_t Inst);
  ValueSet select(const Frame *F, uint32_t Inst);
  ValueSet load(const Frame *F, uint32_t Inst);
  bool mayBeRegister(const Frame *F, uint32_t Load);
  // Calls.cpp: what calls return and write
  ValueSet call(const Frame *F, uint32_t Inst);
  ValueSet resultOf(const Frame *F, uint32_t Inst, EntityId Callee);
  /// text.data(): what it gives is a place in its object, and it writes nothing itself.
  bool isView(EntityId Method) const;
  Operand objectOf(const FunctionModel &Row, InstRef Call) const;
  bool modelledResult(const Frame *F, uint32_t Inst, EntityId Callee, ValueSet &Out);
  ValueSet returnedBy(const Frame *F, uint32_t Inst, BodyId Callee);
  const Frame *enter(const Frame *Caller, uint32_t Inst, BodyId Callee);
  Effect callEffect(const Question &Q, uint32_t Inst);
  Effect writtenThrough(const Question &Q, uint32_t Inst, unsigned Arg, const Overlap &O);
  Effect writtenBy(const Question &Q, uint32_t Inst, unsigned Arg, EntityId Callee,
                   const Overlap &O);
  Effect inPart(const Question &Q, uint32_t Inst, const Effect &Whole);
  Effect throughWrittenPointer(const Question &Q, uint32_t Inst, const Overlap &O,
                               const Effect &Written);
  ValueSet nullPointer() const;
  bool modelledWrite(const Question &Q, uint32_t Inst, unsigned Param, EntityId Callee, Effect &E);
  // CarriedBytes.cpp
  std::optional<ValueSet> leftInResult(const Question &Q, uint32_t Call);
  bool isAddress(const Frame *F, Operand O) const;
  ValueSet given(const Frame *F, Operand O, uint32_t I);
  static bool isConstant(const ValueSet &S);
  std::optional<ValueSet> joined(const Frame *F, uint32_t I, const ArgRef &Parts);
  std::optional<ValueSet> joinedParts(const Frame *F, uint32_t I, const FunctionModel &Row,
                                      const std::string &Bind, llvm::ArrayRef<std::string> Carried);
  std::optional<ValueSet> madeOfArguments(const Frame *F, uint32_t I, const FunctionModel &Row);
  bool carriedWrite(const Question &Q, uint32_t I, const FunctionModel &Row,
                    const std::string &Bind, Effect &E);
  /// What the callee calls the memory behind an argument, and a part of it.
  static AbstractPlace behindArgument(const Inst &Call, unsigned Argument, const Frame *Inside,
                                      llvm::ArrayRef<PlaceStep> Part);
  Effect writtenInside(const Question &Q, uint32_t Inst, unsigned Arg, BodyId Callee,
                       const Overlap &O);
  bool returnsSomething(BodyId Callee) const;
  bool failureShows(const Question &Q);
  // Places.cpp: names of memory
  const Places &canonical(const Frame *F, uint32_t PlaceRow);
  Places pointees(const Frame *F, Operand O);
  Places pointeesOfTemp(const Frame *F, uint32_t Inst);
  Places computePointees(const Frame *F, uint32_t Inst);
  /// False when a direct write to this place row cannot touch the asked place: cheaper than to name
  /// both.
  bool mayTouch(const Question &Q, const Place &Written) const;
  Places pointeesOfVariable(const Frame *F, const AbstractPlace &Variable);
  Places pointeesOfCall(const Frame *F, uint32_t Inst);
  const AbstractPlace *intern(AbstractPlace P);
  Overlap relate(const AbstractPlace &Written, const AbstractPlace &Asked) const;
  // Contents.cpp: the backward walk in one body
  ValueSet contents(const AbstractPlace &P, const Frame *F, uint32_t At, Want W);
  Answer walk(const Question &Q);
  Effect storeEffect(const Question &Q, uint32_t Inst);
  ValueSet redirected(const Question &Q, Operand To, llvm::ArrayRef<PlaceStep> Rest);
  Effect stored(const Question &Q, uint32_t Inst, const Overlap &O);
  ValueSet partOf(const Question &Q, Operand Whole, uint32_t Inst, llvm::ArrayRef<PlaceStep> Rest);
  ValueSet returnedPart(const Question &Q, uint32_t Call, llvm::ArrayRef<PlaceStep> Rest);
  ValueSet partOfConstant(const Frame *F, uint32_t Row, llvm::ArrayRef<PlaceStep> Rest, Want W);
  void writePart(const Question &Q, uint32_t Inst, bool WholeRange, ValueSet Part, Effect &E);
  ValueSet created(const Question &Q, uint32_t Inst);
  // DecodedBytes.cpp: elements that are made of others
  using Made = llvm::SmallSet<uint32_t, 4>;
  std::optional<ValueSet> madeOf(const Frame *F, Operand O, Made &Open);
  std::optional<ValueSet> madeOfLoaded(const Frame *F, uint32_t Load, Made &Open);
  static std::optional<ValueSet> textsOnly(const ValueSet &Bytes);
  ValueSet element(const Frame *F, Operand What, uint32_t Store);
  // Lifting.cpp: beyond the body's entry
  ValueSet beyondEntry(const AbstractPlace &P, const Frame *F, Want W);
  ValueSet fromCallers(const AbstractPlace &P, const Frame *F, Want W);
  ValueSet fromCall(const AbstractPlace &P, const Frame *Caller, uint32_t Call, Want W);
  ValueSet ofGlobal(const AbstractPlace &P, Want W);
  ValueSet ofField(const AbstractPlace &P, Want W);
  void addWritesOf(llvm::ArrayRef<InstRef> Writes, const AbstractPlace &P, size_t Field, Want W,
                   ValueSet &Out);
  void addFillings(const AbstractPlace &P, Want W, ValueSet &Out);
  llvm::SmallVector<const AbstractPlace *, 2> written(const Frame *F, uint32_t Inst);
  void forget();
  /// `Initial`: also those by which a global is initialised; else it was walked as a whole.
  void addWrites(llvm::ArrayRef<InstRef> Writes, const AbstractPlace &P, Want W, ValueSet &Out,
                 bool Initial = false);
  ValueSet implicitZero(Want W) const;

  const BodyFacts &facts(BodyId Body);
  const Body &body(const Frame *F) const { return *Prog.body(F->Body).Data; }
  const Inst &inst(const Frame *F, uint32_t I) const { return *body(F).insts()->Get(I); }
  Value unknown(const char *Reason, InstRef At = {}, EntityId Subject = NoId) const;
  ValueSet just(Value V) const;
  void trace(ValueSet &S, Trace::Kind Step, InstRef At, uint32_t Arg = 0);
  bool spend(uint32_t Steps = 1);

  static constexpr const char *TooMuch = "more code than one question may follow";

  const Program &Prog;
  const RoleIndex &Roles;
  OtherNames Others;
  RecordWrites Fillings;
  llvm::DenseMap<BodyId, std::unique_ptr<BodyFacts>> FactsOfBody;

  // memory of the questions so far; see begin()
  std::deque<Frame> Frames;
  StableMap<std::tuple<BodyId, const Frame *, uint32_t>, const Frame *> FrameIndex;
  std::unordered_set<AbstractPlace, KeyHash> PlaceTable;
  StableMap<std::pair<const Frame *, uint32_t>, Places> CanonicalPlaces;
  StableMap<std::pair<const Frame *, uint32_t>, Places> TempPointees;
  StableMap<std::pair<const Frame *, uint32_t>, ValueSet> Memo;
  /// Of whole questions, whose effort came to an end: such an answer is none to a part of another.
  StableMap<std::pair<const Frame *, uint32_t>, ValueSet> CutOff;
  StableMap<std::tuple<const Frame *, uint32_t, uint32_t>, ValueSet> CutOffBytes;
  std::deque<Places> PartlyKnown; ///< inside a cycle, or beyond the effort; of this question
  StableMap<std::tuple<const AbstractPlace *, const Frame *, uint32_t, Want>, ValueSet>
      ContentsMemo;
  StableMap<std::pair<const Frame *, uint32_t>, unsigned> ActiveTemps; ///< -> depth
  StableMap<std::tuple<const AbstractPlace *, const Frame *, uint32_t, Want>, unsigned>
      ActiveContents;
  std::set<std::pair<const Frame *, uint32_t>> ActiveVariables;
  std::deque<Trace> Traces;
  std::deque<Facts> ExtraFacts;
  std::deque<Value> Patches;
  unsigned Depth = 0;
  unsigned CycleFloor = ~0u; ///< least depth of an active question that was met again
  uint32_t Budget = 0;
};

} // namespace assay

#endif
