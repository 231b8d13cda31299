// BackwardWalk at a flag in memory that says of an object that it was verified, and that is tested
// when the program is entered again later: is the object still what it was when the flag was set?
//
// Shown by induction over the entries of the program. No flag is set before the first. A function
// that may be entered and may change the object is walked backwards from its end, with the flag set
// there: each way has to come to the verification, or to the function's start with the flag set and
// the object as it was.
#include "analysis/model/Rows.h"
#include "analysis/solve/BackwardWalk.h"

using namespace assay;

/// An object that more functions change when they are entered is in doubt.
static constexpr size_t MostKeepers = 64;

bool BackwardWalk::mayBeKept(const WayFacts &F, const PlaceFact &Flag) {
  if (P.Prog.isAlone())
    return false; // other units may change it
  const ObjectPath &O = *F.Object;
  const bool BehindPointer =
      llvm::any_of(O.Path, [](const PlaceStep &S) { return S.Kind == StepKind::Deref; });
  if (O.Base != BaseKind::Global || BehindPointer || Keepers.isKept(O.Index))
    return false;
  std::set<BodyId> Entered;
  for (const EntryPoint &E : P.Prog.entryPoints()) {
    if (!P.Reaches.mayWrite(E.Function, O))
      continue;
    // What never ends may change it between any two entries.
    if (E.Kind == EntryKind::Main || P.Reaches.neverReturns(E.Function))
      return false;
    for (BodyId B : P.Prog.bodiesOf(E.Function)) {
      if (rowCount(P.Prog.body(B).Data->blocks()) == 0)
        return false;
      Entered.insert(B);
    }
  }
  if (Entered.size() > MostKeepers)
    return false;
  const auto [Mine, New] = Upkeeps.insert({Flag, O});
  if (New)
    for (BodyId B : Entered)
      keepUp(*Mine, B);
  return true;
}

void BackwardWalk::keepUp(const Upkeep &U, BodyId B) {
  Activation &F = Keeping[{B, U}];
  F.Body = B;
  F.Keeps = &U;
  WayPoint End = endOf(F, body(&F));
  End.Facts.Object = U.Object;
  End.Facts.addPlace(U.Flag);
  push(std::move(End), nullptr);
}

void BackwardWalk::atKeepersEntry(const WayPoint &W) {
  const Upkeep &U = *W.In->Keeps;
  const bool FlagHolds = llvm::any_of(W.Facts.Places, [&](const PlaceFact &F) {
    return F.Of == U.Flag.Of && F.In.within(U.Flag.In);
  });
  if (W.Ended || W.Facts.Object != U.Object || !FlagHolds)
    doubt({"the object may be changed here while the flag that is tested stays set:",
           W.Ended ? W.Ended->NoteAt : InstRef{W.In->Body, NoId}},
          W);
  else if (const Reservation Why = W.Doubt ? W.Doubt : W.Risk)
    doubt(Why, W);
}

bool BackwardWalk::isOnlyMain(EntityId Function) const {
  const auto Why = P.Prog.entryPointsOf(Function);
  return !Why.empty() &&
         llvm::all_of(Why, [](const EntryPoint &E) { return E.Kind == EntryKind::Main; });
}

/// In an initialiser, or in a function that is entered otherwise than by `main`: before it, or
/// while it runs.
bool BackwardWalk::isSetByOthers(InstRef Store, EntityId Main) {
  if (P.Prog.body(Store.Body).Data->kind() != BodyKind::Function)
    return true;
  auto [It, New] = SetByOthers.try_emplace(Store.Body, false);
  if (New) {
    const llvm::BitVector Leads = P.Reaches.to(Store);
    It->second = llvm::any_of(P.Prog.entryPoints(), [&](const EntryPoint &E) {
      return E.Function != Main && Leads.test(E.Function);
    });
  }
  return It->second;
}
