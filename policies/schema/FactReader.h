/// Readers of what models and checks say about values: facts, sets of facts, comparisons with a
/// number.
#ifndef ASSAY_POLICIES_SCHEMA_FACTREADER_H
#define ASSAY_POLICIES_SCHEMA_FACTREADER_H

#include "policies/schema/Policy.h"
#include "policies/schema/Reader.h"

namespace assay {

/// { algorithm = "3DES", bits = 112, verify = false }
Reader<Facts> facts();

/// { mode = "ECB", algorithm = ["DES", "RC4"] }
Reader<std::map<std::string, std::vector<FactValue>>> factSets();

/// { bits = 128 }
Reader<std::map<std::string, int64_t>> factLimits();

/// "== 1", ">= 0x300", a bare number, or true / false (not zero / zero).
Reader<IntCondition> intCondition();

} // namespace assay

#endif
