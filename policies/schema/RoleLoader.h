/// Roles: what a piece of code can mean. Reads policies/models/roles.toml and the [[role]] rows of
/// a project, and answers for everybody else whether a role, or a bind of it, has been declared. It
/// knows no function.
#ifndef ASSAY_POLICIES_SCHEMA_ROLELOADER_H
#define ASSAY_POLICIES_SCHEMA_ROLELOADER_H

#include "policies/schema/Policy.h"
#include "policies/schema/Record.h"

namespace assay {

/// One [[role]] row.
Record<Role> roleRecord();
/// The words for how code comes to run that nobody calls.
Words<EntryWay> entryWays();

/// All of roles.toml: nothing but rows.
Record<std::vector<Role>> roleFileRecord();

class RoleTable {
public:
  llvm::Error add(std::vector<Role> Rows); ///< a second declaration of an id is an error
  const Role *find(llvm::StringRef Id) const;
  llvm::Error expectRole(const SourcePosition &At, llvm::StringRef Id) const;
  llvm::Error expectBind(const SourcePosition &At, llvm::StringRef Id, llvm::StringRef Bind) const;
  std::vector<Role> take() &&; ///< by id

private:
  std::map<std::string, Role, std::less<>> Roles;
};

} // namespace assay

#endif
