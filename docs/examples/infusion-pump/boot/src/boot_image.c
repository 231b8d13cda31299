#include "boot.h"

#include <string.h>

#include <mbedtls/md.h>
#include <mbedtls/pk.h>
#include <mbedtls/sha256.h>

/* Public part of the release key, SubjectPublicKeyInfo. */
static const unsigned char root_key[] = {
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
    0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03,
    0x42, 0x00, 0x04, 0xd2, 0xc1, 0xd5, 0x5a, 0xa8, 0x68, 0xc6, 0xae, 0x67,
    0x9a, 0x77, 0xa1, 0xd4, 0x46, 0x49, 0x1b, 0xeb, 0xa4, 0xd7, 0xc7, 0x9a,
    0x1e, 0x04, 0xd0, 0x0b, 0xe1, 0x28, 0xd7, 0xee, 0xb6, 0xda, 0x5e, 0xfe,
    0x18, 0x71, 0x78, 0x7c, 0xb8, 0x3b, 0x0d, 0xc4, 0xa0, 0xd8, 0xe4, 0x0e,
    0x4b, 0x06, 0xaa, 0x0b, 0xf8, 0x8c, 0x01, 0xed, 0xbf, 0x7e, 0x93, 0xdc,
    0x88, 0xe8, 0x17, 0x53, 0x12, 0x21, 0xdc,
};

static const struct {
    mbedtls_md_type_t md;
    size_t len;
} digests[] = {
    [0] = {.md = MBEDTLS_MD_SHA256, .len = 32},
    [1] = {.md = MBEDTLS_MD_SHA384, .len = 48},
    [2] = {.md = MBEDTLS_MD_SHA1, .len = 20}, /* 1.x images */
};

#define DIGESTS (sizeof(digests) / sizeof(digests[0]))

int boot_image_load(const struct flash_dev *dev, uint32_t off,
                    struct boot_image *img)
{
    if (flash_read(dev, off, &img->hdr, sizeof(img->hdr)) != 0)
        return BOOT_E_FLASH;
    if (img->hdr.magic != BOOT_MAGIC || img->hdr.length > BOOT_IMAGE_MAX ||
        img->hdr.sig_len > BOOT_SIG_MAX || img->hdr.digest >= DIGESTS)
        return BOOT_E_HEADER;
    if (flash_read(dev, off + sizeof(img->hdr), img->data, img->hdr.length) != 0)
        return BOOT_E_FLASH;
    return BOOT_OK;
}

static int check_signature(mbedtls_md_type_t md, const uint8_t *hash, size_t len,
                           const struct boot_header *h)
{
    mbedtls_pk_context pk;
    int rc;

    mbedtls_pk_init(&pk);
    rc = mbedtls_pk_parse_public_key(&pk, root_key, sizeof(root_key));
    if (rc == 0)
        rc = mbedtls_pk_verify(&pk, md, hash, len, h->sig, h->sig_len);
    mbedtls_pk_free(&pk);
    return rc == 0 ? BOOT_OK : BOOT_E_SIGNATURE;
}

int boot_image_verify(const struct boot_image *img)
{
    const mbedtls_md_info_t *md;
    uint8_t hash[MBEDTLS_MD_MAX_SIZE];

    md = mbedtls_md_info_from_type(digests[img->hdr.digest].md);
    if (md == NULL)
        return BOOT_E_HASH;
    if (mbedtls_md(md, img->data, img->hdr.length, hash) != 0)
        return BOOT_E_HASH;
    return check_signature(mbedtls_md_get_type(md), hash, mbedtls_md_get_size(md),
                           &img->hdr);
}

/* For the recovery image, which has always been SHA-256. */
int boot_image_verify_short(const struct boot_image *img)
{
    uint8_t hash[32];

    if (mbedtls_sha256_ret(img->data, img->hdr.length, hash, 0) != 0)
        return BOOT_E_HASH;
    return check_signature(MBEDTLS_MD_SHA256, hash, sizeof(hash), &img->hdr);
}
