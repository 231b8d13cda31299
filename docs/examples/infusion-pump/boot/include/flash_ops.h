#ifndef FLASH_OPS_H
#define FLASH_OPS_H

#include <stddef.h>
#include <stdint.h>

/* One flash part; board files fill the table. All return 0 or a negative code. */
struct flash_ops {
    int (*read)(void *priv, uint32_t off, void *buf, size_t len);
    int (*write)(void *priv, uint32_t off, const void *buf, size_t len);
    int (*erase)(void *priv, uint32_t off, size_t len);
};

struct flash_dev {
    const struct flash_ops *ops;
    void *priv;
    uint32_t size;
};

static inline int flash_read(const struct flash_dev *d, uint32_t off, void *buf,
                             size_t len)
{
    if (off > d->size || len > d->size - off)
        return -1;
    return d->ops->read(d->priv, off, buf, len);
}

static inline int flash_write(const struct flash_dev *d, uint32_t off,
                              const void *buf, size_t len)
{
    if (off > d->size || len > d->size - off)
        return -1;
    return d->ops->write(d->priv, off, buf, len);
}

#endif
