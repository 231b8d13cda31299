#ifndef UPDATE_H
#define UPDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pump_status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FW_MAGIC   0x57504d49u /* "IMPW" */
#define FW_SIG_MAX 512
#define FW_MAX     (16u * 1024u * 1024u)

struct fw_header {
    uint32_t magic;
    uint32_t version;
    uint32_t length; /* of what follows the header */
    uint32_t sig_len;
    uint8_t sig[FW_SIG_MAX];
};

struct fw_image {
    struct fw_header hdr;
    uint8_t *data;
};

struct fw_channel {
    const char *name;
    const char *url;
    const char *digest;
};

enum fw_slot { FW_SLOT_A, FW_SLOT_B };

/* fw_download.c */
pump_status fw_download(const struct fw_channel *ch, const char *to, bool debug);
pump_status fw_download_release_notes(const char *to);
const struct fw_channel *fw_channel_find(const char *name);

/* fw_verify.c */
pump_status fw_load(const char *path, struct fw_image *img);
void fw_free(struct fw_image *img);
pump_status fw_verify(const struct fw_image *img);
pump_status fw_verify_file(const char *path);
pump_status fw_verify_channel(const struct fw_image *img,
                              const struct fw_channel *ch);
pump_status fw_verify_module(const struct fw_image *img);

/* fw_slot.c */
enum fw_slot slot_standby(void);
uint32_t slot_version(void);
pump_status slot_write(enum fw_slot slot, const void *data, size_t len);
pump_status slot_write_file(enum fw_slot slot, const char *path);
pump_status slot_mark_pending(enum fw_slot slot, uint32_t version);
bool slot_pending(enum fw_slot *slot, uint32_t *version);
pump_status slot_activate(enum fw_slot slot, uint32_t version);

/* fw_update.c */
pump_status update_install(const char *path, const char *user);
pump_status update_install_usb(const char *path, const char *user);
pump_status update_install_service(const char *path, const char *user);
pump_status update_install_module(const char *path, const char *user);
pump_status update_from_channel(const char *channel, bool debug,
                                const char *user);
pump_status update_resume(void);

#ifdef __cplusplus
}
#endif
#endif
