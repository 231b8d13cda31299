/// What was found in a unit, told for the unit as it is now, where an edit only moved it.
///
/// It judges nothing. What it cannot move surely, it does not move.
#ifndef ASSAY_DRIVER_SESSION_MOVEDFINDINGS_H
#define ASSAY_DRIVER_SESSION_MOVEDFINDINGS_H

#include "driver/session/UnitAnswers.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

/// `MainFile`: stored form. None: the unit says something else now, or a finding names a place of
/// that file that no row has.
std::optional<std::vector<UnitFinding>> movedTo(const UnitShape &Now, JudgedUnit Then,
                                                const std::string &MainFile);

} // namespace assay

#endif
