#include "analysis/link/ImageIndex.h"

#include "analysis/link/Entities.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace assay;
using llvm::StringRef;

ImageIndex::Names::Names(llvm::ArrayRef<std::string> Patterns) {
  for (const std::string &Pattern : Patterns) {
    if (StringRef(Pattern).find_first_of("*?[") == StringRef::npos) {
      Exact[Pattern] = 0;
      continue;
    }
    if (auto Glob = llvm::GlobPattern::create(Pattern))
      Globs.push_back(std::move(*Glob));
    else
      llvm::consumeError(Glob.takeError()); // no linker would take it either
  }
}

bool ImageIndex::Names::matchesGlob(StringRef Name) const {
  return llvm::any_of(Globs, [&](const llvm::GlobPattern &G) { return G.match(Name); });
}

ImageIndex::Compiled::Compiled(const Image &I)
    : Of(&I), Global(I.Global), Local(I.Local), GlobalCxx(I.GlobalCxx), Sections(I.KeptSections) {
  for (const std::string &Symbol : I.KeptSymbols)
    Kept[Symbol] = 0;
  NamesMangled =
      llvm::any_of(I.Global, [](StringRef Pattern) { return Pattern.starts_with("_Z"); });
}

/// As GNU ld decides: names, then the globs of what is global, then those of what is local.
bool ImageIndex::Compiled::shows(StringRef Symbol, StringRef Qualified) const {
  if (Symbol.empty())
    return GlobalCxx.matches(Qualified) || NamesMangled || Global.matchesGlob("_Z") ||
           !Local.matchesGlob("_Z");
  if (Global.Exact.count(Symbol))
    return true;
  return !Local.Exact.count(Symbol) && (Global.matchesGlob(Symbol) || !Local.matchesGlob(Symbol));
}

ImageIndex::ImageIndex(const Program &P, llvm::ArrayRef<Image> All) : P(P) {
  for (const Image &I : All)
    Images.emplace_back(I);
}

/// The images of every unit that has a body of it, and of the one that names it.
template <class F> bool ImageIndex::anyImage(EntityId Id, bool CountUnknown, F &&Holds) const {
  if (Images.empty())
    return false;
  llvm::SmallVector<const Unit *, 4> Units = {&P.unit(P.entity(Id).Unit)};
  for (const BodyId Body : P.bodiesOf(Id))
    Units.push_back(&P.unit(P.body(Body).Unit));
  for (const Unit *U : Units) {
    if (U->Images.empty() && CountUnknown && llvm::any_of(Images, Holds))
      return true;
    for (const uint32_t Number : U->Images)
      if (Number <= Images.size() && Holds(Images[Number - 1]))
        return true;
  }
  return false;
}

bool ImageIndex::exports(EntityId Id) const {
  const EntityInfo &E = P.entity(Id);
  const StringRef Symbol = symbolOf(P.units(), E);
  return E.Link == Linkage::External &&
         anyImage(Id, /*CountUnknown=*/false, [&](const Compiled &I) {
           return I.Of->Exports && (I.Of->ShowsHidden || !E.has(EntityFlag::Hidden)) &&
                  I.shows(Symbol, E.Qualified);
         });
}

bool ImageIndex::keepsSectionOf(EntityId Id) const {
  const EntityInfo &E = P.entity(Id);
  if (!E.Row->section())
    return false;
  const StringRef Section = P.unit(E.Unit).string(E.Row->section());
  return anyImage(Id, /*CountUnknown=*/true,
                  [&](const Compiled &I) { return I.Sections.matches(Section); });
}

bool ImageIndex::keeps(EntityId Id) const {
  const EntityInfo &E = P.entity(Id);
  const StringRef Symbol = E.Link == Linkage::External ? symbolOf(P.units(), E) : "";
  // -ffunction-sections; `.text.*` keeps all there is and says nothing of one.
  const std::string Own = (".text." + Symbol).str();
  return keepsSectionOf(Id) ||
         (!Symbol.empty() && anyImage(Id, /*CountUnknown=*/true, [&](const Compiled &I) {
           return I.Kept.count(Symbol) || I.Sections.Exact.count(Own);
         }));
}
