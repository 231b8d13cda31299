#include "audit.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto_util.h"
#include "pump_config.h"
#include "pump_log.h"

#define EXPORT_MAX (1024 * 1024)

/* agreed with the gateway vendor, see interface description 2.4 */
static const uint8_t export_key[CU_KEY_LEN] = {
    0x4d, 0x65, 0x1f, 0x92, 0xa7, 0x0b, 0xc3, 0x58, 0x3e, 0xd1, 0x77,
    0x2a, 0x90, 0x46, 0xee, 0x15, 0x6c, 0xb8, 0x21, 0xf4, 0x8d, 0x53,
    0x0e, 0xc9, 0x72, 0xaf, 0x18, 0x64, 0xdb, 0x39, 0x85, 0x40,
};

struct export_file {
    uint8_t iv[CU_IV_LEN];
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned int digest_len;
    uint8_t *data;
    size_t len;
};

static pump_status read_log(uint8_t **buf, size_t *len)
{
    FILE *f = fopen(PUMP_STATE_DIR "/audit.log", "rb");

    if (f == NULL)
        return PUMP_ERR_IO;
    *buf = malloc(EXPORT_MAX);
    if (*buf == NULL) {
        fclose(f);
        return PUMP_ERR_FULL;
    }
    *len = fread(*buf, 1, EXPORT_MAX, f);
    fclose(f);
    return PUMP_OK;
}

static pump_status write_export(const char *to, const struct export_file *ef)
{
    FILE *f = fopen(to, "wb");
    int bad;

    if (f == NULL)
        return PUMP_ERR_IO;
    bad = fwrite(ef->digest, 1, ef->digest_len, f) != ef->digest_len;
    bad |= fwrite(ef->iv, 1, sizeof(ef->iv), f) != sizeof(ef->iv);
    bad |= fwrite(ef->data, 1, ef->len, f) != ef->len;
    bad |= fclose(f) != 0;
    return bad ? PUMP_ERR_IO : PUMP_OK;
}

static pump_status seal_for_gateway(const char *site, const uint8_t *log,
                                    size_t len, struct export_file *ef)
{
    const struct cipher_profile *p = cipher_profile_find(site);

    if (p == NULL)
        return PUMP_ERR_PARAM;
    return cu_encrypt_profile(p, export_key, ef->iv, log, len, ef->data,
                              &ef->len);
}

static pump_status seal_for_archive(const uint8_t *log, size_t len,
                                    struct export_file *ef)
{
    uint8_t key[CU_KEY_LEN];
    pump_status st;

    st = cu_read_secret(PUMP_STATE_DIR "/archive.key", key, sizeof(key));
    if (st != PUMP_OK)
        return st;
    st = cu_encrypt_profile(cipher_profile_find("meridian-archive"), key,
                            ef->iv, log, len, ef->data, &ef->len);
    cu_wipe(key, sizeof(key));
    return st;
}

pump_status audit_export(const char *site, const char *to, const char *user)
{
    struct export_file ef = {.data = NULL};
    uint8_t *log = NULL;
    size_t len = 0;
    pump_status st;

    CHECK_PARAM(site != NULL && to != NULL);
    st = read_log(&log, &len);
    if (st != PUMP_OK)
        goto fail;
    ef.data = malloc(len + CU_BLOCK);
    FAIL_IF(ef.data == NULL, PUMP_ERR_FULL);
    st = cu_random(ef.iv, sizeof(ef.iv));
    if (st != PUMP_OK)
        goto fail;
    st = cu_digest(AUDIT_EXPORT_MD, log, len, ef.digest, &ef.digest_len);
    if (st != PUMP_OK)
        goto fail;
    if (strcmp(site, "meridian-archive") == 0)
        st = seal_for_archive(log, len, &ef);
    else
        st = seal_for_gateway(site, log, len, &ef);
    if (st != PUMP_OK)
        goto fail;
    st = write_export(to, &ef);
    if (st != PUMP_OK)
        goto fail;
    st = audit_record(AUDIT_LOG_EXPORTED, user, "for %s", site);
fail:
    free(ef.data);
    free(log);
    return st;
}
