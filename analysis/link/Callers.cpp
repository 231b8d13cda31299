#include "analysis/link/Callers.h"

#include "analysis/link/Entities.h"
#include "analysis/link/ImageIndex.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace assay;
using llvm::StringRef;

namespace {

class OpenEndSearch {
public:
  OpenEndSearch(const Program &P, const Uses &U, const HiddenCalls &Hidden, ClassHierarchy &Classes,
                PointerFlow &Flow, const Linker::Options &O)
      : P(P), U(U), Hidden(Hidden), Classes(Classes), Flow(Flow), Opts(O), Images(P, O.Images),
        Pending(U.FunctionPointers) {
    Ends.UnknownCallers.resize(P.entityCount());
    Ends.Complete.resize(Flow.calls().size());
    Ends.Outside.resize(Flow.calls().size());
  }

  void markEntries(const llvm::BitVector &Called);
  /// True when something new became open.
  bool step();
  OpenEnds take();

private:
  void open(EntityId Function, EntryKind Kind, EntityId Through = NoId) {
    open({Function, Kind, {}, NoId, Through});
  }
  void open(EntryPoint Entry);
  uint32_t argumentOf(const BodyView &B, const ValueUse &Use) const;
  EntityId receiverOf(const BodyView &B, const ValueUse &Use) const;
  void findReasons(EntityId Id, bool HasCaller);
  void findVisibility(EntityId Id, bool HasCaller);
  void findResolver(EntityId IFunc);
  void findListed(EntityId Table);
  void judgeCalls();
  std::string heldType(const DispatchedCall &Call) const;
  bool comesFromOutside(StringRef Type) const;
  bool findsOutside(StringRef Type) const;
  Unseen unseenBy(const DispatchedCall &Call) const;
  void findOutside();
  bool leaves(const BodyView &B, const ValueUse &Use);
  bool leavesByCall(const BodyView &B, const Inst &I, const ValueUse &Use);
  bool leavesByArgument(EntityId Callee, uint32_t Index) const;

  const Program &P;
  const Uses &U;
  const HiddenCalls &Hidden;
  ClassHierarchy &Classes;
  PointerFlow &Flow;
  const Linker::Options &Opts;
  ImageIndex Images;
  std::vector<ValueUse> Pending; ///< pointers that are not known to leave the program
  OpenEnds Ends;
  mutable llvm::StringMap<bool> FromOutside; ///< types, as of this step
};

} // namespace

static bool isDeclaredOnly(const EntityInfo &E) {
  return strengthOf(*E.Row) == Strength::Declared;
}

static bool isC(const Program &P, const EntityInfo &E) {
  const auto *Language = P.unit(E.Unit).Summary->command()->language();
  return Language && StringRef(Language->c_str()) == "c";
}

void OpenEndSearch::findReasons(EntityId Id, bool HasCaller) {
  const EntityInfo &E = P.entity(Id);
  static constexpr std::pair<EntityFlag, EntryKind> Said[] = {
      {EntityFlag::Interrupt, EntryKind::Interrupt},
      {EntityFlag::RunsBefore, EntryKind::RunsBefore},
      {EntityFlag::RunsAfter, EntryKind::RunsAfter},
      {EntityFlag::Kept, EntryKind::Kept},
  };
  for (const auto &[Flag, Kind] : Said)
    if (E.has(Flag))
      open(Id, Kind);
  if (Images.keeps(Id))
    open(Id, EntryKind::Kept);
  if (Classes.overridesOutside(Id))
    open(Id, EntryKind::Override);
  if (Hidden.Functions.test(Id))
    open(Id, EntryKind::Template);
  // The calls of a closure happen mostly in templates of system headers, where we do not look.
  if (const EntityId Record = parentOf(P, Id);
      Record != NoId && P.entity(Record).has(EntityFlag::Lambda))
    open(Id, EntryKind::Closure);
  // Its address is used where no body shows it: in assembly, in a body that was lost.
  if (E.has(EntityFlag::AddressTaken) && !U.AddressSeen.test(P.definitionOf(Id)))
    open(Id, EntryKind::AddressTaken);
  if (E.Row->flags() & static_cast<uint32_t>(EntityFlag::IFunc))
    findResolver(Id);
  findVisibility(Id, HasCaller);
}

void OpenEndSearch::findVisibility(EntityId Id, bool HasCaller) {
  const EntityInfo &E = P.entity(Id);
  const bool IsExternal = E.Link == Linkage::External;
  const EntityId Named = P.definitionOf(Id) == Id ? NoId : Id;
  // The language makes this one name special.
  if (IsExternal && E.Qualified == "main")
    return open(Id, EntryKind::Main);
  const bool IsShown = E.has(EntityFlag::Exported) || !Opts.WholeProgram || Images.exports(Id);
  if (IsExternal && IsShown && !isDeclaredOnly(E))
    return open(Id, EntryKind::Exported, Named);
  // Nobody calls it here, yet it is there: assembly, a linker script, a template of a system
  // header. A body that gives no symbol is not there.
  const bool IsThere = IsExternal ? strengthOf(*E.Row) != Strength::InlineOnly : !isC(P, E);
  if (!HasCaller && IsThere && !isDeclaredOnly(E))
    open(Id, EntryKind::Uncalled, Named);
}

void OpenEndSearch::findResolver(EntityId IFunc) {
  const EntityInfo &E = P.entity(IFunc);
  if (E.Row->alias_of())
    open(P.unit(E.Unit).Entities[E.Row->alias_of() - 1], EntryKind::Resolver, IFunc);
}

void OpenEndSearch::markEntries(const llvm::BitVector &Called) {
  for (EntityId Id = 0; Id != P.entityCount(); ++Id)
    if (P.entity(Id).isFunction())
      findReasons(Id, Called.test(Id));
    else if (P.entity(Id).Kind == EntityKind::Global && Images.keepsSectionOf(Id))
      findListed(Id);
}

/// Of a table that the linker script keeps: somebody reads it there, whoever reads it here.
void OpenEndSearch::findListed(EntityId Table) {
  for (const BodyId Body : P.bodiesOf(Table)) {
    const BodyView B(P, Body);
    for (uint32_t I = 0; I != B.Insts.size(); ++I)
      if (B.Insts[I].op() == Op::Store)
        for (EntityId Function : Flow.functionsOf(B, Operand(B.Insts[I].b())))
          open({Function, EntryKind::HandedOut, {Body, I}, NoId, Table});
  }
}

void OpenEndSearch::open(EntryPoint Entry) {
  const EntityId Function = Entry.Function = P.definitionOf(Entry.Function);
  Ends.Entries.push_back(Entry);
  if (Ends.UnknownCallers[Function])
    return;
  Ends.UnknownCallers[Function] = true;
  for (uint32_t I = 0; I != rowCount(P.entity(Function).Row->params()); ++I)
    if (const auto Param = Flow.graph().find({NodeKind::Param, Function, I}))
      Flow.graph().addUnseen(*Param, Flow.fromOutside());
}

/// Once for each function and kind, with the first place; what is handed out, with each.
OpenEnds OpenEndSearch::take() {
  FromOutside.clear();
  findOutside();
  llvm::erase_if(Ends.Entries, [&](const EntryPoint &E) { return P.bodiesOf(E.Function).empty(); });
  llvm::sort(Ends.Entries);
  const auto Same = [](const EntryPoint &A, const EntryPoint &B) {
    return A.Function == B.Function && A.Kind == B.Kind &&
           (A.Kind != EntryKind::HandedOut || A == B);
  };
  Ends.Entries.erase(std::unique(Ends.Entries.begin(), Ends.Entries.end(), Same),
                     Ends.Entries.end());
  return std::move(Ends);
}

uint32_t OpenEndSearch::argumentOf(const BodyView &B, const ValueUse &Use) const {
  return B.Insts[Use.At.Inst].op() == Op::Call ? Use.Slot : NoId;
}

/// The function that is called, or the variable or field that is written.
EntityId OpenEndSearch::receiverOf(const BodyView &B, const ValueUse &Use) const {
  const Inst &I = B.Insts[Use.At.Inst];
  if (I.op() == Op::Call)
    return B.isDispatched(I) ? NoId : Flow.functionIn(B, Operand(I.a()).index());
  if (I.op() != Op::Store)
    return NoId;
  const Place &To = B.Places[I.a()];
  const EntityId Global = B.global(To);
  return Global != NoId ? Global : B.lastField(To);
}

bool OpenEndSearch::step() {
  FromOutside.clear();
  judgeCalls();
  llvm::SmallVector<EntryPoint, 8> Opened;
  llvm::erase_if(Pending, [&](const ValueUse &Use) {
    const BodyView B(P, Use.At.Body);
    if (!leaves(B, Use))
      return false;
    for (EntityId Function : Flow.functionsOf(B, Use.operand(B)))
      for (EntityId Target : Classes.targetsOf(Function))
        Opened.push_back(
            {Target, EntryKind::HandedOut, Use.At, argumentOf(B, Use), receiverOf(B, Use)});
    return true;
  });
  for (EntityId Function : Flow.graph().dropped())
    Opened.push_back({Function, EntryKind::AddressTaken, {}, NoId, NoId});
  bool Changed = false;
  for (const EntryPoint &Entry : Opened) {
    Changed |= !Ends.UnknownCallers[P.definitionOf(Entry.Function)];
    open(Entry);
  }
  return Changed;
}

void OpenEndSearch::judgeCalls() {
  PointerGraph &Graph = Flow.graph();
  // A call's result is as unknown as its targets; that may make further calls unknown.
  for (bool Changed = true; Changed;) {
    Changed = false;
    Graph.spreadUnseen();
    for (uint32_t I = 0; I != Flow.calls().size(); ++I) {
      const DispatchedCall &Call = Flow.calls()[I];
      const Unseen What = unseenBy(Call);
      Ends.Complete[I] = What == Unseen::Nothing;
      const auto Result = Graph.find({NodeKind::Temp, Call.At.Body, Call.At.Inst});
      if (Result && Graph.unseen(*Result) < What) {
        Graph.addUnseen(*Result, What);
        Changed = true;
      }
    }
  }
}

/// Somebody outside, or a function that is not here, may give an object of that type.
bool OpenEndSearch::comesFromOutside(StringRef Type) const {
  const auto [It, New] = FromOutside.try_emplace(Type, false);
  if (New)
    It->second = findsOutside(Type);
  return It->second;
}

bool OpenEndSearch::findsOutside(StringRef Type) const {
  for (EntityId Id = 0; Id != P.entityCount(); ++Id) {
    const EntityInfo &E = P.entity(Id);
    if (!E.isFunction() || isLibraryTemplate(P, Id) ||
        !(Ends.UnknownCallers[Id] || !Flow.hasBody(Id)))
      continue;
    if (P.unit(E.Unit).string(E.Row->type()).contains(Type))
      return true;
  }
  return false;
}

/// How the type is written of what holds the function that is called.
std::string OpenEndSearch::heldType(const DispatchedCall &Call) const {
  const BodyView B(P, Call.At.Body);
  const Inst &I = B.Insts[Call.At.Inst];
  if (Call.Held)
    return holderType(P, Flow.functionIn(B, Operand(I.a()).index())).str();
  return ("<" + B.Of.string(I.type()) + ">").str();
}

/// What a call may reach besides its targets.
Unseen OpenEndSearch::unseenBy(const DispatchedCall &Call) const {
  const auto IsClosed = [&](EntityId T) {
    return !P.entity(T).has(EntityFlag::Virtual) || Classes.isClosed(T);
  };
  if (Call.Virtual) {
    const BodyView B(P, Call.At.Body);
    if (!Classes.isClosed(B.entity(Operand(B.Insts[Call.At.Inst].a()).index())))
      return Flow.fromOutside();
    return Call.Targets.empty() ? Unseen::Anything : Unseen::Nothing;
  }
  if (Call.Callee == NoNode || Flow.mayBeAnything(Call))
    return Unseen::Anything;
  Unseen Said = Flow.graph().unseen(Call.Callee);
  if (Call.Held || Flow.isFromLibrary(Call)) {
    if (Flow.mayHoldOthers(Call))
      return Unseen::Anything;
    if (comesFromOutside(heldType(Call)))
      Said = std::max(Said, Flow.fromOutside());
  }
  if (Said == Unseen::Nothing && Call.Targets.empty())
    return Unseen::Anything;
  return llvm::all_of(Call.Targets, IsClosed) ? Said : std::max(Said, Flow.fromOutside());
}

/// As people write it, without what a compiler adds.
static StringRef plainType(StringRef Type) {
  return Type.take_front(std::min(Type.find(" __attribute__"), Type.find(" noexcept"))).rtrim();
}

/// Which calls reach nothing more of the program. Code outside may hand back what it was handed:
/// a function of the call's type that is let out and is no target leaves the call unresolved.
void OpenEndSearch::findOutside() {
  llvm::StringMap<std::vector<EntityId>> LetOut;
  for (const EntryPoint &E : Ends.Entries) {
    const EntityInfo &Of = P.entity(E.Function);
    LetOut[plainType(P.unit(Of.Unit).string(Of.Row->type()))].push_back(E.Function);
  }
  for (uint32_t I = 0; I != Flow.calls().size(); ++I) {
    const DispatchedCall &Call = Flow.calls()[I];
    if (unseenBy(Call) != Unseen::Outside)
      continue;
    const BodyView B(P, Call.At.Body);
    const StringRef Type = plainType(B.Of.string(B.Insts[Call.At.Inst].type()));
    Ends.Outside[I] = Call.Virtual || (!Type.empty() && llvm::all_of(LetOut[Type], [&](EntityId F) {
                        return llvm::is_contained(Call.Targets, F);
                      }));
  }
}

/// Whether a pointer that is handed on here may come to be called by code that we do not see.
bool OpenEndSearch::leaves(const BodyView &B, const ValueUse &Use) {
  const Inst &I = B.Insts[Use.At.Inst];
  if (I.op() == Op::Call)
    return leavesByCall(B, I, Use);
  if (I.op() == Op::Store && B.Places[I.a()].kind() == BaseKind::Fixed)
    return true;
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
                             ClassHierarchy &Classes, PointerFlow &Flow, const Linker::Options &O,
                             const llvm::BitVector &Called) {
  OpenEndSearch Search(P, U, Hidden, Classes, Flow, O);
  Search.markEntries(Called);
  while (Search.step())
    ;
  return Search.take();
}
