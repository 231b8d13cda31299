#include "analysis/link/Callers.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;
using llvm::StringRef;

namespace {

class OpenEndSearch {
public:
  OpenEndSearch(const Program &P, const Uses &U, const HiddenCalls &Hidden, ClassHierarchy &Classes,
                PointerFlow &Flow, Linker::Options O)
      : P(P), U(U), Hidden(Hidden), Classes(Classes), Flow(Flow), Opts(O),
        Pending(U.FunctionPointers) {
    Ends.UnknownCallers.resize(P.entityCount());
    Ends.Complete.resize(Flow.calls().size());
  }

  void markEntries(const llvm::BitVector &Called);
  /// True when something new became open.
  bool step();
  OpenEnds take() { return std::move(Ends); }

private:
  bool isCalledByEnvironment(EntityId Id, bool HasCaller) const;
  void judgeCalls();
  bool isComplete(const DispatchedCall &Call) const;
  bool leaves(const BodyView &B, const ValueUse &Use);
  bool leavesByCall(const BodyView &B, const Inst &I, const ValueUse &Use);
  bool leavesByArgument(EntityId Callee, uint32_t Index) const;
  void open(EntityId Function);

  const Program &P;
  const Uses &U;
  const HiddenCalls &Hidden;
  ClassHierarchy &Classes;
  PointerFlow &Flow;
  Linker::Options Opts;
  std::vector<ValueUse> Pending; ///< pointers that are not known to leave the program
  OpenEnds Ends;
};

} // namespace

static bool isC(const Program &P, const EntityInfo &E) {
  const auto *Language = P.unit(E.Unit).Summary->command()->language();
  return Language && StringRef(Language->c_str()) == "c";
}

bool OpenEndSearch::isCalledByEnvironment(EntityId Id, bool HasCaller) const {
  const EntityInfo &E = P.entity(Id);
  const bool IsExternal = E.Link == Linkage::External;
  // The language makes this one name special.
  if (E.has(EntityFlag::EntryPoint) || (IsExternal && E.Qualified == "main"))
    return true;
  if ((IsExternal && !Opts.WholeProgram) || Classes.overridesOutside(Id) ||
      Hidden.Functions.test(Id))
    return true;
  // The calls of a closure happen mostly in templates of system headers, where we do not look.
  if (const EntityId Record = parentOf(P, Id);
      Record != NoId && P.entity(Record).has(EntityFlag::Lambda))
    return true;
  // Its address is used where no body shows it: in assembly, in a body that was lost.
  if (E.has(EntityFlag::AddressTaken) && !U.AddressSeen.test(P.definitionOf(Id)))
    return true;
  // Nobody calls it here, yet it is there: assembly, a linker script, a template of a system
  // header.
  return !HasCaller && (IsExternal || !isC(P, E));
}

static bool isFunction(const EntityInfo &E) {
  return E.Kind <= EntityKind::Destructor;
}

void OpenEndSearch::markEntries(const llvm::BitVector &Called) {
  for (EntityId Id = 0; Id != P.entityCount(); ++Id)
    if (isFunction(P.entity(Id)) && isCalledByEnvironment(Id, Called.test(Id)))
      open(Id);
}

void OpenEndSearch::open(EntityId Function) {
  Function = P.definitionOf(Function);
  Ends.UnknownCallers[Function] = true;
  for (uint32_t I = 0; I != rowCount(P.entity(Function).Row->params()); ++I)
    if (const auto Param = Flow.graph().find({NodeKind::Param, Function, I}))
      Flow.graph().addUnknown(*Param);
}

bool OpenEndSearch::step() {
  judgeCalls();
  llvm::SmallVector<EntityId, 8> Opened;
  llvm::erase_if(Pending, [&](const ValueUse &Use) {
    const BodyView B(P, Use.At.Body);
    if (!leaves(B, Use))
      return false;
    for (EntityId Function : Flow.functionsOf(B, Use.operand(B)))
      llvm::append_range(Opened, Classes.targetsOf(Function));
    return true;
  });
  llvm::append_range(Opened, Flow.graph().dropped());
  bool Changed = false;
  for (EntityId Function : Opened) {
    Changed |= !Ends.UnknownCallers[Function];
    open(Function);
  }
  return Changed;
}

void OpenEndSearch::judgeCalls() {
  PointerGraph &Graph = Flow.graph();
  // A call's result is as unknown as its targets; that may make further calls unknown.
  for (bool Changed = true; Changed;) {
    Changed = false;
    Graph.spreadUnknown();
    for (uint32_t I = 0; I != Flow.calls().size(); ++I) {
      const DispatchedCall &Call = Flow.calls()[I];
      Ends.Complete[I] = isComplete(Call);
      const auto Result = Graph.find({NodeKind::Temp, Call.At.Body, Call.At.Inst});
      if (!Ends.Complete[I] && Result && !Graph.isUnknown(*Result)) {
        Graph.addUnknown(*Result);
        Changed = true;
      }
    }
  }
}

bool OpenEndSearch::isComplete(const DispatchedCall &Call) const {
  if (Call.Targets.empty())
    return false;
  if (Call.Virtual) {
    const BodyView B(P, Call.At.Body);
    return Classes.isClosed(B.entity(Operand(B.Insts[Call.At.Inst].a()).index()));
  }
  return Call.Callee != NoNode && !Flow.graph().isUnknown(Call.Callee) &&
         llvm::all_of(Flow.graph().values(Call.Callee),
                      [](PointerValue V) { return V.isFunction(); }) &&
         llvm::all_of(Call.Targets, [&](EntityId T) {
           return !P.entity(T).has(EntityFlag::Virtual) || Classes.isClosed(T);
         });
}

/// Whether a pointer that is handed on here may come to be called by code that we do not see.
bool OpenEndSearch::leaves(const BodyView &B, const ValueUse &Use) {
  const Inst &I = B.Insts[Use.At.Inst];
  if (I.op() == Op::Call)
    return leavesByCall(B, I, Use);
  const EntityId Me = P.body(B.Id).Entity;
  const NodeId Read =
      I.op() == Op::Store ? Flow.placeRead(B, B.Places[I.a()]) : Flow.resultRead(Me);
  // Nobody whom we see reads it from there to call it: then somebody else does, or it is dead.
  return Read == NoNode || Flow.isOpen(Read) || (I.op() == Op::Return && Ends.UnknownCallers[Me]);
}

bool OpenEndSearch::leavesByCall(const BodyView &B, const Inst &I, const ValueUse &Use) {
  if (B.isUnevaluated(I))
    return false;
  if (Use.Slot < B.receivers(I))
    return true;
  const uint32_t Index = Use.Slot - B.receivers(I);
  if (!B.isDispatched(I))
    return leavesByArgument(Flow.functionIn(B, Operand(I.a()).index()), Index);
  const DispatchedCall &Call = Flow.callAt(Use.At);
  return !Ends.Complete[&Call - Flow.calls().data()] ||
         llvm::any_of(Call.Targets, [&](EntityId T) { return leavesByArgument(T, Index); });
}

bool OpenEndSearch::leavesByArgument(EntityId Callee, uint32_t Index) const {
  return !Flow.hasBody(Callee) || Flow.paramRead(Callee, Index) == NoNode;
}

OpenEnds assay::findOpenEnds(const Program &P, const Uses &U, const HiddenCalls &Hidden,
                             ClassHierarchy &Classes, PointerFlow &Flow, Linker::Options O,
                             const llvm::BitVector &Called) {
  OpenEndSearch Search(P, U, Hidden, Classes, Flow, O);
  Search.markEntries(Called);
  while (Search.step())
    ;
  return Search.take();
}
