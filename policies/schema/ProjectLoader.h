/// A project's assay.toml: its profile, its levels and limits, its own pages and models, its gate.
/// Read only; what it means together with the shipped files is Loader.h's.
#ifndef ASSAY_POLICIES_SCHEMA_PROJECTLOADER_H
#define ASSAY_POLICIES_SCHEMA_PROJECTLOADER_H

#include "policies/schema/CheckLevels.h"
#include "policies/schema/ModelLoader.h"

namespace assay {

struct ProjectBuild {
  std::vector<std::string> CompilerDefaults;
};

struct ProjectScope {
  std::vector<std::string> Exclude;
};

struct ProjectToolchain {
  std::vector<std::string> QueryDrivers;
  std::vector<Located<std::string>> Profiles; ///< as written: relative to the file
};

struct ProjectPolicy {
  Located<std::string> Profile{"baseline", {}};
  std::vector<Located<std::string>> CheckFolders, ModelFiles; ///< as written: relative to the file
  std::vector<CheckRow> Checks;
  GateRules Gate;
  ExtractLimits Extract;
  ProjectBuild Build;
  ProjectScope Scope;
  ProjectToolchain Toolchain;
  Declarations Declared;
  std::vector<Role> Roles;
  ModelRows Rows;
};

Record<ProjectPolicy> projectRecord(const RoleTable *Roles);

/// The roles alone, which must be known before the rest can be read.
llvm::Expected<std::vector<Role>> projectRoles(const TomlValue &File);

llvm::Expected<ProjectPolicy> readProject(const TomlValue &File, const RoleTable &Roles);

/// Its folders of pages alone, as written; of a file that is broken none.
std::vector<std::string> checkFoldersOf(const std::string &ProjectFile);

/// A path that a project's file names, from the folder of that file.
std::string besideProject(const std::string &ProjectFile, const std::string &Path);

} // namespace assay

#endif
