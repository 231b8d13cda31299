/// The start of a new check page: a head that loads, sections that say what belongs in them, and a
/// Bad and a Good block that already hold. It writes the page and nothing else.
#ifndef ASSAY_DRIVER_CLI_PAGESCAFFOLD_H
#define ASSAY_DRIVER_CLI_PAGESCAFFOLD_H

#include "policies/schema/Loader.h"

namespace assay {

struct PageWish {
  std::string Id;     ///< family/name
  std::string Folder; ///< where pages live
  std::string Role;   ///< that the check is about; empty: one is chosen
  std::string Family; ///< row of the taxonomy; empty: the one of its neighbours
};

/// Returns the path of the page written.
llvm::Expected<std::string> writeNewPage(const PageWish &Wish, const PolicySources &Sources);

} // namespace assay

#endif
