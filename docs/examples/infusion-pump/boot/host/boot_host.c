#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot.h"
#include "host.h"

static void jump(const struct boot_image *img)
{
    printf("jump into version %08x, %u bytes\n", img->hdr.version, img->hdr.length);
}

/* Stores a fetched image in slot B; it is checked when it is booted. */
static int fetch(const struct flash_dev *dev, const char *host, int lab)
{
    unsigned char *buf = malloc(BOOT_IMAGE_MAX);
    size_t got = 0;
    int rc;

    if (buf == NULL)
        return -1;
    rc = lab ? net_fetch_image_lab(host, "8443", buf, BOOT_IMAGE_MAX, &got)
             : net_fetch_image(host, "443", buf, BOOT_IMAGE_MAX, &got);
    if (rc == 0)
        rc = flash_write(dev, BOOT_SLOT_B, buf, got);
    free(buf);
    return rc;
}

int main(int argc, char **argv)
{
    struct flash_dev dev;
    struct boot_image img;
    int recovery = argc > 1 && strcmp(argv[1], "--recovery") == 0;
    int rc;

    memset(&img, 0, sizeof(img));
    if (flash_sim_open(argc > 2 ? argv[2] : NULL, &dev) != 0)
        return 2;
    img.data = malloc(BOOT_IMAGE_MAX);
    if (img.data == NULL)
        return 2;
    if (argc > 3 && fetch(&dev, argv[3], argc > 4) != 0)
        printf("nothing fetched\n");
    rc = recovery ? boot_recovery(&dev, &img, jump) : boot_select(&dev, &img, jump);
    printf("boot: %d\n", rc);
    free(img.data);
    flash_sim_close(&dev);
    return rc == BOOT_OK ? 0 : 1;
}
