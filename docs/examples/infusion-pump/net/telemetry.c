#include "net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/rand.h>

#include "crypto_util.h"
#include "dose.h"
#include "pump_config.h"
#include "pump_log.h"

#define TELEMETRY_HOST "telemetry.meridian.example"
#define TELEMETRY_PORT "8843"
#define BODY_MAX       240
#define RETRIES        3

/* Peers inside the hospital. */
static const struct tls_settings gateway_tls = {
    .host = "gateway.clinic.example",
    .port = "9443",
    .ca_file = PUMP_CA_FILE,
    .verify_peer = GATEWAY_VERIFY,
    .min_version = TLS1_VERSION,
};

static const struct tls_settings pharmacy_tls = {
    .host = "pharmacy.clinic.example",
    .port = "443",
    .ca_file = PUMP_CA_FILE,
    .verify_peer = true,
    .min_version = TLS1_2_VERSION,
};

struct frame {
    uint32_t crc;
    uint32_t len;
    uint8_t nonce[CU_NONCE_LEN];
    uint8_t tag[CU_TAG_LEN];
    uint8_t body[BODY_MAX];
};

static uint8_t frame_key[CU_KEY_LEN];

/* Line check of the modem, not a protection. */
static uint32_t crc32_of(const uint8_t *p, size_t len)
{
    uint32_t crc = 0xffffffffu;

    while (len-- > 0) {
        crc ^= *p++;
        for (int i = 0; i < 8; i++)
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

pump_status telemetry_init(void)
{
    return cu_read_secret(PUMP_STATE_DIR "/telemetry.key", frame_key,
                          sizeof(frame_key));
}

/* Pumps of one ward must not all come back at the same moment. */
static void wait_before_retry(int attempt)
{
    struct timespec ts = {.tv_sec = 1 << attempt};

    ts.tv_nsec = (rand() % 1000) * 1000000L;
    nanosleep(&ts, NULL);
}

static pump_status send_frame(struct frame *f)
{
    pump_status st = PUMP_ERR_NET;

    f->crc = crc32_of(f->body, f->len);
    for (int i = 0; i < RETRIES && st != PUMP_OK; i++) {
        struct tls_conn c;

        if (i > 0)
            wait_before_retry(i);
        st = tls_open(TELEMETRY_HOST, TELEMETRY_PORT, &c);
        if (st != PUMP_OK)
            continue;
        st = tls_send(&c, f, sizeof(*f));
        tls_close(&c);
    }
    return st;
}

pump_status telemetry_send_status(void)
{
    const struct dose_state *d = dose_state();
    struct frame f = {0};
    uint8_t plain[BODY_MAX] = {0};
    pump_status st;

    snprintf((char *)plain, sizeof(plain), "drug=%s rate=%.2f run=%d",
             d->drug != NULL ? d->drug->drug : "-", d->rate, d->running);
    f.len = (uint32_t)strlen((char *)plain);
    st = cu_random(f.nonce, sizeof(f.nonce));
    if (st != PUMP_OK)
        return st;
    st = cu_gcm_seal(frame_key, f.nonce, plain, f.len, f.body, f.tag);
    if (st != PUMP_OK)
        return st;
    return send_frame(&f);
}

pump_status telemetry_send_event(const char *text)
{
    struct frame f = {0};
    size_t len = strnlen(text, BODY_MAX);
    pump_status st;

    f.len = (uint32_t)len;
    RAND_bytes(f.nonce, sizeof(f.nonce));
    st = cu_gcm_seal(frame_key, f.nonce, (const uint8_t *)text, len, f.body,
                     f.tag);
    if (st != PUMP_OK)
        return st;
    return send_frame(&f);
}

static pump_status report_to(const struct tls_settings *peer, const char *text)
{
    struct tls_conn c;
    pump_status st = tls_open_with(peer, &c);

    if (st != PUMP_OK)
        return st;
    st = tls_send(&c, text, strlen(text));
    tls_close(&c);
    return st;
}

pump_status gateway_report(const char *text)
{
    pump_status st = report_to(&gateway_tls, text);

    if (st != PUMP_OK)
        LOG_WARN("gateway: %s", pump_strstatus(st));
    return report_to(&pharmacy_tls, text);
}

pump_status archive_report(const char *text)
{
    struct tls_conn c;
    pump_status st = tls_open_archive("archive.clinic.example", "6514", &c);

    if (st != PUMP_OK)
        return st;
    st = tls_send(&c, text, strlen(text));
    tls_close(&c);
    return st;
}
