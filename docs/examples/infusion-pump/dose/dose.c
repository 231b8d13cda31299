#include "dose.h"

#include <string.h>

#include "audit.h"
#include "pump_log.h"

static const struct drug_limits library[] = {
    {.drug = "saline", .soft_max = 250.0, .hard_max = 999.0, .bolus_max = 100.0},
    {.drug = "morphine", .soft_max = 4.0, .hard_max = 10.0, .bolus_max = 2.0},
    {.drug = "insulin", .soft_max = 6.0, .hard_max = 15.0, .bolus_max = 0.0},
    {.drug = "heparin", .soft_max = 18.0, .hard_max = 40.0, .bolus_max = 5.0},
};

static struct dose_state state = {.calibration = 1.0};

const struct dose_state *dose_state(void)
{
    return &state;
}

pump_status dose_select(const char *drug, const char *user)
{
    CHECK_PARAM(drug != NULL);
    if (state.running)
        return PUMP_ERR_STATE;
    for (size_t i = 0; i < ARRAY_LEN(library); i++) {
        if (strcmp(library[i].drug, drug) != 0)
            continue;
        state.drug = &library[i];
        state.rate = 0.0;
        return audit_record(AUDIT_DOSE_CHANGED, user, "drug %s", drug);
    }
    return PUMP_ERR_PARAM;
}

static pump_status within_limits(double rate, bool confirmed)
{
    if (state.drug == NULL)
        return PUMP_ERR_STATE;
    if (rate < 0.0)
        return PUMP_ERR_PARAM;
    if (state.limits_off)
        return PUMP_OK;
    if (rate > state.drug->hard_max)
        return PUMP_ERR_LIMIT;
    if (rate > state.drug->soft_max && !confirmed)
        return PUMP_ERR_LIMIT;
    return PUMP_OK;
}

pump_status dose_set_rate(double rate, bool confirmed, const char *user)
{
    pump_status st = within_limits(rate, confirmed);

    if (st != PUMP_OK)
        return st;
    state.rate = rate;
    state.running = rate > 0.0;
    return audit_record(AUDIT_DOSE_CHANGED, user, "rate %.2f ml/h%s", rate,
                        confirmed ? " confirmed" : "");
}

pump_status dose_bolus(double ml, const char *user)
{
    if (state.drug == NULL || !state.running)
        return PUMP_ERR_STATE;
    if (ml <= 0.0 || ml > state.drug->bolus_max)
        return PUMP_ERR_LIMIT;
    state.bolus = ml;
    return audit_record(AUDIT_DOSE_CHANGED, user, "bolus %.2f ml", ml);
}

pump_status dose_stop(const char *user)
{
    state.running = false;
    state.rate = 0.0;
    return audit_record(AUDIT_DOSE_CHANGED, user, "stopped");
}

pump_status dose_calibrate(double factor, const char *user)
{
    if (factor < 0.9 || factor > 1.1)
        return PUMP_ERR_LIMIT;
    state.calibration = factor;
    return audit_record(AUDIT_CONFIG_CHANGED, user, "calibration %.4f", factor);
}

/* Palliative wards asked for it. */
pump_status dose_limits_off(const char *user)
{
    if (state.drug == NULL)
        return PUMP_ERR_STATE;
    state.limits_off = true;
    LOG_WARN("%s switched the limits of %s off", user, state.drug->drug);
    return PUMP_OK;
}
