#include "update.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "pump_log.h"

static const char release_key_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0sHVWqhoxq5nmneh1EZJG+uk18ea\n"
    "HgTQC+Eo1+622l7+GHF4fLg7DcSg2OQOSwaqC/iMAe2/fpPciOgXUxIh3A==\n"
    "-----END PUBLIC KEY-----\n";

static EVP_PKEY *release_key(void)
{
    BIO *bio = BIO_new_mem_buf(release_key_pem, -1);
    EVP_PKEY *key;

    if (bio == NULL)
        return NULL;
    key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
    BIO_free(bio);
    return key;
}

pump_status fw_load(const char *path, struct fw_image *img)
{
    FILE *f = fopen(path, "rb");
    pump_status st = PUMP_OK;

    memset(img, 0, sizeof(*img));
    if (f == NULL)
        return PUMP_ERR_IO;
    FAIL_IF(fread(&img->hdr, sizeof(img->hdr), 1, f) != 1, PUMP_ERR_IO);
    FAIL_IF(img->hdr.magic != FW_MAGIC, PUMP_ERR_PARAM);
    FAIL_IF(img->hdr.length == 0 || img->hdr.length > FW_MAX, PUMP_ERR_PARAM);
    FAIL_IF(img->hdr.sig_len > FW_SIG_MAX, PUMP_ERR_PARAM);
    img->data = malloc(img->hdr.length);
    FAIL_IF(img->data == NULL, PUMP_ERR_FULL);
    FAIL_IF(fread(img->data, 1, img->hdr.length, f) != img->hdr.length,
            PUMP_ERR_IO);
fail:
    fclose(f);
    if (st != PUMP_OK)
        fw_free(img);
    return st;
}

void fw_free(struct fw_image *img)
{
    free(img->data);
    img->data = NULL;
}

/* The version is signed with the data. */
static int update_digest(EVP_MD_CTX *ctx, const struct fw_image *img)
{
    if (EVP_DigestVerifyUpdate(ctx, &img->hdr.version,
                               sizeof(img->hdr.version)) != 1)
        return 0;
    return EVP_DigestVerifyUpdate(ctx, img->data, img->hdr.length) == 1;
}

pump_status fw_verify(const struct fw_image *img)
{
    pump_status st = PUMP_ERR_CRYPTO;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY *key = release_key();

    if (ctx == NULL || key == NULL)
        goto fail;
    if (EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) != 1)
        goto fail;
    if (!update_digest(ctx, img))
        goto fail;
    if (EVP_DigestVerifyFinal(ctx, img->hdr.sig, img->hdr.sig_len) != 1) {
        LOG_ERR("firmware signature is wrong");
        goto fail;
    }
    st = PUMP_OK;
fail:
    EVP_PKEY_free(key);
    EVP_MD_CTX_free(ctx);
    return st;
}

pump_status fw_verify_file(const char *path)
{
    struct fw_image img;
    pump_status st = fw_load(path, &img);

    if (st != PUMP_OK)
        return st;
    st = fw_verify(&img);
    fw_free(&img);
    return st;
}

pump_status fw_verify_channel(const struct fw_image *img,
                              const struct fw_channel *ch)
{
    pump_status st = PUMP_ERR_CRYPTO;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY *key = release_key();

    if (ctx == NULL || key == NULL)
        goto fail;
    if (EVP_DigestVerifyInit(ctx, NULL, EVP_get_digestbyname(ch->digest), NULL, key) != 1)
        goto fail;
    if (!update_digest(ctx, img))
        goto fail;
    if (EVP_DigestVerifyFinal(ctx, img->hdr.sig, img->hdr.sig_len) == 1)
        st = PUMP_OK;
fail:
    EVP_PKEY_free(key);
    EVP_MD_CTX_free(ctx);
    return st;
}

/* Modules: the barcode reader and the syringe head. */
pump_status fw_verify_module(const struct fw_image *img)
{
    pump_status st = PUMP_ERR_CRYPTO;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY *key = release_key();
    int rc;

    if (ctx == NULL || key == NULL)
        goto fail;
    if (EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) != 1)
        goto fail;
    if (!update_digest(ctx, img))
        goto fail;
    rc = EVP_DigestVerifyFinal(ctx, img->hdr.sig, img->hdr.sig_len);
    if (!rc) {
        LOG_ERR("module signature is wrong");
        goto fail;
    }
    st = PUMP_OK;
fail:
    EVP_PKEY_free(key);
    EVP_MD_CTX_free(ctx);
    return st;
}
