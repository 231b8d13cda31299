/// A target that Clang lacks (xtensa, rl78, ...), by the sizes of its types: sources parse with the
/// layout that the device has.
///
/// It has no builtins and no instruction set: inline assembly is accepted unread.
#ifndef ASSAY_ANALYSIS_EXTRACT_STANDINTARGET_H
#define ASSAY_ANALYSIS_EXTRACT_STANDINTARGET_H

#include "analysis/model/Toolchain.h"

#include "clang/Basic/TargetOptions.h"

namespace clang {
class CompilerInstance;
} // namespace clang

namespace assay {

/// Any target that Clang has, so that it starts; replaceTarget() puts the real one in its place.
void standIn(clang::TargetOptions &Options);

/// To be called before the compiler makes a preprocessor.
void replaceTarget(clang::CompilerInstance &Compiler, llvm::StringRef Triple,
                   const MachineLayout &Layout);

} // namespace assay

#endif
