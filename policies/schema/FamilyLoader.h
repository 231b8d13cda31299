/// policies/toolchains: the table of compiler families (one file each) and of the other programs
/// that a compile command may name (tools.toml).
///
/// It reads the files into analysis/model/Toolchain.h and decides nothing about a command.
#ifndef ASSAY_POLICIES_SCHEMA_FAMILYLOADER_H
#define ASSAY_POLICIES_SCHEMA_FAMILYLOADER_H

#include "analysis/model/Toolchain.h"
#include "policies/schema/Record.h"

namespace assay {

Record<CompilerFamily> familyRecord();
Record<ToolNames> toolNamesRecord();

/// All of `Folder`; an empty table when there is no such folder.
llvm::Expected<CompilerTable> loadFamilies(PolicyTexts &Texts, const std::string &Folder);

} // namespace assay

#endif
