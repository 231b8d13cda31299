/// Asks a compiler what it has built in: include folders and predefined macros (-E -v -dM on an
/// empty file). The only place of Assay that runs a program which a compile database names.
///
/// It runs nothing that no glob of the user's matches, gives the compiler no word that names a file
/// of the project to be run or read, and sets it a time limit. What words those are is
/// askableWords().
#ifndef ASSAY_DRIVER_SESSION_ASKCOMPILER_H
#define ASSAY_DRIVER_SESSION_ASKCOMPILER_H

#include "analysis/extract/CompilerCall.h"

#include "llvm/Support/Error.h"

namespace assay {

/// Of a compiler's words those that its built-in folders and macros depend on, as far as they
/// cannot make it run or read anything of the project's: no -B, no specs file by path.
std::vector<std::string> askableWords(const CompilerCall &Call, llvm::StringRef Directory);

/// The program that the call would run: absolute, without dots; empty when it is not there.
std::string programOf(const CompilerCall &Call, llvm::StringRef Directory);

/// As clangd matches --query-driver: `*` stands for no slash, `**` for any text.
bool matchesPath(llvm::ArrayRef<std::string> Globs, llvm::StringRef Program);

/// `Program` must have been allowed by the caller.
llvm::Expected<CompilerAnswer> askCompiler(const std::string &Program, const std::string &Language,
                                           const std::vector<std::string> &Options);

} // namespace assay

#endif
