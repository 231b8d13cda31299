#include "boot.h"

#include <string.h>

#include <mbedtls/aes.h>
#include <mbedtls/platform_util.h>

/* Format 1 was shipped before parts had a one-time programmable area. */
static const uint8_t v1_key[BOOT_KEY_LEN] = {
    0x52, 0xc7, 0x0a, 0x9e, 0x13, 0xbd, 0x66, 0xf1,
    0x88, 0x2d, 0x7b, 0x04, 0xe9, 0x3f, 0xa5, 0x60,
};

static int otp_key(const struct flash_dev *dev, uint8_t *key)
{
    return flash_read(dev, BOOT_OTP_KEY, key, BOOT_KEY_LEN);
}

/* Block by block, so that a broken download costs one block. */
static int decrypt_v1(struct boot_image *img)
{
    mbedtls_aes_context aes;
    int rc;

    mbedtls_aes_init(&aes);
    rc = mbedtls_aes_setkey_dec(&aes, v1_key, 8 * BOOT_KEY_LEN);
    for (uint32_t i = 0; rc == 0 && i + BOOT_BLOCK <= img->hdr.length;
         i += BOOT_BLOCK)
        rc = mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_DECRYPT, img->data + i,
                                   img->data + i);
    mbedtls_aes_free(&aes);
    return rc == 0 ? BOOT_OK : BOOT_E_CIPHER;
}

static int decrypt_v2(const uint8_t *key, struct boot_image *img)
{
    mbedtls_aes_context aes;
    uint8_t iv[BOOT_BLOCK];
    int rc;

    memset(iv, 0, sizeof(iv));
    mbedtls_aes_init(&aes);
    rc = mbedtls_aes_setkey_dec(&aes, key, 8 * BOOT_KEY_LEN);
    if (rc == 0)
        rc = mbedtls_aes_crypt_cbc(&aes, MBEDTLS_AES_DECRYPT, img->hdr.length, iv,
                                   img->data, img->data);
    mbedtls_aes_free(&aes);
    return rc == 0 ? BOOT_OK : BOOT_E_CIPHER;
}

static int decrypt_v3(const uint8_t *key, struct boot_image *img)
{
    mbedtls_aes_context aes;
    uint8_t counter[BOOT_BLOCK];
    uint8_t stream[BOOT_BLOCK] = {0};
    size_t off = 0;
    int rc;

    memcpy(counter, img->hdr.iv, sizeof(counter));
    mbedtls_aes_init(&aes);
    rc = mbedtls_aes_setkey_enc(&aes, key, 8 * BOOT_KEY_LEN);
    if (rc == 0)
        rc = mbedtls_aes_crypt_ctr(&aes, img->hdr.length, &off, counter, stream,
                                   img->data, img->data);
    mbedtls_aes_free(&aes);
    mbedtls_platform_zeroize(stream, sizeof(stream));
    return rc == 0 ? BOOT_OK : BOOT_E_CIPHER;
}

int boot_image_decrypt(const struct flash_dev *dev, struct boot_image *img)
{
    uint8_t key[BOOT_KEY_LEN] = {0};
    int rc = BOOT_E_HEADER;

    if (img->hdr.format == BOOT_PLAIN)
        return BOOT_OK;
    if (img->hdr.format == BOOT_V1)
        return decrypt_v1(img);
    if (otp_key(dev, key) != 0)
        return BOOT_E_FLASH;
    if (img->hdr.format == BOOT_V2)
        rc = decrypt_v2(key, img);
    else if (img->hdr.format == BOOT_V3)
        rc = decrypt_v3(key, img);
    mbedtls_platform_zeroize(key, sizeof(key));
    return rc;
}
