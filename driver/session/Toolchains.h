/// For each command of a database: which family its compiler is of, and where its include folders
/// and macros come from - asked of the compiler itself, a toolchain profile, or nowhere.
///
/// A compiler is asked only if a glob of the user's names it by its absolute path, and once per
/// language and set of options. It parses no unit.
#ifndef ASSAY_DRIVER_SESSION_TOOLCHAINS_H
#define ASSAY_DRIVER_SESSION_TOOLCHAINS_H

#include "analysis/extract/CompilerCall.h"
#include "analysis/model/Paths.h"
#include "analysis/model/Program.h"
#include "analysis/model/Result.h"
#include "driver/session/Session.h"
#include "policies/schema/Policy.h"

namespace assay {

/// How one command is read; for `assay doctor` and notes.
struct ToolchainUse {
  enum class From : uint8_t {
    Clang,      ///< what Clang itself finds for the target
    Asked,      ///< the compiler
    Profile,    ///< a saved answer for just these options
    OtherAnswer ///< a saved answer for other options: only its folders are used
  };
  CompilerCall Call; ///< its pointers lead into Table
  std::shared_ptr<const CompilerTable> Table;
  std::string Language;
  std::string Program; ///< absolute; empty: not on this machine
  std::vector<std::string> Options;
  From Source = From::Clang;
  std::string Profile; ///< its file
  std::string Trouble; ///< why a compiler that may be asked did not answer
  bool MayAsk = false;
};

struct EquippedCommands {
  std::vector<ToolchainUse> Uses; ///< parallel to the commands
  std::vector<CompilerAnswer> Asked;
  std::vector<Note> Notes; ///< what of this a reader of the verdicts must know
};

/// Takes shells away from each command and sets its Toolchain. `Root` and `BuildDir` are the
/// project's folders: what lies there is run only by a glob of the command line.
EquippedCommands equipCommands(std::vector<CompileCommand> &Commands, const ToolchainRules &Rules,
                               llvm::StringRef Root, llvm::StringRef BuildDir);

/// A database as every command of the tool reads it.
struct ReadDatabase {
  std::vector<CompileCommand> Commands;
  EquippedCommands Equipped;
  PathForms Paths;
};
llvm::Expected<ReadDatabase> readDatabase(const Project &P, const ToolchainRules &Rules);

std::vector<Note> notesOfUses(llvm::ArrayRef<ToolchainUse> Uses);

/// The words that Clang was not given, as the summaries have them, so that a run from the store
/// says the same. `Uses` knows why.
std::vector<Note> notesOfDropped(llvm::ArrayRef<Unit> Units, llvm::ArrayRef<ToolchainUse> Uses);

} // namespace assay

#endif
