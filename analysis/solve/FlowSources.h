/// Whether what a flow has arrived at is one of its sources.
///
/// It follows nothing; FlowWalk brings it to each place on the way.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWSOURCES_H
#define ASSAY_ANALYSIS_SOLVE_FLOWSOURCES_H

#include "analysis/solve/BodyTable.h"
#include "analysis/solve/Judging.h"
#include "analysis/solve/WipedNames.h"
#include "policies/schema/Pattern.h"

namespace assay {

class FlowSources {
public:
  FlowSources(const FlowProperty &P, const Judging &J, BodyTable &Bodies);

  /// How the place is called, if its name and type make it a source.
  std::optional<std::string> named(BodyId Body, const Place &P) const;
  /// ... or memory that was reached under another name.
  std::optional<std::string> named(BodyId Body, const ObjectPath &M) const;
  bool madeBy(llvm::StringRef Role) const { return llvm::is_contained(Roles, Role); }
  /// May the program hold any? Not, if nothing but roles are sources and it knows no function of
  /// one.
  bool any() const { return Any; }
  bool literals() const { return Literals; }
  bool entryParameters() const { return EntryParameters; }
  /// Is this parameter the words by which the program was started?
  bool isCommandLine(BodyId Body, uint32_t Parameter) const;
  /// Is it a list of such words, and no word? Who hands it on hands on no source yet.
  bool isCommandList(BodyId Body, uint32_t Parameter) const;
  /// Is nothing a source but texts? Then no number is one, nor carries one from place to place.
  bool onlyTexts() const;

private:
  struct Test {
    const FlowSource *Row;
    Pattern Names, NotNames, Type;
    std::shared_ptr<const WipedNames> Wiped; ///< null: whatever is done with it
  };
  struct Called {
    llvm::StringRef Name, Type;
  };
  Called called(BodyId Body, const Place &P) const;
  Called ofEntity(EntityId Id) const;
  Called ofVariable(BodyId Body, BaseKind Base, uint32_t Index) const;
  /// How many functions a variable is followed into that it is handed to.
  static constexpr unsigned MostCalls = 4;
  /// A local variable, a parameter; Global: of the program, also a field.
  struct Variable {
    BaseKind Base = BaseKind::Unknown;
    uint32_t Index = 0;
  };
  using Makers = std::vector<std::string>;
  std::optional<std::string> fitting(BodyId Body, const Called &Of, Variable V) const;
  bool isWiped(const Test &T, BodyId Body, Variable V) const;
  bool isMadeBy(BodyId Body, Variable V, const Makers &By) const;
  bool isSetBy(InstRef Store, const Makers &By) const;
  bool isFilledBy(BodyId Body, Variable V, const Makers &By, unsigned Calls) const;
  bool isFilledBy(InstRef Call, uint32_t Arg, const Makers &By, unsigned Calls) const;

  bool isAnyMade() const;
  const std::vector<const Test *> &testsFitting(const Called &Of) const;

  const Judging &J;
  BodyTable &Bodies;
  std::vector<Test> Tests;
  /// By name and type, whose strings stay where they are as long as the program.
  mutable std::map<std::pair<const char *, const char *>, std::vector<const Test *>> Fitting;
  std::vector<std::string> Roles;
  bool Literals = false, EntryParameters = false, CommandLine = false, Any = true;
};

} // namespace assay

#endif
