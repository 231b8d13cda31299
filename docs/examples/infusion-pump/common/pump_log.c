#include "pump_log.h"

#include <stdarg.h>
#include <stdio.h>

#include "pump_status.h"

static enum log_level threshold = LOG_LVL_INFO;

static const char *const level_names[] = {
    [LOG_LVL_DEBUG] = "debug",
    [LOG_LVL_INFO] = "info",
    [LOG_LVL_WARN] = "warn",
    [LOG_LVL_ERROR] = "error",
};

static const struct {
    pump_status st;
    const char *text;
} status_names[] = {
    {PUMP_OK, "ok"},
    {PUMP_ERR_PARAM, "bad parameter"},
    {PUMP_ERR_CRYPTO, "crypto failure"},
    {PUMP_ERR_IO, "input/output error"},
    {PUMP_ERR_AUTH, "wrong user or password"},
    {PUMP_ERR_DENIED, "not allowed for this role"},
    {PUMP_ERR_LIMIT, "outside drug limits"},
    {PUMP_ERR_STATE, "not possible in this state"},
    {PUMP_ERR_NET, "network error"},
    {PUMP_ERR_VERSION, "version not newer"},
    {PUMP_ERR_MUST_CHANGE, "password must be changed first"},
    {PUMP_ERR_FULL, "no space left"},
};

const char *pump_strstatus(pump_status st)
{
    for (size_t i = 0; i < ARRAY_LEN(status_names); i++)
        if (status_names[i].st == st)
            return status_names[i].text;
    return "unknown status";
}

void pump_log_set_level(enum log_level lvl)
{
    threshold = lvl;
}

void pump_log(enum log_level lvl, const char *fmt, ...)
{
    va_list ap;

    if (lvl < threshold)
        return;
    fprintf(stderr, "ip200 %s: ", level_names[lvl]);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}
