/// From what a user gave on a command line to a Project: which database, which root, which policy
/// file.
///
/// It opens no source and writes nothing.
#ifndef ASSAY_DRIVER_SESSION_FINDPROJECT_H
#define ASSAY_DRIVER_SESSION_FINDPROJECT_H

#include "driver/session/Session.h"

namespace assay {

struct ProjectRequest {
  std::string Database; ///< -p: a folder with compile_commands.json, or the file; empty: ., build,
                        ///< then the folders above
  std::string Root; ///< empty: the nearest folder above the sources with assay.toml or .git, else
                    ///< see findProject
  std::string
      PolicyFile; ///< empty: assay.toml of the root, or of the nearest folder above the current one
  std::string StoreDir; ///< empty: .assay/store in the root
  bool KeepStore = true;
  std::vector<std::string> Files; ///< as the user names them
  /// The files are the program, and are read with these words; no database is looked for.
  std::optional<std::vector<std::string>> CompilerWords;
};

struct FoundProject {
  Project Where;
  std::string PolicyFile; ///< empty: none
};

/// Without a marker the root is the current folder if all sources are below it, else the sources'
/// common folder.
llvm::Expected<FoundProject> findProject(const ProjectRequest &R);

/// policies/ and checks/ of this installation: beside the binary, else where it was built.
std::string dataFolder(const char *Argv0);
/// ... of a plugin: in a folder above the loaded object that holds this code.
std::string dataFolderOfPlugin();

/// assay.toml of the nearest folder at or above `Folder`; empty: there is none.
std::string nearestPolicy(llvm::StringRef Folder);

} // namespace assay

#endif
