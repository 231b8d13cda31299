#ifndef PUMP_LOG_H
#define PUMP_LOG_H

#ifdef __cplusplus
extern "C" {
#endif

enum log_level { LOG_LVL_DEBUG, LOG_LVL_INFO, LOG_LVL_WARN, LOG_LVL_ERROR };

void pump_log_set_level(enum log_level lvl);
void pump_log(enum log_level lvl, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#define LOG_DBG(...)  pump_log(LOG_LVL_DEBUG, __VA_ARGS__)
#define LOG_INFO(...) pump_log(LOG_LVL_INFO, __VA_ARGS__)
#define LOG_WARN(...) pump_log(LOG_LVL_WARN, __VA_ARGS__)
#define LOG_ERR(...)  pump_log(LOG_LVL_ERROR, __VA_ARGS__)

#ifdef __cplusplus
}
#endif
#endif
