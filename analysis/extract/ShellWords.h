/// What a shell would run of a text whose words are already taken apart: its commands in order,
/// each with the folder that `cd` had led to.
///
/// It runs nothing, and it is no shell: what is inside quotes stays one word, variables and
/// substitutions stay as they are written, and both sides of `&&`, `||`, `|` count as run.
#ifndef ASSAY_ANALYSIS_EXTRACT_SHELLWORDS_H
#define ASSAY_ANALYSIS_EXTRACT_SHELLWORDS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace assay {

struct ShellCommand {
  std::vector<std::string> Words; ///< without variables set in front, without redirections
  std::string Folder;             ///< absolute
  std::string NotFollowed;        ///< a `cd` that the shell alone could follow; empty: none
};

/// Takes quotes and backslashes away, as a POSIX shell does.
std::vector<std::string> splitWords(llvm::StringRef Text);

/// Without those that only say where the others run, or do nothing (`cd`, `:`, `export`).
std::vector<ShellCommand> shellCommands(llvm::ArrayRef<std::string> Words, llvm::StringRef Folder);

/// Whether these words are more than one command, or begin with something that only a shell knows.
bool needsShell(llvm::ArrayRef<std::string> Words);

} // namespace assay

#endif
