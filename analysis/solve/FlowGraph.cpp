#include "analysis/solve/FlowGraph.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/Support/MathExtras.h"

using namespace assay;

size_t FlowGraph::hashOf(const FlowNode &N) {
  uint64_t H = 0;
  const auto Mix = [&](uint64_t Word) { H = (H ^ Word) * 0x9e3779b97f4a7c15u, H ^= H >> 29; };
  const auto Address = [](const void *P) { return reinterpret_cast<uintptr_t>(P); };
  Mix(uint64_t(N.Body) << 32 | N.What.raw());
  Mix(uint64_t(N.At) << 32 | N.Use);
  Mix(Address(N.In));
  Mix(Address(N.Memory));
  Mix(Address(N.Out) + 31 * Address(N.Callbacks));
  Mix(N.IsAfter | N.Unsure << 1 | N.Spread << 2 | N.WasHere << 3 |
      static_cast<unsigned>(N.Part) << 4);
  return H;
}

size_t FlowGraph::HashOfName::operator()(const ObjectPath &M) const {
  llvm::hash_code H =
      llvm::hash_combine(static_cast<unsigned>(M.Base), M.Index, llvm::StringRef(M.Constant));
  for (const PlaceStep &S : M.Path)
    H = llvm::hash_combine(H, static_cast<unsigned>(S.Kind), S.Value);
  return H;
}

void FlowGraph::growSlots() {
  Slots.assign(std::max<size_t>(1024, 4 * Nodes.size()), NoId);
  Slots.resize(llvm::PowerOf2Ceil(Slots.size()), NoId);
  for (uint32_t N = 0; N != Nodes.size(); ++N) {
    size_t Slot = hashOf(Nodes[N]) & (Slots.size() - 1);
    while (Slots[Slot] != NoId)
      Slot = (Slot + 1) & (Slots.size() - 1);
    Slots[Slot] = N;
  }
}

uint32_t FlowGraph::add(const FlowNode &N) {
  if (2 * Nodes.size() >= Slots.size())
    growSlots();
  size_t Slot = hashOf(N) & (Slots.size() - 1);
  for (; Slots[Slot] != NoId; Slot = (Slot + 1) & (Slots.size() - 1))
    if (Nodes[Slots[Slot]] == N)
      return Slots[Slot];
  Slots[Slot] = static_cast<uint32_t>(Nodes.size());
  Nodes.push_back(N);
  Steps.push_back(nullptr);
  return Slots[Slot];
}

bool FlowGraph::open(uint32_t N) {
  if (Steps[N])
    return false;
  Steps[N] = &Opened.emplace_back();
  return true;
}

void FlowGraph::cross(FlowQuestion &Q, FlowQuestion::Crossing C) {
  const auto Number = static_cast<uint32_t>(Q.Crossings.size());
  Q.Askers[C.Asker].Crossings.push_back(Number);
  step(C.Arrival).Crossings.push_back(Number);
  Q.Crossings.push_back(std::move(C));
  New.push_back({&Q, Number, NoId});
}

void FlowGraph::connect(uint32_t From, FlowEdge Edge) {
  std::vector<FlowEdge> &Edges = step(From).Edges;
  New.push_back({nullptr, static_cast<uint32_t>(Edges.size()), From});
  Edges.push_back(std::move(Edge));
}

std::pair<FlowQuestion *, bool> FlowGraph::question(BodyId Of, const ObjectPath *M,
                                                    const FlowLift *Out,
                                                    const FlowCallbacks::Given *Callbacks,
                                                    bool WasHere) {
  FlowQuestion *&Q = Questions[WasHere][{Of, M, Out, Callbacks}];
  const bool IsNew = !Q;
  if (IsNew) {
    Q = &Asked.emplace_back();
    Q->Of = Of;
    Q->Callbacks = Callbacks;
  }
  return {Q, IsNew};
}

FlowQuestion &FlowGraph::inDoubt(BodyId Of) {
  FlowQuestion *&Q = InDoubt[Of];
  if (!Q) {
    Q = &Asked.emplace_back();
    Q->Of = Of;
    Q->InDoubt = Q;
  }
  return *Q;
}
