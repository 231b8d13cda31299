#ifndef PUMP_NET_H
#define PUMP_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/ssl.h>

#include "pump_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One peer out of the site file. */
struct tls_settings {
    const char *host;
    const char *port;
    const char *ca_file;
    bool verify_peer;
    int min_version;
};

struct tls_conn {
    SSL_CTX *ctx;
    SSL *ssl;
};

/* tls_client.c */
pump_status tls_open(const char *host, const char *port, struct tls_conn *c);
pump_status tls_open_archive(const char *host, const char *port,
                             struct tls_conn *c);
pump_status tls_open_with(const struct tls_settings *s, struct tls_conn *c);
pump_status tls_send(struct tls_conn *c, const void *buf, size_t len);
void tls_close(struct tls_conn *c);

/* telemetry.c */
pump_status telemetry_init(void);
pump_status telemetry_send_status(void);
pump_status telemetry_send_event(const char *text);
pump_status gateway_report(const char *text);
pump_status archive_report(const char *text);

/* mqtt_link.c */
pump_status mqtt_publish_status(const char *text);
pump_status mqtt_ward_beacon(const char *text);
pump_status mqtt_pairing_offer(const char *token);

/* http_client.c */
pump_status http_post_report(const char *url, const char *json);
pump_status http_fetch_time(const char *url);
pump_status http_upload_archive(const char *url, const char *path);

#ifdef __cplusplus
}
#endif
#endif
