#ifndef AUDIT_H
#define AUDIT_H

#include <openssl/evp.h>

#include "pump_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each record carries the digest of the one before it. */
#define AUDIT_CHAIN_MD  EVP_md5()
#define AUDIT_EXPORT_MD EVP_sha256()

enum audit_event {
    AUDIT_LOGIN_OK,
    AUDIT_LOGIN_FAILED,
    AUDIT_LOGOUT,
    AUDIT_USER_CHANGED,
    AUDIT_PASSWORD_CHANGED,
    AUDIT_DOSE_CHANGED,
    AUDIT_CONFIG_CHANGED,
    AUDIT_UPDATE,
    AUDIT_LOG_CLEARED,
    AUDIT_LOG_EXPORTED
};

pump_status audit_open(const char *path);
void audit_close(void);
pump_status audit_record(enum audit_event ev, const char *user,
                         const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
pump_status audit_rotate(const char *user);
pump_status audit_clear(const char *user);
pump_status audit_export(const char *site, const char *to, const char *user);

#ifdef __cplusplus
}
#endif
#endif
