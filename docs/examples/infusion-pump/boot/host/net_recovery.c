#include "host.h"

#include <string.h>

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#define CA_FILE "/etc/ip200/ca.pem"

struct link {
    mbedtls_net_context net;
    mbedtls_ssl_context ssl;
    mbedtls_ssl_config conf;
    mbedtls_x509_crt ca;
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context rng;
};

static void link_init(struct link *l)
{
    mbedtls_net_init(&l->net);
    mbedtls_ssl_init(&l->ssl);
    mbedtls_ssl_config_init(&l->conf);
    mbedtls_x509_crt_init(&l->ca);
    mbedtls_entropy_init(&l->entropy);
    mbedtls_ctr_drbg_init(&l->rng);
}

static void link_free(struct link *l)
{
    mbedtls_ssl_free(&l->ssl);
    mbedtls_ssl_config_free(&l->conf);
    mbedtls_x509_crt_free(&l->ca);
    mbedtls_ctr_drbg_free(&l->rng);
    mbedtls_entropy_free(&l->entropy);
    mbedtls_net_free(&l->net);
}

static int link_defaults(struct link *l)
{
    int rc = mbedtls_ctr_drbg_seed(&l->rng, mbedtls_entropy_func, &l->entropy,
                                   (const unsigned char *)"ip200-boot", 10);

    if (rc != 0)
        return rc;
    rc = mbedtls_ssl_config_defaults(&l->conf, MBEDTLS_SSL_IS_CLIENT,
                                     MBEDTLS_SSL_TRANSPORT_STREAM,
                                     MBEDTLS_SSL_PRESET_DEFAULT);
    if (rc != 0)
        return rc;
    mbedtls_ssl_conf_rng(&l->conf, mbedtls_ctr_drbg_random, &l->rng);
    mbedtls_ssl_conf_min_version(&l->conf, MBEDTLS_SSL_MAJOR_VERSION_3,
                                 MBEDTLS_SSL_MINOR_VERSION_3);
    return 0;
}

static int link_fetch(struct link *l, const char *host, const char *port,
                      unsigned char *buf, size_t len, size_t *got)
{
    static const unsigned char get[] = "GET /ip200/recovery.img HTTP/1.0\r\n\r\n";
    int rc = mbedtls_net_connect(&l->net, host, port, MBEDTLS_NET_PROTO_TCP);

    if (rc != 0)
        return rc;
    rc = mbedtls_ssl_setup(&l->ssl, &l->conf);
    if (rc != 0)
        return rc;
    rc = mbedtls_ssl_set_hostname(&l->ssl, host);
    if (rc != 0)
        return rc;
    mbedtls_ssl_set_bio(&l->ssl, &l->net, mbedtls_net_send, mbedtls_net_recv, NULL);
    rc = mbedtls_ssl_handshake(&l->ssl);
    if (rc != 0)
        return rc;
    rc = mbedtls_ssl_write(&l->ssl, get, sizeof(get) - 1);
    if (rc != (int)sizeof(get) - 1)
        return -1;
    for (*got = 0; *got < len; *got += (size_t)rc) {
        rc = mbedtls_ssl_read(&l->ssl, buf + *got, len - *got);
        if (rc <= 0)
            break;
    }
    return rc < 0 && rc != MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY ? rc : 0;
}

int net_fetch_image(const char *host, const char *port, unsigned char *buf,
                    size_t len, size_t *got)
{
    struct link l;
    int rc;

    link_init(&l);
    rc = link_defaults(&l);
    if (rc == 0)
        rc = mbedtls_x509_crt_parse_file(&l.ca, CA_FILE);
    if (rc == 0) {
        mbedtls_ssl_conf_ca_chain(&l.conf, &l.ca, NULL);
        mbedtls_ssl_conf_authmode(&l.conf, MBEDTLS_SSL_VERIFY_REQUIRED);
        rc = link_fetch(&l, host, port, buf, len, got);
    }
    link_free(&l);
    return rc;
}

/* The lab server has no certificate of ours. */
int net_fetch_image_lab(const char *host, const char *port, unsigned char *buf,
                        size_t len, size_t *got)
{
    struct link l;
    int rc;

    link_init(&l);
    rc = link_defaults(&l);
    if (rc == 0) {
        mbedtls_ssl_conf_authmode(&l.conf, MBEDTLS_SSL_VERIFY_NONE);
        rc = link_fetch(&l, host, port, buf, len, got);
    }
    link_free(&l);
    return rc;
}
