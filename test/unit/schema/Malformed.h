/// Malformed input of the policy's files: a good data folder with one edit, and the one message
/// that it must give. The cases stand by kind of file in the tests that include this.
#ifndef ASSAY_TEST_UNIT_SCHEMA_MALFORMED_H
#define ASSAY_TEST_UNIT_SCHEMA_MALFORMED_H

#include <gtest/gtest.h>

#include <string>

namespace assay::test {

struct Malformed {
  const char *Name;
  const char *File, *From, *To;
  const char *Message;
};

inline constexpr const char *Roles = "policies/models/roles.toml";
inline constexpr const char *Model = "policies/models/toy.toml";
inline constexpr const char *Page = "checks/crypto/ecb-mode.md";
inline constexpr const char *Profile = "policies/profiles/baseline.toml";
inline constexpr const char *Vocabulary = "policies/vocabulary/words.toml";
inline constexpr const char *Taxonomy = "policies/standards/taxonomy.toml";

class MalformedInput : public testing::TestWithParam<Malformed> {};

inline std::string nameOf(const testing::TestParamInfo<Malformed> &Info) {
  return Info.param.Name;
}

} // namespace assay::test

#endif
