/// What a run says about itself: how much was analysed, what went wrong, what the gate decided.
#ifndef ASSAY_SARIF_REPORT_SARIFNOTIFICATIONS_H
#define ASSAY_SARIF_REPORT_SARIFNOTIFICATIONS_H

#include "sarif/report/SarifJson.h"
#include "sarif/report/SarifPlaces.h"
#include "sarif/report/SarifWriter.h"

#include <string>

namespace assay {

/// tool.driver.notifications: the kinds that invocation() uses.
Json notificationDescriptors();

/// Names every file that a notification points at.
void addNotificationPlaces(const Report &R, SarifPlaces &Places);

/// invocations[0]. `LeftOut` findings did not fit into this file.
Json invocation(const Report &R, const SarifOptions &Options, const SarifPlaces &Places,
                size_t LeftOut);

} // namespace assay

#endif
