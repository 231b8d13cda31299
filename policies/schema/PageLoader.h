/// Check pages: finds them below a folder, reads head and body, and keeps the catalogue. The id of
/// a check is the path of its page. It does not decide which checks are on; that is CheckLevels.h.
#ifndef ASSAY_POLICIES_SCHEMA_PAGELOADER_H
#define ASSAY_POLICIES_SCHEMA_PAGELOADER_H

#include "policies/schema/PageHead.h"
#include "policies/schema/PolicyTexts.h"

namespace assay {

/// Reads one page from its text. `File` is how the user would name it. `Head` is pageHeadRecord():
/// to make it costs more than to read a page, so it is made once for all.
llvm::Expected<CheckPage> readPage(llvm::StringRef Text, const std::string &File, std::string Id,
                                   const Record<CheckPage> &Head);

/// The ids of the pages below `Folder`, by their files' names; a folder that cannot be read has
/// none.
std::vector<std::string> pageIdsBelow(const std::string &Folder);

/// Appends every page below `Folder`; `NamedAt` is who asked for it. Ids that are in `Pages`
/// already are errors.
llvm::Error loadPages(PolicyTexts &Texts, const std::string &Folder, const SourcePosition &NamedAt,
                      const Record<CheckPage> &Head, std::vector<CheckPage> &Pages);

} // namespace assay

#endif
