#include "crypto_util.h"

#include <limits.h>
#include <stdio.h>

#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include "pump_log.h"

pump_status cu_random(uint8_t *buf, size_t len)
{
    CHECK_PARAM(buf != NULL && len <= INT_MAX);
    if (RAND_bytes(buf, (int)len) != 1) {
        LOG_ERR("random generator not ready");
        return PUMP_ERR_CRYPTO;
    }
    return PUMP_OK;
}

pump_status cu_digest(const EVP_MD *md, const void *data, size_t len,
                      uint8_t *out, unsigned int *out_len)
{
    CHECK_PARAM(md != NULL && out != NULL);
    if (EVP_Digest(data, len, out, out_len, md, NULL) != 1)
        return PUMP_ERR_CRYPTO;
    return PUMP_OK;
}

pump_status cu_pbkdf2(const char *pw, const uint8_t *salt, size_t salt_len,
                      int iterations, uint8_t *key, size_t key_len)
{
    CHECK_PARAM(pw != NULL && salt != NULL && key != NULL);
    CHECK_PARAM(salt_len <= INT_MAX && key_len <= INT_MAX);
    if (PKCS5_PBKDF2_HMAC(pw, -1, salt, (int)salt_len, iterations, EVP_sha256(),
                          (int)key_len, key) != 1)
        return PUMP_ERR_CRYPTO;
    return PUMP_OK;
}

static pump_status encrypt_all(EVP_CIPHER_CTX *ctx, const uint8_t *in,
                               size_t in_len, uint8_t *out, size_t *out_len)
{
    int n = 0;
    int last = 0;

    CHECK_PARAM(in_len <= INT_MAX - CU_BLOCK);
    if (EVP_EncryptUpdate(ctx, out, &n, in, (int)in_len) != 1)
        return PUMP_ERR_CRYPTO;
    if (EVP_EncryptFinal_ex(ctx, out + n, &last) != 1)
        return PUMP_ERR_CRYPTO;
    *out_len = (size_t)n + (size_t)last;
    return PUMP_OK;
}

pump_status cu_encrypt_profile(const struct cipher_profile *p,
                               const uint8_t *key, const uint8_t *iv,
                               const uint8_t *in, size_t in_len, uint8_t *out,
                               size_t *out_len)
{
    pump_status st = PUMP_ERR_CRYPTO;
    EVP_CIPHER_CTX *ctx;

    CHECK_PARAM(p != NULL && key != NULL && iv != NULL);
    ctx = EVP_CIPHER_CTX_new();
    if (ctx == NULL)
        return PUMP_ERR_CRYPTO;
    if (EVP_EncryptInit_ex(ctx, p->cipher(), NULL, key, iv) != 1)
        goto out;
    st = encrypt_all(ctx, in, in_len, out, out_len);
out:
    EVP_CIPHER_CTX_free(ctx);
    return st;
}

pump_status cu_run_job(struct cu_job *job)
{
    pump_status st = PUMP_ERR_CRYPTO;
    EVP_CIPHER_CTX *ctx;

    CHECK_PARAM(job != NULL && job->cipher != NULL && job->out != NULL);
    ctx = EVP_CIPHER_CTX_new();
    if (ctx == NULL)
        return PUMP_ERR_CRYPTO;
    if (EVP_EncryptInit_ex(ctx, job->cipher, NULL, job->key, job->iv) != 1)
        goto out;
    st = encrypt_all(ctx, job->in, job->in_len, job->out, &job->out_len);
out:
    EVP_CIPHER_CTX_free(ctx);
    return st;
}

pump_status cu_gcm_seal(const uint8_t *key, const uint8_t *nonce,
                        const uint8_t *in, size_t in_len, uint8_t *out,
                        uint8_t *tag)
{
    pump_status st = PUMP_ERR_CRYPTO;
    size_t out_len = 0;
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();

    if (ctx == NULL)
        return PUMP_ERR_CRYPTO;
    if (EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce) != 1)
        goto out;
    st = encrypt_all(ctx, in, in_len, out, &out_len);
    if (st != PUMP_OK)
        goto out;
    if (EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, CU_TAG_LEN, tag) != 1)
        st = PUMP_ERR_CRYPTO;
out:
    EVP_CIPHER_CTX_free(ctx);
    return st;
}

pump_status cu_rsa_generate(int bits, EVP_PKEY **out)
{
    pump_status st = PUMP_ERR_CRYPTO;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);

    if (ctx == NULL)
        return PUMP_ERR_CRYPTO;
    if (EVP_PKEY_keygen_init(ctx) != 1)
        goto out;
    if (EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) != 1)
        goto out;
    if (EVP_PKEY_keygen(ctx, out) != 1)
        goto out;
    st = PUMP_OK;
out:
    EVP_PKEY_CTX_free(ctx);
    return st;
}

pump_status cu_ec_generate(EVP_PKEY **out)
{
    pump_status st = PUMP_ERR_CRYPTO;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);

    if (ctx == NULL)
        return PUMP_ERR_CRYPTO;
    if (EVP_PKEY_keygen_init(ctx) != 1)
        goto out;
    if (EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, NID_X9_62_prime256v1) != 1)
        goto out;
    if (EVP_PKEY_keygen(ctx, out) != 1)
        goto out;
    st = PUMP_OK;
out:
    EVP_PKEY_CTX_free(ctx);
    return st;
}

int cu_equal(const void *a, const void *b, size_t len)
{
    return CRYPTO_memcmp(a, b, len) == 0;
}

void cu_wipe(void *p, size_t len)
{
    OPENSSL_cleanse(p, len);
}

pump_status cu_read_secret(const char *path, uint8_t *buf, size_t len)
{
    FILE *f = fopen(path, "rb");
    size_t got;

    if (f == NULL)
        return PUMP_ERR_IO;
    setvbuf(f, NULL, _IONBF, 0);
    got = fread(buf, 1, len, f);
    fclose(f);
    if (got != len) {
        cu_wipe(buf, len);
        return PUMP_ERR_IO;
    }
    return PUMP_OK;
}
