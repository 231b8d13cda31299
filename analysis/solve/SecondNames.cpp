#include "analysis/solve/SecondNames.h"

using namespace assay;

/// So many callers' callers are asked; beyond that two names may be one.
static constexpr size_t MostQuestions = 4000;

bool SecondNames::meets(const Question &Q) {
  if (!Q.Written)
    return false;
  if (Q.Object.stepsTo(*Q.Written))
    return true;
  // A variable that is set anew changes nothing behind what it pointed to before.
  const auto Below = Q.Written->stepsTo(Q.Object);
  return Below && !(Q.Written->Path.empty() && Below->front().Kind == StepKind::Deref);
}

std::vector<SecondNames::Question> SecondNames::inBody(const Question &Q) const {
  const ObjectNames Names(Bodies, Q.In);
  std::vector<Question> Out;
  for (const ObjectPath &O : Names.originsOf(Q.Object)) {
    if (!Q.Written)
      Out.push_back({Q.In, std::nullopt, O});
    else
      for (const ObjectPath &W : Names.originsOf(*Q.Written))
        Out.push_back({Q.In, W, O});
  }
  return Out;
}

std::optional<SecondNames::Question> SecondNames::above(const Question &Q, InstRef Call) const {
  const CallSides Sides{Bodies, Call, Q.In};
  Question Up{Call.Body, std::nullopt, {}};
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

void SecondNames::aboveAll(const Question &Q, std::vector<Question> &To) const {
  // Two globals are what they are.
  if (isGlobal(Q.Object) && (!Q.Written || isGlobal(*Q.Written)))
    return;
  const Program &Prog = Bodies.program();
  for (const InstRef &Call : Prog.callersOf(Prog.body(Q.In).Entity))
    if (!Roles.isOutOfScope(Call.Body))
      if (auto Up = above(Q, Call))
        To.push_back(std::move(*Up));
}

bool SecondNames::mayMeet(const Activation *In, const ObjectPath &Written,
                          const ObjectPath &Object) {
  const std::vector<Question> Mine = inBody({In->Body, Written, Object});
  if (llvm::any_of(Mine, meets))
    return true;
  for (const Question &Q : Mine) {
    if (!In->Caller) {
      if (mayMeetAbove(Q))
        return true;
    } else if (auto Up = above(Q, {In->Caller->Body, In->CallInst})) {
      if (mayMeet(In->Caller, *Up->Written, Up->Object))
        return true;
    }
  }
  return false;
}

bool SecondNames::mayMeetAbove(Question Q) {
  if (auto It = Meets.find(Q); It != Meets.end())
    return It->second;
  std::set<Question> Asked = {Q};
  std::vector<Question> Work = {Q}, Next;
  while (!Work.empty()) {
    Next.clear();
    aboveAll(Work.back(), Next);
    Work.pop_back();
    for (const Question &Up : Next)
      for (Question &Here : inBody(Up)) {
        auto It = Meets.find(Here);
        if (meets(Here) || Asked.size() > MostQuestions || (It != Meets.end() && It->second))
          return Meets[Q] = true;
        if (It == Meets.end() && Asked.insert(Here).second)
          Work.push_back(std::move(Here));
      }
  }
  // What did not lead anywhere from here does not from there.
  for (const Question &No : Asked)
    Meets[No] = false;
  return false;
}

std::vector<ObjectPath> SecondNames::globalsOf(const Activation *In, const ObjectPath &Object) {
  std::vector<ObjectPath> Out;
  for (const Question &Q : inBody({In->Body, std::nullopt, Object})) {
    std::vector<ObjectPath> More;
    if (isGlobal(Q.Object))
      More = {Q.Object};
    else if (!In->Caller)
      More = globalsAbove(Q);
    else if (auto Up = above(Q, {In->Caller->Body, In->CallInst}))
      More = globalsOf(In->Caller, Up->Object);
    llvm::append_range(Out, More);
  }
  return Out;
}

std::vector<ObjectPath> SecondNames::globalsAbove(Question Q) {
  auto [Known, New] = Globals.try_emplace(Q);
  if (!New)
    return Known->second;
  std::set<Question> Asked = {Q};
  std::vector<Question> Work = {Q}, Next;
  std::set<ObjectPath> Found;
  while (!Work.empty() && Asked.size() <= MostQuestions) {
    Next.clear();
    aboveAll(Work.back(), Next);
    Work.pop_back();
    for (const Question &Up : Next)
      for (Question &Here : inBody(Up)) {
        if (isGlobal(Here.Object))
          Found.insert(Here.Object);
        else if (Asked.insert(Here).second)
          Work.push_back(std::move(Here));
      }
  }
  return Known->second = {Found.begin(), Found.end()};
}
