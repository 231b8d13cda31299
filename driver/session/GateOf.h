/// Whether a run may go through: the policy's gate against findings and coverage.
#ifndef ASSAY_DRIVER_SESSION_GATEOF_H
#define ASSAY_DRIVER_SESSION_GATEOF_H

#include "policies/schema/Policy.h"

namespace assay {

/// A run with no unit analysed never holds, whatever the policy says.
Gate gateOf(const GateRules &Rules, const Report &R);

} // namespace assay

#endif
