/// Rebuilds a compile command for our own parse, from an allowlist: what does not say how the
/// source is to be read does not get in, above all nothing that runs a program, loads a library or
/// writes a file.
///
/// It starts no compiler and asks none; what one said of itself comes with the command
/// (UnitToolchain).
#ifndef ASSAY_ANALYSIS_EXTRACT_ARGUMENTS_H
#define ASSAY_ANALYSIS_EXTRACT_ARGUMENTS_H

#include "analysis/extract/CompilerCall.h"

namespace assay {

struct ParseArguments {
  CompilerCall Call;
  std::vector<std::string> Effective; ///< for Clang's driver, its name first, without the file
  std::vector<std::string> Dropped;   ///< not given to Clang, and might have changed the meaning
};

/// `Files` serves response files (@file), relative to its current directory.
ParseArguments rebuildArguments(const CompileCommand &Command, llvm::vfs::FileSystem &Files);

/// GCC's or Clang's own stdarg.h and the like: ".../lib/gcc/<target>/<version>/include". Ours takes
/// its place: the builtins that it speaks of are Clang's, and it is there without the compiler.
bool isCompilersOwnFolder(llvm::StringRef Folder);

/// Macros that the unit's own compiler predefines and Clang is to take over.
std::vector<std::pair<std::string, std::string>> macrosOf(const UnitToolchain &Toolchain,
                                                          const CompilerFamily &Family);

} // namespace assay

#endif
