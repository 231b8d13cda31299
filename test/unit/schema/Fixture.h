/// A small data folder on disk that a test changes by one file, and the message that the load then
/// gives.
#ifndef ASSAY_TEST_UNIT_SCHEMA_FIXTURE_H
#define ASSAY_TEST_UNIT_SCHEMA_FIXTURE_H

#include "policies/schema/Loader.h"

#include <filesystem>
#include <string>

namespace assay::test {

class DataFolder {
public:
  DataFolder();
  ~DataFolder();

  /// Writes a file of the folder; the path is relative.
  DataFolder &file(const std::string &Path, const std::string &Text);

  /// Replaces `From`, which must be there, in a file.
  DataFolder &edit(const std::string &Path, const std::string &From, const std::string &To);

  /// What the load says, with the folder's own name cut away; "" if it is well.
  std::string message(PolicySources Sources = {}) const;
  llvm::Expected<Policy> load(PolicySources Sources = {}) const;

  std::string path(const std::string &Relative) const { return (Root / Relative).string(); }

private:
  std::filesystem::path Root;
};

} // namespace assay::test

#endif
