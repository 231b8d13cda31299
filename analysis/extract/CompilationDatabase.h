/// Reads compile_commands.json: which units there are and how each is compiled.
///
/// The database is hostile input: nothing in it is run, and every fault is one error that names
/// entry and key. It does not look whether the files are there, and it does not interpret
/// arguments; that is Arguments.h.
#ifndef ASSAY_ANALYSIS_EXTRACT_COMPILATIONDATABASE_H
#define ASSAY_ANALYSIS_EXTRACT_COMPILATIONDATABASE_H

#include "analysis/model/Toolchain.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace assay {

struct CompileCommand {
  std::string Directory; ///< absolute, or relative to the database's folder made absolute
  std::string File;      ///< as the database has it
  std::vector<std::string> Arguments;
  unsigned Line = 0; ///< of the entry in the database, 1-based
  /// How the arguments are to be read; whoever loads the database sets it. Null: like GCC's, and no
  /// launcher is known.
  std::shared_ptr<const UnitToolchain> Toolchain;
  std::string
      NotFollowed; ///< what of its shell could not be done: withoutShell() of CompilerCall.h
  /// The words are for the analysis alone; how the file is compiled nobody said.
  bool IsAssumed = false;
  friend bool operator==(const CompileCommand &A, const CompileCommand &B) {
    return A.Directory == B.Directory && A.File == B.File && A.Arguments == B.Arguments;
  }
};

/// On disk; the command's file may be relative to its directory.
std::string absoluteFile(const CompileCommand &Command);

/// `Path` is the file. Ordered by file, directory and arguments, without duplicates, whatever the
/// order in the file.
llvm::Expected<std::vector<CompileCommand>> loadCompilationDatabase(llvm::StringRef Path);

} // namespace assay

#endif
