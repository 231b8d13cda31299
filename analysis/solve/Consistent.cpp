// consistent: do this place's siblings do something that it does not?
#include "analysis/solve/Consistent.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace assay;

double Support::z() const {
  return All ? (2.0 * Doing - All) / std::sqrt(double(All)) : 0;
}

bool Support::isStrong(const ConsistentProperty &P, bool HasRole) const {
  if (Doing * 100.0 < P.Percent * double(All))
    return false;
  if (HasRole)
    return All >= std::min<int64_t>(P.Least, 4);
  return All >= P.Least && z() >= ConsistentJudge::LeastZ;
}

std::string Support::text() const {
  return llvm::formatv("{0} of {1}", Doing, All).str();
}

bool ConsistentJudge::isJudged(BodyId Body) const {
  return !J.Roles.isOutOfScope(Body) &&
         inContext(P.Where, J, J.Words.function(Body),
                   J.Words.at(Body, *J.Prog.body(Body).Data->loc()).File, {});
}

/// Who only tests results can be told without.
bool ConsistentJudge::asksWhatIsDone() {
  const bool AsksCallers =
      P.Does != UsualDeed::Tested && llvm::is_contained(P.Siblings, SiblingKind::Callers);
  return AsksCallers || llvm::is_contained(P.Siblings, SiblingKind::Exits) ||
         !askedGroups().empty();
}

void ConsistentJudge::run() {
  if (Usual.calls().empty())
    return;
  if (asksWhatIsDone())
    Usual.summarise();
  judgeGroups();
  if (llvm::is_contained(P.Siblings, SiblingKind::Callers))
    judgeCallers();
  if (llvm::is_contained(P.Siblings, SiblingKind::Exits))
    judgeExits();
}

void ConsistentJudge::addGroup(const std::string &Siblings, EntityId Habit, Support S, InstRef At) {
  J.addSite("", At, Verdict::Pass,
            llvm::formatv("{0} {1} have {2}() in common", S.text(), Siblings, J.Words.name(Habit)));
}

void ConsistentJudge::report(Deviation D) {
  const EntityId Function = J.Prog.body(D.Body).Entity;
  const bool HasRole = Usual.hasRole(D.Usual);
  Finding F;
  F.Check = J.Page.Id;
  F.Sev = J.Page.Sev;
  // What only numbers say is a question to the reader, never a reason to stop a build.
  F.Lvl = HasRole ? J.Lvl : std::min(J.Lvl, Level::Warning);
  F.At = D.At;
  F.Function = J.Words.function(D.Body);
  F.EntityName = J.Prog.entity(Function).Name.str();
  const std::string Name = J.Words.name(D.Usual) + "()";
  F.Message = fillIn(
      P.Message,
      {{"place", D.Place}, {"usual", Name}, {"support", D.Of.text()}, {"siblings", D.Siblings}});
  F.Path = std::move(D.Way);
  for (InstRef E : D.Examples)
    F.Related.push_back(
        {J.Words.at(E), J.Words.function(E.Body), "done here: " + J.Words.callee(E)});
  F.SiteKey = D.Siblings + "|" + Name + "|" + D.Place;
  J.Out.Sites.push_back({J.Page.Id, "", F.At, F.Function, Verdict::Fail, F.Message});
  J.Out.Findings.push_back(std::move(F));
}

void assay::judge(const ConsistentProperty &P, const Judging &J) {
  ConsistentJudge(P, J).run();
}
