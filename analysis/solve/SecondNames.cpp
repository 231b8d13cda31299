#include "analysis/solve/SecondNames.h"

using namespace assay;

/// So many callers' callers are asked; beyond that two names may be one.
static constexpr size_t MostPairs = 4000;

bool SecondNames::meets(const Pair &Q) {
  if (!Q.Written)
    return false;
  if (Q.Object.stepsTo(*Q.Written))
    return true;
  // A variable that is set anew changes nothing behind what it pointed to before.
  const auto Below = Q.Written->stepsTo(Q.Object);
  return Below && !(Q.Written->Path.empty() && Below->front().Kind == StepKind::Deref);
}

std::vector<SecondNames::Pair> SecondNames::inBody(const Pair &Q) const {
  const ObjectNames Names(Bodies, Q.In);
  std::vector<Pair> Out;
  for (const ObjectPath &O : Names.originsOf(Q.Object)) {
    if (!Q.Written)
      Out.push_back({Q.In, std::nullopt, O});
    else
      for (const ObjectPath &W : Names.originsOf(*Q.Written))
        Out.push_back({Q.In, W, O});
  }
  return Out;
}

std::optional<SecondNames::Pair> SecondNames::above(const Pair &Q, InstRef Call) const {
  const CallSides Sides{Bodies, Call, Q.In};
  Pair Up{Call.Body, std::nullopt, {}};
  if (Q.Written && !(Up.Written = callersName(*Q.Written, Sides)))
    return std::nullopt;
  auto Object = callersName(Q.Object, Sides);
  if (!Object)
    return std::nullopt;
  Up.Object = std::move(*Object);
  return Up;
}

static bool isGlobal(const ObjectPath &O) {
  return O.Base == BaseKind::Global;
}

void SecondNames::aboveAll(const Pair &Q, std::vector<Pair> &To) const {
  // Two globals are what they are.
  if (isGlobal(Q.Object) && (!Q.Written || isGlobal(*Q.Written)))
    return;
  const Program &Prog = Bodies.program();
  for (const InstRef &Call : Prog.callersOf(Prog.body(Q.In).Entity))
    if (!Roles.isOutOfScope(Call.Body))
      if (auto Up = above(Q, Call))
        To.push_back(std::move(*Up));
}

bool SecondNames::mayMeet(BodyId In, const ObjectPath &Written, const ObjectPath &Object) {
  const std::vector<Pair> Mine = inBody({In, Written, Object});
  if (llvm::any_of(Mine, meets))
    return true;
  return llvm::any_of(Mine, [&](const Pair &Q) { return mayMeetAbove(Q); });
}

bool SecondNames::mayMeetAbove(Pair Q) {
  if (auto It = Meets.find(Q); It != Meets.end())
    return It->second;
  std::set<Pair> Asked = {Q};
  std::vector<Pair> Work = {Q}, Next;
  while (!Work.empty()) {
    Next.clear();
    aboveAll(Work.back(), Next);
    Work.pop_back();
    for (const Pair &Up : Next)
      for (Pair &Here : inBody(Up)) {
        auto It = Meets.find(Here);
        if (meets(Here) || Asked.size() > MostPairs || (It != Meets.end() && It->second))
          return Meets[Q] = true;
        if (It == Meets.end() && Asked.insert(Here).second)
          Work.push_back(std::move(Here));
      }
  }
  // What did not lead anywhere from here does not from there.
  for (const Pair &No : Asked)
    Meets[No] = false;
  return false;
}

llvm::ArrayRef<ObjectPath> SecondNames::globalsOf(BodyId In, const ObjectPath &Object) {
  const Pair Q{In, std::nullopt, Object};
  auto [Known, New] = Globals.try_emplace(Q);
  if (!New)
    return Known->second;
  std::set<Pair> Asked;
  std::set<ObjectPath> Found;
  std::vector<Pair> Work, Next = {Q};
  do {
    for (const Pair &Up : Next)
      for (Pair &Here : inBody(Up))
        if (isGlobal(Here.Object))
          Found.insert(Here.Object);
        else if (auto It = Globals.find(Here); It != Globals.end() && !(Here == Q))
          Found.insert(It->second.begin(), It->second.end());
        else if (Asked.insert(Here).second)
          Work.push_back(std::move(Here));
    Next.clear();
    if (Work.empty())
      break;
    aboveAll(Work.back(), Next);
    Work.pop_back();
  } while (Asked.size() <= MostPairs);
  return Known->second = {Found.begin(), Found.end()};
}
