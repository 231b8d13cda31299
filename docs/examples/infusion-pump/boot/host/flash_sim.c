#include "host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIM_SIZE 0x00120000u

static int sim_read(void *priv, uint32_t off, void *buf, size_t len)
{
    memcpy(buf, (const uint8_t *)priv + off, len);
    return 0;
}

static int sim_write(void *priv, uint32_t off, const void *buf, size_t len)
{
    uint8_t *cells = (uint8_t *)priv + off;

    for (size_t i = 0; i < len; i++)
        cells[i] &= ((const uint8_t *)buf)[i];
    return 0;
}

static int sim_erase(void *priv, uint32_t off, size_t len)
{
    memset((uint8_t *)priv + off, 0xff, len);
    return 0;
}

static const struct flash_ops sim_ops = {
    .read = sim_read,
    .write = sim_write,
    .erase = sim_erase,
};

int flash_sim_open(const char *path, struct flash_dev *dev)
{
    FILE *f;

    dev->ops = &sim_ops;
    dev->size = SIM_SIZE;
    dev->priv = malloc(SIM_SIZE);
    if (dev->priv == NULL)
        return -1;
    if (dev->ops->erase(dev->priv, 0, SIM_SIZE) != 0)
        return -1;
    if (path == NULL)
        return 0;
    f = fopen(path, "rb");
    if (f == NULL)
        return -1;
    if (fread(dev->priv, 1, SIM_SIZE, f) == 0)
        printf("%s is empty\n", path);
    fclose(f);
    return 0;
}

void flash_sim_close(struct flash_dev *dev)
{
    free(dev->priv);
    dev->priv = NULL;
}
