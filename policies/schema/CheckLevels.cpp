#include "policies/schema/CheckLevels.h"

#include "policies/schema/Parameters.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

namespace assay {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

Level levelFor(Severity S) {
  switch (S) {
  case Severity::Critical:
  case Severity::High:
    return Level::Error;
  case Severity::Medium:
    return Level::Warning;
  case Severity::Low:
    return Level::Note;
  }
  return Level::Warning;
}

std::vector<std::string> CheckSelection::ids() const {
  std::vector<std::string> Ids;
  for (const CheckPage &Page : Pages)
    Ids.push_back(Page.Id);
  llvm::sort(Ids);
  return Ids;
}

/// Exact rows after globs; otherwise in the order they were written.
static std::vector<const CheckRow *> byStrength(const std::vector<CheckRow> &Layer) {
  std::vector<const CheckRow *> Rows;
  for (bool Globs : {true, false})
    for (const CheckRow &Row : Layer)
      if (Row.isGlob() == Globs)
        Rows.push_back(&Row);
  return Rows;
}

Error CheckSelection::apply(const std::vector<CheckRow> &Layer) {
  Error All = Error::success();
  for (const CheckRow *Row : byStrength(Layer)) {
    Expected<llvm::GlobPattern> Glob = llvm::GlobPattern::create(*Row->Pattern);
    if (!Glob)
      return Glob.takeError();
    bool Any = false;
    for (CheckPage &Page : Pages) {
      if (!Glob->match(Page.Id))
        continue;
      Any = true;
      if (Row->Chosen)
        Choices[Page.Id] = *Row->Chosen;
      for (const auto &[Name, Value] : Row->Parameters)
        All = joinErrors(std::move(All), setParameter(Page, Name, Value));
    }
    if (!Any)
      All = joinErrors(std::move(All), errorAt(Row->Pattern.At, "no check {0} '{1}'{2}",
                                               Row->isGlob() ? "matches" : "is named",
                                               *Row->Pattern, nearestOf(*Row->Pattern, ids())));
  }
  return All;
}

Error CheckSelection::only(const std::vector<std::string> &Patterns) {
  Only.emplace();
  for (const std::string &Pattern : Patterns) {
    Expected<llvm::GlobPattern> Glob = llvm::GlobPattern::create(Pattern);
    if (!Glob)
      return errorAt({}, "'{0}' is no glob: {1}", Pattern, llvm::toString(Glob.takeError()));
    bool Any = false;
    for (const CheckPage &Page : Pages)
      if (Glob->match(Page.Id)) {
        Any = true;
        Only->insert(Page.Id);
      }
    if (!Any)
      return errorAt({}, "no check is named '{0}'{1}", Pattern, nearestOf(Pattern, ids()));
  }
  return Error::success();
}

std::optional<Level> CheckSelection::levelOf(const CheckPage &Page) const {
  if (Only && !Only->count(Page.Id))
    return std::nullopt;
  auto It = Choices.find(Page.Id);
  LevelChoice Chosen;
  if (It != Choices.end())
    Chosen = It->second;
  else
    Chosen.FromSeverity = OnByDefault.count(Page.Id);
  if (!Chosen.FromSeverity && Chosen.Lvl)
    return Chosen.Lvl;
  // Who names a check on the command line wants its answer, even where the profile leaves it off.
  if (Chosen.FromSeverity || Only)
    return levelFor(Page.Sev);
  return std::nullopt;
}

void CheckSelection::finish(Policy &P) && {
  llvm::sort(Pages, [](const CheckPage &A, const CheckPage &B) { return A.Id < B.Id; });
  for (CheckPage &Page : Pages) {
    std::optional<Level> L = levelOf(Page);
    if (L) {
      P.Levels[Page.Id] = *L;
      if (auto It = Choices.find(Page.Id); It != Choices.end() && It->second.Lvl)
        P.ChosenLevels.insert(Page.Id);
    }
    (L ? P.Checks : P.OffChecks).push_back(std::move(Page));
  }
}

} // namespace assay
