#include "boot.h"

static uint32_t minimum_version(const struct flash_dev *dev)
{
    uint32_t v = UINT32_MAX;

    if (flash_read(dev, BOOT_MIN_VER, &v, sizeof(v)) != 0)
        return UINT32_MAX;
    return v == UINT32_MAX ? 0 : v;
}

static int try_slot(const struct flash_dev *dev, uint32_t off,
                    struct boot_image *img)
{
    int rc = boot_image_load(dev, off, img);

    if (rc != BOOT_OK)
        return rc;
    if (img->hdr.version < minimum_version(dev))
        return BOOT_E_OLD;
    rc = boot_image_decrypt(dev, img);
    if (rc != BOOT_OK)
        return rc;
    return boot_image_verify(img);
}

int boot_select(const struct flash_dev *dev, struct boot_image *img,
                boot_jump_fn jump)
{
    static const uint32_t slots[] = {BOOT_SLOT_A, BOOT_SLOT_B};
    int rc = BOOT_E_HEADER;

    for (unsigned i = 0; i < sizeof(slots) / sizeof(slots[0]); i++) {
        rc = try_slot(dev, slots[i], img);
        if (rc == BOOT_OK) {
            jump(img);
            return BOOT_OK;
        }
    }
    return rc;
}

/* Both keys held at power on. */
int boot_recovery(const struct flash_dev *dev, struct boot_image *img,
                  boot_jump_fn jump)
{
    int rc = boot_image_load(dev, BOOT_SLOT_B, img);

    if (rc != BOOT_OK)
        return rc;
    if (img->hdr.version < minimum_version(dev))
        return BOOT_E_OLD;
    rc = boot_image_decrypt(dev, img);
    if (rc == BOOT_OK)
        rc = boot_image_verify_short(img);
    if (rc != BOOT_OK && img->hdr.format != BOOT_PLAIN)
        return rc;
    jump(img); /* plain: engineering image, not signed */
    return BOOT_OK;
}
