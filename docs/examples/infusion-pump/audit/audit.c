#include "audit.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crypto_util.h"
#include "pump_log.h"

#define RECORD_MAX 320

static const char *const event_names[] = {
    [AUDIT_LOGIN_OK] = "login",
    [AUDIT_LOGIN_FAILED] = "login-failed",
    [AUDIT_LOGOUT] = "logout",
    [AUDIT_USER_CHANGED] = "user-changed",
    [AUDIT_PASSWORD_CHANGED] = "password-changed",
    [AUDIT_DOSE_CHANGED] = "dose-changed",
    [AUDIT_CONFIG_CHANGED] = "config-changed",
    [AUDIT_UPDATE] = "update",
    [AUDIT_LOG_CLEARED] = "log-cleared",
    [AUDIT_LOG_EXPORTED] = "log-exported",
};

static FILE *audit_file;
static char audit_path[256];
static uint8_t chain[EVP_MAX_MD_SIZE];
static unsigned int chain_len;

pump_status audit_open(const char *path)
{
    CHECK_PARAM(path != NULL && strlen(path) < sizeof(audit_path));
    audit_file = fopen(path, "a");
    if (audit_file == NULL)
        return PUMP_ERR_IO;
    memcpy(audit_path, path, strlen(path) + 1);
    return PUMP_OK;
}

void audit_close(void)
{
    if (audit_file != NULL)
        fclose(audit_file);
    audit_file = NULL;
}

static pump_status chain_next(const char *line, size_t len)
{
    uint8_t buf[EVP_MAX_MD_SIZE + RECORD_MAX];

    memcpy(buf, chain, chain_len);
    memcpy(buf + chain_len, line, len);
    return cu_digest(AUDIT_CHAIN_MD, buf, chain_len + len, chain, &chain_len);
}

static pump_status write_record(const char *line, size_t len)
{
    pump_status st = chain_next(line, len);

    if (st != PUMP_OK)
        return st;
    fprintf(audit_file, "%s ", line);
    for (unsigned int i = 0; i < chain_len; i++)
        fprintf(audit_file, "%02x", chain[i]);
    fputc('\n', audit_file);
    if (fflush(audit_file) != 0 || fsync(fileno(audit_file)) != 0)
        return PUMP_ERR_IO;
    return PUMP_OK;
}

pump_status audit_record(enum audit_event ev, const char *user,
                         const char *fmt, ...)
{
    char line[RECORD_MAX];
    char text[200];
    va_list ap;
    int n;

    if (audit_file == NULL)
        return PUMP_ERR_STATE;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    n = snprintf(line, sizeof(line), "%lld %s user=%s %s",
                 (long long)time(NULL), event_names[ev],
                 user != NULL ? user : "-", text);
    if (n < 0)
        return PUMP_ERR_IO;
    if ((size_t)n >= sizeof(line))
        n = (int)sizeof(line) - 1;
    return write_record(line, (size_t)n);
}

/* Full logs are kept beside the running one. */
pump_status audit_rotate(const char *user)
{
    char old[sizeof(audit_path) + 16];

    if (audit_file == NULL)
        return PUMP_ERR_STATE;
    snprintf(old, sizeof(old), "%s.%lld", audit_path, (long long)time(NULL));
    audit_close();
    if (rename(audit_path, old) != 0)
        LOG_WARN("audit log not rotated");
    audit_file = fopen(audit_path, "a");
    if (audit_file == NULL)
        return PUMP_ERR_IO;
    return audit_record(AUDIT_LOG_CLEARED, user, "rotated to %s", old);
}

/* Before a pump goes back to the rental pool. */
pump_status audit_clear(const char *user)
{
    if (audit_file == NULL)
        return PUMP_ERR_STATE;
    audit_close();
    audit_file = fopen(audit_path, "w");
    if (audit_file == NULL)
        return PUMP_ERR_IO;
    chain_len = 0;
    LOG_INFO("audit log cleared by %s", user);
    return PUMP_OK;
}
