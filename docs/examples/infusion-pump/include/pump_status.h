#ifndef PUMP_STATUS_H
#define PUMP_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pump_status {
    PUMP_OK = 0,
    PUMP_ERR_PARAM = -1,
    PUMP_ERR_CRYPTO = -2,
    PUMP_ERR_IO = -3,
    PUMP_ERR_AUTH = -4,
    PUMP_ERR_DENIED = -5,
    PUMP_ERR_LIMIT = -6,
    PUMP_ERR_STATE = -7,
    PUMP_ERR_NET = -8,
    PUMP_ERR_VERSION = -9,
    PUMP_ERR_MUST_CHANGE = -10,
    PUMP_ERR_FULL = -11
} pump_status;

const char *pump_strstatus(pump_status st);

#define CHECK_PARAM(cond)          \
    do {                           \
        if (!(cond))               \
            return PUMP_ERR_PARAM; \
    } while (0)

#define FAIL_IF(cond, code)  \
    do {                     \
        if (cond) {          \
            st = (code);     \
            goto fail;       \
        }                    \
    } while (0)

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#ifdef __cplusplus
}
#endif
#endif
