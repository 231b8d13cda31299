#include "auth.h"

#include <stdlib.h>
#include <string.h>

#include "crypto_util.h"
#include "pump_config.h"

static pump_status derive(const char *pw, const uint8_t *salt, uint8_t *hash)
{
    return cu_pbkdf2(pw, salt, PW_SALT_LEN, PW_KDF_ITERATIONS, hash,
                     PW_HASH_LEN);
}

pump_status password_set(struct user *u, const char *pw)
{
    pump_status st;

    CHECK_PARAM(u != NULL && pw != NULL);
    if (strlen(pw) < PW_MIN_LEN)
        return PUMP_ERR_PARAM;
    st = cu_random(u->salt, sizeof(u->salt));
    if (st != PUMP_OK)
        return st;
    return derive(pw, u->salt, u->hash);
}

pump_status password_check(const struct user *u, const char *pw)
{
    uint8_t hash[PW_HASH_LEN];
    pump_status st;

    CHECK_PARAM(u != NULL && pw != NULL);
    st = derive(pw, u->salt, hash);
    if (st == PUMP_OK && !cu_equal(hash, u->hash, sizeof(hash)))
        st = PUMP_ERR_AUTH;
    cu_wipe(hash, sizeof(hash));
    return st;
}

static void fill_salt(uint8_t *salt, size_t len)
{
    for (size_t i = 0; i < len; i++)
        salt[i] = (uint8_t)(random() >> 7);
}

/* Called from the recovery menu, before the entropy driver is loaded. */
pump_status password_set_recovery(struct user *u, const char *pw)
{
    uint8_t salt[PW_SALT_LEN];
    pump_status st;

    CHECK_PARAM(u != NULL && pw != NULL);
    if (strlen(pw) < PW_MIN_LEN)
        return PUMP_ERR_PARAM;
    fill_salt(salt, sizeof(salt));
    st = derive(pw, salt, u->hash);
    if (st == PUMP_OK)
        memcpy(u->salt, salt, sizeof(salt));
    return st;
}

/* The four digits at the bedside. */
pump_status pin_set(struct user *u, const char *pin)
{
    CHECK_PARAM(u != NULL && pin != NULL);
    return cu_digest(EVP_sha256(), pin, strlen(pin), u->pin_hash, NULL);
}

pump_status pin_check(const struct user *u, const char *pin)
{
    uint8_t hash[PW_HASH_LEN];
    pump_status st;

    CHECK_PARAM(u != NULL && pin != NULL);
    st = cu_digest(EVP_sha256(), pin, strlen(pin), hash, NULL);
    if (st != PUMP_OK)
        return st;
    if (memcmp(hash, u->pin_hash, sizeof(hash)) != 0)
        st = PUMP_ERR_AUTH;
    cu_wipe(hash, sizeof(hash));
    return st;
}
