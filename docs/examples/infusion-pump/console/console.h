#ifndef CONSOLE_H
#define CONSOLE_H

#include "auth.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Runs one line; the session is opened by the login commands. */
pump_status console_run(char *line, struct session **s);

/* Given by main, which owns the store. */
typedef pump_status (*console_setting_fn)(const char *key, const char *value,
                                          const char *user);
typedef pump_status (*console_network_fn)(const char *ssid, const char *psk);
void console_set_store(console_setting_fn set, console_network_fn network);

#ifdef __cplusplus
}
#endif
#endif
