/// Where function pointers come from, followed backwards from the calls that use them.
///
/// Only what those questions lead to is looked at: fields, globals, parameters, results, locals. A
/// field is one location whatever object it is in; elements of an array are one location. What
/// cannot be followed is Unknown. It decides neither which calls are complete nor who may call from
/// outside; that is Callers.h. Limit: a write through a pointer kept in memory makes the location
/// Unknown only where its address was seen to be kept; that of a field inside a struct which
/// outside code fills is not seen.
#ifndef ASSAY_ANALYSIS_LINK_POINTERFLOW_H
#define ASSAY_ANALYSIS_LINK_POINTERFLOW_H

#include "analysis/link/BodyIndex.h"
#include "analysis/link/ClassHierarchy.h"
#include "analysis/link/HeldCalls.h"
#include "analysis/link/PointerGraph.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace assay {

constexpr NodeId NoNode = ~0u;

/// A virtual call, one through a pointer, or one of what a library's class holds.
struct DispatchedCall {
  InstRef At;
  NodeId Callee = NoNode; ///< where the pointer's values arrive; NoNode for virtual calls and for
                          ///< what is no pointer
  bool Virtual = false, Held = false;
  std::vector<EntityId> Targets; ///< ordered and unique once solved
};

class PointerFlow {
public:
  /// `P` has units, entities, bodies, stores and the direct callers.
  PointerFlow(const Program &P, const Uses &U, const HiddenCalls &Hidden, ClassHierarchy &Classes,
              const Linker::Options &O);

  /// Finds the targets of all dispatched calls. Afterwards the graph grows by `valueOf` only.
  void solve();

  std::vector<DispatchedCall> &calls() { return Calls; }
  /// `At` must be one of `calls`.
  DispatchedCall &callAt(InstRef At);
  PointerGraph &graph() { return Graph; }

  /// Functions that an operand may be, as far as known. Grows the graph.
  std::vector<EntityId> functionsOf(const BodyView &B, Operand O);

  /// Where a value that is handed on arrives, if a call through a pointer (or code outside) was
  /// found to read it there; NoNode = nowhere that we look at.
  NodeId placeRead(const BodyView &B, const Place &To) const;
  NodeId paramRead(EntityId Function, uint32_t Index) const;
  NodeId resultRead(EntityId Function) const;

  /// Whether a library's template gave what is called, and whether it is no function at all.
  bool isFromLibrary(const DispatchedCall &Call) const;
  bool mayBeAnything(const DispatchedCall &Call) const;

  /// Whether a call of what an object holds may reach something that is not among its targets.
  bool mayHoldOthers(const DispatchedCall &Held) const;

  /// Whether what is kept there may be read by code outside the program, or in a way that is not
  /// followed.
  bool isOpen(NodeId N) const;
  /// What comes from code that is not here: of one unit alone, that may be any of the program's.
  Unseen fromOutside() const { return Opts.Alone ? Unseen::Anything : Unseen::Outside; }
  bool hasBody(EntityId Function) const { return !P.bodiesOf(Function).empty(); }
  /// The function that a direct call reaches; aliases are followed.
  EntityId functionIn(const BodyView &B, uint32_t LocalIndex) const {
    return P.definitionOf(B.entity(LocalIndex));
  }

private:
  // PointerFlow.cpp: what is asked, and the fixpoint.
  const Callables &objects() const;
  void demandCallees();
  void demandHandedOut();
  void demandHeld();
  bool mayLeave(const BodyView &B, const ValueUse &Use) const;
  bool isOutside(const BodyView &B, const Place &To) const;
  bool isOpenGlobal(EntityId Id) const;
  void run();
  void arrive(NodeId N, PointerValue V);
  void arriveAt(NodeId Content, PointerValue V);
  void addTarget(uint32_t Call, EntityId Function);
  void addOneTarget(uint32_t Call, EntityId Function);
  bool mayTake(const BodyView &B, const Inst &Call, EntityId Function) const;
  NodeId ifRead(std::optional<NodeId> N) const { return N && *N < ReadEnd ? *N : NoNode; }

  // PointerSources.cpp: what flows into a new node.
  void discover(NodeId N);
  llvm::StringRef typeOf(const NodeKey &Key) const;
  static bool holdsFunction(llvm::StringRef Type);
  bool mayHoldPointer(const NodeKey &Key) const;
  void discoverMemory(NodeId N, EntityId Id);
  void discoverParam(NodeId N, EntityId Function, uint32_t Index);
  void discoverResult(NodeId N, EntityId Function);
  void fromLibrary(NodeId N, llvm::StringRef Type);
  void discoverHeld(NodeId N);
  void addressesInto(const BodyView &B, uint32_t Call, NodeId N);
  void discoverWritten(NodeId N, EntityId Function, uint32_t Index);
  void discoverVariable(NodeId N, BodyId Body, BaseKind Of, uint32_t Variable);
  void discoverTemp(NodeId N, BodyId Body, uint32_t Inst);
  void argumentInto(InstRef Call, uint32_t Index, NodeId N);
  void writtenBy(InstRef Call, uint32_t Slot, NodeId N);
  const BodyIndex &indexOf(BodyId Id);

  // PointerValues.cpp: places and operands of one body.
  NodeId locate(const BodyView &B, const Place &To);
  void valueInto(const BodyView &B, Operand O, NodeId N);
  void temporaryInto(const BodyView &B, uint32_t Number, NodeId N,
                     llvm::SmallVectorImpl<Operand> &Work);
  void callResultInto(const BodyView &B, uint32_t Number, NodeId N);
  NodeId locateBy(const BodyView &B, const Place &To,
                  llvm::function_ref<NodeId(NodeKey)> Node) const;
  NodeKey baseKey(const BodyView &B, const Place &To, bool &Known) const;

  const Program &P;
  const Uses &U;
  const HiddenCalls &Hidden;
  ClassHierarchy &Classes;
  Linker::Options Opts;
  mutable std::optional<Callables> Objects; ///< found where something is Held
  PointerGraph Graph;
  NodeId ReadEnd = 0;                ///< nodes below this were reached from a reader
  std::vector<DispatchedCall> Calls; ///< parallel to Uses::Dispatched
  llvm::DenseMap<NodeId, llvm::SmallVector<uint32_t, 1>> CallsThrough;   ///< callee node -> calls
  llvm::DenseMap<EntityId, llvm::SmallVector<uint32_t, 2>> DispatchedTo; ///< target -> calls
  llvm::DenseSet<std::pair<uint32_t, EntityId>> TargetsSeen;
  llvm::DenseMap<BodyId, std::unique_ptr<BodyIndex>> Indices;
};

} // namespace assay

#endif
