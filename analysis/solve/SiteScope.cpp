#include "analysis/solve/SiteScope.h"

#include "analysis/link/BodyView.h"

#include "llvm/ADT/STLExtras.h"

#include <vector>

using namespace assay;

static std::string fileOf(const Program &Prog, BodyId Body) {
  return Prog.tablesOf(Body).path(Prog.body(Body).Data->loc()->file()).str();
}

SiteScope::SiteScope(const Program &Prog, std::set<std::string> Wanted,
                     std::optional<std::set<std::string>> Before)
    : IsAll(false), Prog(&Prog), Files(std::move(Wanted)), Here(Prog.bodyCount()),
      Callable(Prog.bodyCount()), Before(std::move(Before)) {
  std::vector<BodyId> Work;
  for (BodyId B = 0; B != Prog.bodyCount(); ++B)
    if (Files.count(fileOf(Prog, B))) {
      Here.set(B);
      Work.push_back(B);
    }
  Callable = Here;
  while (!Work.empty()) {
    const BodyId Caller = Work.back();
    Work.pop_back();
    const auto *Insts = Prog.body(Caller).Data->insts();
    for (uint32_t I = 0; I != rowCount(Insts); ++I) { // an initialiser may do nothing
      if (Insts->Get(I)->op() != Op::Call)
        continue;
      for (EntityId Callee : Prog.calleesOf({Caller, I}).Targets)
        for (BodyId B : Prog.bodiesOf(Callee))
          if (!Callable.test(B)) {
            Callable.set(B);
            Work.push_back(B);
          }
    }
  }
}

bool SiteScope::namesOfHere(BodyId Body) const {
  if (here(Body))
    return true;
  const BodyView B(*Prog, Body);
  return llvm::any_of(B.Places, [&](const Place &P) {
    return P.kind() == BaseKind::Global &&
           llvm::any_of(Prog->bodiesOf(B.entity(P.base())),
                        [&](BodyId Initial) { return Here[Initial]; });
  });
}
