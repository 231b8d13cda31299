#include "update.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pump_config.h"
#include "pump_log.h"

#define CONTROL_FILE PUMP_STATE_DIR "/boot.control"

struct boot_control {
    uint32_t version;
    uint32_t active;
    uint32_t pending;
    uint32_t pending_slot;
};

static const char *const slot_paths[] = {
    [FW_SLOT_A] = PUMP_STATE_DIR "/slot-a",
    [FW_SLOT_B] = PUMP_STATE_DIR "/slot-b",
};

static void control_read(struct boot_control *bc)
{
    FILE *f = fopen(CONTROL_FILE, "rb");

    memset(bc, 0, sizeof(*bc));
    bc->version = PUMP_VERSION;
    if (f == NULL)
        return;
    if (fread(bc, sizeof(*bc), 1, f) != 1)
        LOG_WARN("boot control unreadable");
    fclose(f);
}

static pump_status control_write(const struct boot_control *bc)
{
    FILE *f = fopen(CONTROL_FILE, "wb");
    size_t n;

    if (f == NULL)
        return PUMP_ERR_IO;
    n = fwrite(bc, sizeof(*bc), 1, f);
    if (fclose(f) != 0 || n != 1)
        return PUMP_ERR_IO;
    return PUMP_OK;
}

enum fw_slot slot_standby(void)
{
    struct boot_control bc;

    control_read(&bc);
    return bc.active == FW_SLOT_A ? FW_SLOT_B : FW_SLOT_A;
}

uint32_t slot_version(void)
{
    struct boot_control bc;

    control_read(&bc);
    return bc.version;
}

pump_status slot_write(enum fw_slot slot, const void *data, size_t len)
{
    FILE *f = fopen(slot_paths[slot], "wb");
    size_t n;

    if (f == NULL)
        return PUMP_ERR_IO;
    n = fwrite(data, 1, len, f);
    if (fclose(f) != 0 || n != len)
        return PUMP_ERR_IO;
    return PUMP_OK;
}

pump_status slot_write_file(enum fw_slot slot, const char *path)
{
    struct fw_image img;
    pump_status st = fw_load(path, &img);

    if (st != PUMP_OK)
        return st;
    st = slot_write(slot, img.data, img.hdr.length);
    fw_free(&img);
    return st;
}

pump_status slot_mark_pending(enum fw_slot slot, uint32_t version)
{
    struct boot_control bc;

    control_read(&bc);
    bc.pending = version;
    bc.pending_slot = (uint32_t)slot;
    return control_write(&bc);
}

bool slot_pending(enum fw_slot *slot, uint32_t *version)
{
    struct boot_control bc;

    control_read(&bc);
    *slot = bc.pending_slot == FW_SLOT_A ? FW_SLOT_A : FW_SLOT_B;
    *version = bc.pending;
    return bc.pending != 0;
}

/* The bootloader starts this slot from now on. */
pump_status slot_activate(enum fw_slot slot, uint32_t version)
{
    struct boot_control bc;

    control_read(&bc);
    bc.active = (uint32_t)slot;
    bc.version = version;
    bc.pending = 0;
    return control_write(&bc);
}
