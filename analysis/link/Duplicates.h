/// One name, several definitions: of different programs in one database, or of a header's static
/// function that macros make different in each unit. Where each unit is known to reach one of them,
/// they become entities of their own; else they stay candidates of one.
///
/// A unit reaches its own strong definition (or static one) and those of the images that it is
/// linked into (Unit::Images). One unit that may reach several leaves the name whole.
#ifndef ASSAY_ANALYSIS_LINK_DUPLICATES_H
#define ASSAY_ANALYSIS_LINK_DUPLICATES_H

#include "analysis/model/Program.h"

#include <deque>

namespace assay {

struct DuplicateNames {
  std::deque<std::string> Names;  ///< of the entities that were made
  std::vector<std::string> Notes; ///< external names that were kept apart, ordered
};

/// `Unit::Entities` holds numbers of `Names`; units that reach another definition get the number of
/// another name.
DuplicateNames keepApart(std::vector<Unit> &Units, std::vector<llvm::StringRef> &Names);

/// A number for the entities of `Made` that a body names: equal bodies of different units may mean
/// different ones.
uint64_t bindingOf(const Unit &U, const UnitBody &B, const std::vector<bool> &Made);

/// "PATH:LINE" of a body's definition.
std::string placeOf(const Unit &U, const UnitBody &B);

} // namespace assay

#endif
