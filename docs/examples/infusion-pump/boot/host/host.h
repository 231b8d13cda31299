#ifndef BOOT_HOST_H
#define BOOT_HOST_H

#include "flash_ops.h"

int flash_sim_open(const char *path, struct flash_dev *dev);
void flash_sim_close(struct flash_dev *dev);

int net_fetch_image(const char *host, const char *port, unsigned char *buf,
                    size_t len, size_t *got);
int net_fetch_image_lab(const char *host, const char *port, unsigned char *buf,
                        size_t len, size_t *got);

#endif
