/// What a project declares of its device, and the property that compares it with the code.
#ifndef ASSAY_POLICIES_SCHEMA_DECLARATIONS_H
#define ASSAY_POLICIES_SCHEMA_DECLARATIONS_H

#include "policies/schema/Context.h"
#include "policies/schema/Located.h"
#include "policies/schema/PropertyGrade.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace assay {

/// What the code is asked for, to be compared with what the policy declares.
enum class Inventory : uint8_t { Ports, Algorithms, Accounts };

/// Each is declared that is met, and each met that is declared. Without a declaration nothing is
/// asked.
struct DeclaredProperty {
  Inventory Of = Inventory::Ports;
  std::vector<std::string> At;     ///< roles
  std::vector<std::string> Bind;   ///< the port; what carries the fact `algorithm`; the user's name
  std::vector<std::string> Beside; ///< accounts: classes of names; also those in rows of tables
                                   ///< that hold such a secret
  Context Where;
  std::string Message; ///< at a site; may use {value}, {callee}
  std::string Unmet;   ///< at the declaration; may use {value}
  PropertyGrade Grade;
};

/// A port that the device listens on.
struct DeclaredStream {
  Located<int64_t> Port;
  std::string Protocol, Purpose; ///< for the reader; not compared
};

/// [declared]: what the project says of itself. Absent: it says nothing.
struct Declarations {
  std::optional<std::vector<DeclaredStream>> Streams;
  std::optional<std::vector<Located<std::string>>> Algorithms;
  std::optional<std::vector<Located<std::string>>> Accounts; ///< that the program itself makes
};

} // namespace assay

#endif
