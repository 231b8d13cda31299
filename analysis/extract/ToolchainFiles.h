/// Files that are on no disk: a family's prelude and stand-in headers, and the headers that a
/// toolchain profile carries for machines without the compiler. All lie below ToolchainRoot, a name
/// that no real folder has.
///
/// It does not say which of them a unit includes.
#ifndef ASSAY_ANALYSIS_EXTRACT_TOOLCHAINFILES_H
#define ASSAY_ANALYSIS_EXTRACT_TOOLCHAINFILES_H

#include "analysis/model/Toolchain.h"

#include "llvm/Support/VirtualFileSystem.h"

namespace assay {

constexpr llvm::StringLiteral PreludeName = "/prelude.h";
constexpr llvm::StringLiteral HeadersName = "/headers";

/// `Family` null: only the profile's. Null when there is no file.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> toolchainFiles(const UnitToolchain &Toolchain,
                                                               const CompilerFamily *Family);

} // namespace assay

#endif
