/// PointerFlow: the locations and values that the places and operands of one body stand for.
#include "analysis/link/PointerFlow.h"

#include "llvm/ADT/SmallSet.h"

using namespace assay;

NodeKey PointerFlow::baseKey(const BodyView &B, const Place &To, bool &Known) const {
  Known = true;
  switch (To.kind()) {
  case BaseKind::Local:
    return {NodeKind::Local, B.Id, To.base()};
  case BaseKind::Param:
    return {NodeKind::Param, P.body(B.Id).Entity, To.base()};
  case BaseKind::Global:
    return {NodeKind::Global, P.definitionOf(B.entity(To.base()))};
  case BaseKind::Temp:
    return {NodeKind::Temp, B.Id, To.base()};
  default:
    Known = false;
    return {NodeKind::Local};
  }
}

/// The last field on the way names the location; without one it is the base, behind as many
/// pointers as there are Derefs. `Node` makes or looks up a node and may answer NoNode.
NodeId PointerFlow::locateBy(const BodyView &B, const Place &To,
                             llvm::function_ref<NodeId(NodeKey)> Node) const {
  if (To.truncated())
    return NoNode;
  const auto Path = B.pathOf(To);
  size_t Derefs = 0, I = Path.size();
  while (I && Path[I - 1].kind() != StepKind::Field)
    Derefs += Path[--I].kind() == StepKind::Deref;
  bool Known = true;
  const NodeKey Key =
      I ? NodeKey{NodeKind::Field, B.entity(Path[I - 1].value())} : baseKey(B, To, Known);
  NodeId N = Known ? Node(Key) : NoNode;
  for (; Derefs && N != NoNode; --Derefs)
    N = Node({NodeKind::Content, N});
  return N;
}

NodeId PointerFlow::locate(const BodyView &B, const Place &To) {
  return locateBy(B, To, [&](NodeKey K) { return Graph.node(K); });
}

static bool isNull(const Constant &C) {
  switch (C.kind()) {
  case ConstantKind::Null:
  case ConstantKind::Zero:
  case ConstantKind::Uninitialised:
    return true;
  case ConstantKind::Int:
    return C.value() == 0;
  default:
    return false;
  }
}

void PointerFlow::valueInto(const BodyView &B, Operand O, NodeId N) {
  llvm::SmallVector<Operand, 8> Work{O};
  llvm::SmallSet<uint32_t, 8> Seen; // circles of temporaries are damage; they end here
  while (!Work.empty()) {
    const Operand Next = Work.pop_back_val();
    switch (Next.kind()) {
    case OperandKind::None:
      Graph.addUnknown(N);
      break;
    case OperandKind::Const:
      if (!isNull(B.Constants[Next.index()]))
        Graph.addUnseen(N, fromOutside());
      break;
    case OperandKind::AddressOf:
      if (const NodeId To = locate(B, B.Places[Next.index()]); To != NoNode)
        Graph.addValue(N, PointerValue::addressOf(To));
      else
        Graph.addUnknown(N);
      break;
    case OperandKind::Function:
      Graph.addValue(N, PointerValue::function(functionIn(B, Next.index())));
      break;
    case OperandKind::Temp:
      if (Seen.insert(Next.index()).second)
        temporaryInto(B, Next.index(), N, Work);
      break;
    }
  }
}

void PointerFlow::temporaryInto(const BodyView &B, uint32_t Number, NodeId N,
                                llvm::SmallVectorImpl<Operand> &Work) {
  const Inst &I = B.Insts[Number];
  switch (I.op()) {
  case Op::Load:
    // What a device's register holds, whoever wrote it.
    if (B.Places[I.a()].kind() == BaseKind::Fixed)
      Graph.addUnseen(N, fromOutside());
    if (const NodeId From = locate(B, B.Places[I.a()]); From != NoNode)
      return Graph.addEdge(From, N);
    return Graph.addUnknown(N);
  case Op::Copy:
    return Work.push_back(Operand(I.a()));
  case Op::Select:
    Work.push_back(Operand(I.b()));
    return Work.push_back(Operand(I.c()));
  case Op::Derive:
    // An element of the same array is the same location.
    if (DeriveOp(I.sub()) == DeriveOp::PointerAdd)
      return Work.push_back(Operand(I.a()));
    return Graph.addUnknown(N);
  case Op::Call:
    return callResultInto(B, Number, N);
  default:
    return Graph.addUnknown(N);
  }
}

void PointerFlow::callResultInto(const BodyView &B, uint32_t Number, NodeId N) {
  const Inst &I = B.Insts[Number];
  if (B.isDispatched(I))
    return Graph.addEdge(Graph.node({NodeKind::Temp, B.Id, Number}), N);
  Graph.addEdge(Graph.node({NodeKind::Result, functionIn(B, Operand(I.a()).index())}), N);
}
