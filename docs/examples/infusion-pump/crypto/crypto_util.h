#ifndef CRYPTO_UTIL_H
#define CRYPTO_UTIL_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "pump_status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CU_KEY_LEN   32
#define CU_IV_LEN    16
#define CU_NONCE_LEN 12
#define CU_TAG_LEN   16
#define CU_BLOCK     16

/* One way of encrypting a file for somebody else; see cipher_profiles.c. */
struct cipher_profile {
    const char *name;
    const EVP_CIPHER *(*cipher)(void);
    size_t key_len;
    size_t iv_len;
};

/* A bulk encryption, filled by the caller. */
struct cu_job {
    const EVP_CIPHER *cipher;
    const uint8_t *key;
    const uint8_t *iv;
    const uint8_t *in;
    size_t in_len;
    uint8_t *out; /* in_len + CU_BLOCK */
    size_t out_len;
};

const struct cipher_profile *cipher_profile_find(const char *name);

pump_status cu_random(uint8_t *buf, size_t len);
pump_status cu_digest(const EVP_MD *md, const void *data, size_t len,
                      uint8_t *out, unsigned int *out_len);
pump_status cu_pbkdf2(const char *pw, const uint8_t *salt, size_t salt_len,
                      int iterations, uint8_t *key, size_t key_len);
pump_status cu_encrypt_profile(const struct cipher_profile *p,
                               const uint8_t *key, const uint8_t *iv,
                               const uint8_t *in, size_t in_len, uint8_t *out,
                               size_t *out_len);
pump_status cu_run_job(struct cu_job *job);
pump_status cu_gcm_seal(const uint8_t *key, const uint8_t *nonce,
                        const uint8_t *in, size_t in_len, uint8_t *out,
                        uint8_t *tag);
pump_status cu_rsa_generate(int bits, EVP_PKEY **out);
pump_status cu_ec_generate(EVP_PKEY **out);
int cu_equal(const void *a, const void *b, size_t len);
void cu_wipe(void *p, size_t len);
pump_status cu_read_secret(const char *path, uint8_t *buf, size_t len);

#ifdef __cplusplus
}
#endif
#endif
