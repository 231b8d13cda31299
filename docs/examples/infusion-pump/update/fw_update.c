#include "update.h"

#include "audit.h"
#include "pump_config.h"
#include "pump_log.h"

#define DOWNLOAD_FILE PUMP_STATE_DIR "/download.fw"

static bool newer(uint32_t version)
{
    return version > slot_version();
}

static pump_status stage(const struct fw_image *img, enum fw_slot slot)
{
    pump_status st = slot_write(slot, img->data, img->hdr.length);

    if (st != PUMP_OK)
        LOG_ERR("update: slot not written: %s", pump_strstatus(st));
    return st;
}

static pump_status note(const char *how, uint32_t version, const char *user)
{
    return audit_record(AUDIT_UPDATE, user, "%s to %08x", how, version);
}

pump_status update_install(const char *path, const char *user)
{
    struct fw_image img;
    enum fw_slot slot = slot_standby();
    pump_status st = fw_load(path, &img);

    if (st != PUMP_OK)
        return st;
    st = fw_verify(&img);
    if (st != PUMP_OK)
        goto fail;
    FAIL_IF(!newer(img.hdr.version), PUMP_ERR_VERSION);
    st = stage(&img, slot);
    if (st != PUMP_OK)
        goto fail;
    st = slot_activate(slot, img.hdr.version);
    if (st != PUMP_OK)
        goto fail;
    st = note("installed", img.hdr.version, user);
fail:
    fw_free(&img);
    return st;
}

pump_status update_install_usb(const char *path, const char *user)
{
    struct fw_image head;
    enum fw_slot usb_slot = slot_standby();
    uint32_t version;
    pump_status st = fw_verify_file(path);

    if (st != PUMP_OK)
        return st;
    st = fw_load(path, &head);
    if (st != PUMP_OK)
        return st;
    version = head.hdr.version;
    fw_free(&head);
    if (!newer(version))
        return PUMP_ERR_VERSION;
    st = slot_write_file(usb_slot, path);
    if (st != PUMP_OK)
        return st;
    st = slot_activate(usb_slot, version);
    if (st != PUMP_OK)
        return st;
    return note("usb", version, user);
}

/* Service may go back to the version the clinic has validated. */
pump_status update_install_service(const char *path, const char *user)
{
    struct fw_image img;
    enum fw_slot slot = slot_standby();
    pump_status st = fw_load(path, &img);

    if (st != PUMP_OK)
        return st;
    st = fw_verify(&img);
    if (st != PUMP_OK)
        goto fail;
    st = stage(&img, slot);
    if (st != PUMP_OK)
        goto fail;
    st = slot_activate(slot, img.hdr.version);
    if (st != PUMP_OK)
        goto fail;
    st = note("service", img.hdr.version, user);
fail:
    fw_free(&img);
    return st;
}

pump_status update_install_module(const char *path, const char *user)
{
    struct fw_image img;
    pump_status st = fw_load(path, &img);

    if (st != PUMP_OK)
        return st;
    st = fw_verify_module(&img);
    if (st != PUMP_OK)
        goto fail;
    FAIL_IF(!newer(img.hdr.version), PUMP_ERR_VERSION);
    st = stage(&img, FW_SLOT_B);
    if (st != PUMP_OK)
        goto fail;
    st = slot_mark_pending(FW_SLOT_B, img.hdr.version);
    if (st != PUMP_OK)
        goto fail;
    st = note("module", img.hdr.version, user);
fail:
    fw_free(&img);
    return st;
}

pump_status update_from_channel(const char *channel, bool debug,
                                const char *user)
{
    const struct fw_channel *ch = fw_channel_find(channel);
    enum fw_slot slot = slot_standby();
    struct fw_image img;
    pump_status st;

    CHECK_PARAM(ch != NULL);
    st = fw_download(ch, DOWNLOAD_FILE, debug);
    if (st != PUMP_OK)
        return st;
    st = fw_load(DOWNLOAD_FILE, &img);
    if (st != PUMP_OK)
        return st;
    st = fw_verify_channel(&img, ch);
    if (st != PUMP_OK)
        goto fail;
    FAIL_IF(!newer(img.hdr.version), PUMP_ERR_VERSION);
    st = stage(&img, slot);
    if (st != PUMP_OK)
        goto fail;
    st = slot_activate(slot, img.hdr.version);
    if (st != PUMP_OK)
        goto fail;
    st = note(ch->name, img.hdr.version, user);
fail:
    fw_free(&img);
    return st;
}

/* Power was lost between staging and activation. */
pump_status update_resume(void)
{
    enum fw_slot pending;
    uint32_t version;
    pump_status st;

    if (!slot_pending(&pending, &version))
        return PUMP_OK;
    if (!newer(version))
        return PUMP_ERR_VERSION;
    st = slot_activate(pending, version);
    if (st != PUMP_OK)
        return st;
    return note("resumed", version, "system");
}
