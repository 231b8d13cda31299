/// Which methods a virtual call may reach: the one it names and all that override it.
///
/// A class that nobody can make objects of - no constructor of it or of a class derived from it is
/// called or even defined - is left out when the program is whole. It does not follow the types of
/// objects.
#ifndef ASSAY_ANALYSIS_LINK_CLASSHIERARCHY_H
#define ASSAY_ANALYSIS_LINK_CLASSHIERARCHY_H

#include "analysis/link/HiddenCalls.h"
#include "analysis/link/Linker.h"
#include "analysis/link/Uses.h"

#include "llvm/ADT/DenseMap.h"

namespace assay {

class ClassHierarchy {
public:
  ClassHierarchy(const Program &P, const Uses &U, const HiddenCalls &Hidden,
                 const Linker::Options &O);

  /// Ordered; lives as long as this.
  llvm::ArrayRef<EntityId> targetsOf(EntityId Method);
  /// All classes derived from the method's class are in the program.
  bool isClosed(EntityId Method) const;
  /// Called by a library through a base class of the library's own.
  bool overridesOutside(EntityId Method) const { return OverridesOutside.test(Method); }

private:
  void findOverriders();
  void findInstantiated(const Uses &U, const HiddenCalls &Hidden);
  bool mayHaveObjects(EntityId Method) const;

  const Program &P;
  Linker::Options Opts;
  Program::Slices<EntityId> Overriders; ///< method -> methods that override it directly
  llvm::BitVector Instantiated; ///< records: of this or of a derived class objects may exist
  llvm::BitVector OverridesOutside;
  llvm::DenseMap<EntityId, std::vector<EntityId>> Known;
};

/// The record of a method or field, NoId = none.
EntityId parentOf(const Program &P, EntityId Id);

/// Whether code outside the program may name this: a declaration in a header, when the program is
/// not whole, or in a system header always.
bool isSharedDeclaration(const EntityInfo &E, const Linker::Options &O);

} // namespace assay

#endif
