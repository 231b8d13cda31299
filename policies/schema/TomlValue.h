/// A TOML file as plain data: each value with its place, the members of a table in the order they
/// were written (the last matching row of [checks] wins). Nothing here knows which keys a format
/// has; that is Record.h.
#ifndef ASSAY_POLICIES_SCHEMA_TOMLVALUE_H
#define ASSAY_POLICIES_SCHEMA_TOMLVALUE_H

#include "policies/schema/Located.h"
#include "policies/schema/PolicyTexts.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

struct TomlMember;

struct TomlValue {
  enum class Kind : uint8_t { String, Integer, Boolean, Float, Date, Array, Table };

  Kind Is = Kind::Table;
  SourcePosition At;
  std::string Name; ///< for messages: "[argument]", "'min'", "the file"
  std::string Text; ///< String
  int64_t Int = 0;  ///< Integer
  bool Bool = false;
  std::vector<TomlValue> Items;    ///< Array
  std::vector<TomlMember> Members; ///< Table

  const TomlValue *find(llvm::StringRef Key) const;
  const TomlMember *member(llvm::StringRef Key) const;
};

struct TomlMember {
  std::string Key;
  SourcePosition At; ///< of the key
  TomlValue Value;
};

/// "a string", "an integer", ... for messages.
const char *wordFor(TomlValue::Kind K);

/// Parses a whole file, or the part of one that stands after `LinesBefore` lines.
llvm::Expected<TomlValue> parseToml(llvm::StringRef Text, const std::string &File,
                                    unsigned LinesBefore = 0);

/// Reads and parses; `NamedAt` is who asked for the file.
llvm::Expected<TomlValue> parseTomlFile(PolicyTexts &Texts, const std::string &Path,
                                        const SourcePosition &NamedAt = {});

/// The .toml files of a folder, ordered. `Code`: why it could not be listed to its end.
std::vector<std::string> tomlFilesIn(const std::string &Folder, std::error_code &Code);

} // namespace assay

#endif
