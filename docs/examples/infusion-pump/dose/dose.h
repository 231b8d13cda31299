#ifndef DOSE_H
#define DOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "pump_status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct drug_limits {
    const char *drug;
    double soft_max; /* ml/h, may be confirmed by a nurse */
    double hard_max; /* ml/h */
    double bolus_max; /* ml */
};

struct dose_state {
    const struct drug_limits *drug;
    double rate;
    double bolus;
    double calibration;
    bool running;
    bool limits_off;
};

const struct dose_state *dose_state(void);
pump_status dose_select(const char *drug, const char *user);
pump_status dose_set_rate(double rate, bool confirmed, const char *user);
pump_status dose_bolus(double ml, const char *user);
pump_status dose_stop(const char *user);
pump_status dose_calibrate(double factor, const char *user);
pump_status dose_limits_off(const char *user);

#ifdef __cplusplus
}
#endif
#endif
