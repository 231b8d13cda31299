/// From files that people write to one frozen Policy: roles, models, pages, profile, project
/// (docs/formats.md). This is the only entrance of the room; each kind of file has a loader of its
/// own beside it.
///
/// It reads and checks. It runs nothing, writes nothing, and never looks at a program.
#ifndef ASSAY_POLICIES_SCHEMA_LOADER_H
#define ASSAY_POLICIES_SCHEMA_LOADER_H

#include "policies/schema/Policy.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace assay {

struct PolicySources {
  std::string DataDir;         ///< holds policies/ and checks/
  std::string ProjectFile;     ///< assay.toml; empty: none
  std::string ProfileOverride; ///< instead of the project's; empty: none
  /// More folders of pages, besides those that the project names.
  std::vector<std::string> CheckFolders;
  /// Ids or globs: these checks and no others; empty: as the policy says.
  std::vector<std::string> OnlyChecks;
  /// Globs of compilers that may be asked, and toolchain profiles, before those of the project.
  std::vector<std::string> QueryDrivers, ToolchainFiles;
  /// Somebody else parses the units and shows what is found: nothing of toolchains is read, and
  /// what only a report needs is left out (Rules, OffChecks, the texts of the pages).
  bool ForHost = false;
};

/// Every trouble is a PolicyError; those of one stage come together, a stage that rests on a broken
/// one is not tried.
llvm::Expected<Policy> loadPolicy(const PolicySources &Sources);

/// Of Policy::Digest the part that stands for what judges, without how units are parsed: the same
/// for a host and for who parses by itself.
std::string digestOfJudging(llvm::StringRef PolicyDigest);

/// The ids of all pages, off or on, without reading one: for who must name the checks before it
/// knows what is to be checked. What is broken is left out; loadPolicy says it.
std::vector<std::string> pageIds(const PolicySources &Sources);

/// Reads one page's text against the roles, models and families of `Sources`: for those who write
/// pages.
llvm::Expected<CheckPage> loadPageText(const PolicySources &Sources, llvm::StringRef Text,
                                       const std::string &File, const std::string &Id);

} // namespace assay

#endif
