/// JSON Schemas (draft-07, which editors' TOML plugins read) of every format of this room. They
/// come from the records that the loaders read with, so they cannot lag behind; what only a whole
/// policy can say (is this role declared?) is not in them.
#ifndef ASSAY_POLICIES_SCHEMA_SCHEMAWRITER_H
#define ASSAY_POLICIES_SCHEMA_SCHEMAWRITER_H

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace assay {

/// "assay", "model", "page", "profile", "roles".
std::vector<std::string> schemaNames();

/// The text of one schema; an unknown name is an error that names the nearest.
llvm::Expected<std::string> schemaText(llvm::StringRef Name);

} // namespace assay

#endif
