/// From a stored path (TUSummary.fbs, FileRead.path) to a URI that names no place of this machine.
#ifndef ASSAY_SARIF_REPORT_SARIFURI_H
#define ASSAY_SARIF_REPORT_SARIFURI_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace assay {

/// Which of run.originalUriBaseIds a URI is relative to.
enum class UriBase : uint8_t { Project, Build, System };

struct RelativeUri {
  UriBase Base = UriBase::Project;
  std::string Uri; ///< relative reference, percent-encoded
};

const char *nameOf(UriBase Base);
const char *descriptionOf(UriBase Base);

RelativeUri uriForStoredPath(llvm::StringRef Stored);
/// The inverse, for a base of that name; a base that is not ours is taken for the project.
std::string storedPathOf(llvm::StringRef BaseName, llvm::StringRef Uri);

/// A repository's address as others may see it: no user, no password, "ssh://" for the short form
/// of ssh; none for a folder of this machine.
std::optional<std::string> publicUri(llvm::StringRef Remote);

} // namespace assay

#endif
