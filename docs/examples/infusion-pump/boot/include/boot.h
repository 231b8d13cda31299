#ifndef BOOT_H
#define BOOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flash_ops.h"

#define BOOT_MAGIC      0x32504949u
#define BOOT_SIG_MAX    256
#define BOOT_IMAGE_MAX  (512u * 1024u)
#define BOOT_KEY_LEN    16
#define BOOT_BLOCK      16

#define BOOT_SLOT_A     0x00010000u
#define BOOT_SLOT_B     0x00090000u
#define BOOT_OTP_KEY    0x00000100u
#define BOOT_MIN_VER    0x00000200u

enum boot_result {
    BOOT_OK = 0,
    BOOT_E_FLASH = -1,
    BOOT_E_HEADER = -2,
    BOOT_E_HASH = -3,
    BOOT_E_SIGNATURE = -4,
    BOOT_E_CIPHER = -5,
    BOOT_E_OLD = -6
};

enum boot_format { BOOT_PLAIN = 0, BOOT_V1 = 1, BOOT_V2 = 2, BOOT_V3 = 3 };

struct boot_header {
    uint32_t magic;
    uint32_t version;
    uint32_t length;
    uint16_t format; /* enum boot_format */
    uint16_t digest; /* row of the digest table */
    uint8_t iv[BOOT_BLOCK];
    uint32_t sig_len;
    uint8_t sig[BOOT_SIG_MAX];
};

struct boot_image {
    struct boot_header hdr;
    uint8_t *data; /* BOOT_IMAGE_MAX */
};

/* boot_image.c */
int boot_image_load(const struct flash_dev *dev, uint32_t off,
                    struct boot_image *img);
int boot_image_verify(const struct boot_image *img);
int boot_image_verify_short(const struct boot_image *img);

/* boot_cipher.c */
int boot_image_decrypt(const struct flash_dev *dev, struct boot_image *img);

/* boot.c */
typedef void (*boot_jump_fn)(const struct boot_image *img);
int boot_select(const struct flash_dev *dev, struct boot_image *img,
                boot_jump_fn jump);
int boot_recovery(const struct flash_dev *dev, struct boot_image *img,
                  boot_jump_fn jump);

#endif
