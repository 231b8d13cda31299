/// Where a project's compile databases are, and if there is none, the command that makes one with
/// the project's own build system. It looks at names of files only and runs nothing.
#ifndef ASSAY_DRIVER_SESSION_FINDDATABASE_H
#define ASSAY_DRIVER_SESSION_FINDDATABASE_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace assay {

/// Each compile_commands.json in the folder and those below it, three deep, the nearest first.
/// Hidden folders and links to folders are left out.
std::vector<std::string> databasesBelow(llvm::StringRef Folder);

/// "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON", by what lies in the folder.
std::string commandForDatabase(llvm::StringRef Folder);

} // namespace assay

#endif
