/// A toolchain profile on disk: what `assay toolchain save` writes and `[toolchain] profile` names.
/// People may write one by hand for a compiler that nobody can ask.
///
/// It asks no compiler; driver/session does.
#ifndef ASSAY_POLICIES_SCHEMA_TOOLCHAINFILE_H
#define ASSAY_POLICIES_SCHEMA_TOOLCHAINFILE_H

#include "analysis/model/Toolchain.h"
#include "policies/schema/Record.h"

namespace assay {

Record<ToolchainProfile> toolchainProfileRecord();

llvm::Expected<ToolchainProfile> loadToolchainProfile(PolicyTexts &Texts, const std::string &Path,
                                                      const SourcePosition &NamedAt = {});

/// The same bytes for the same profile; loadToolchainProfile() reads them back.
std::string toolchainProfileText(const ToolchainProfile &Profile);

} // namespace assay

#endif
