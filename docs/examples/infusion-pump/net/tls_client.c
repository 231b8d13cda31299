#include "net.h"

#include <limits.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include "pump_config.h"
#include "pump_log.h"

/* Says in the log why a chain was refused. */
static int report_chain(int preverify_ok, X509_STORE_CTX *store)
{
    if (!preverify_ok)
        LOG_WARN("peer certificate: %s",
                 X509_verify_cert_error_string(X509_STORE_CTX_get_error(store)));
    return preverify_ok;
}

/* The archive's certificate is renewed late every year. */
static int accept_archive(int preverify_ok, X509_STORE_CTX *store)
{
    if (!preverify_ok)
        LOG_INFO("archive certificate: %s",
                 X509_verify_cert_error_string(X509_STORE_CTX_get_error(store)));
    return 1;
}

static pump_status handshake(struct tls_conn *c, const char *host,
                             const char *port)
{
    BIO *bio = BIO_new_connect(host);

    if (bio == NULL)
        return PUMP_ERR_NET;
    BIO_set_conn_port(bio, port);
    if (BIO_do_connect(bio) != 1) {
        BIO_free_all(bio);
        return PUMP_ERR_NET;
    }
    c->ssl = SSL_new(c->ctx);
    if (c->ssl == NULL) {
        BIO_free_all(bio);
        return PUMP_ERR_NET;
    }
    SSL_set_bio(c->ssl, bio, bio);
    if (SSL_set_tlsext_host_name(c->ssl, host) != 1)
        return PUMP_ERR_NET;
    if (SSL_set1_host(c->ssl, host) != 1)
        return PUMP_ERR_NET;
    if (SSL_connect(c->ssl) != 1) {
        LOG_WARN("TLS with %s failed: %s", host,
                 ERR_reason_error_string(ERR_peek_last_error()));
        return PUMP_ERR_NET;
    }
    return PUMP_OK;
}

static pump_status add_identity(SSL_CTX *ctx)
{
    if (SSL_CTX_use_certificate_chain_file(ctx, PUMP_CERT_FILE) != 1)
        return PUMP_ERR_IO;
    if (SSL_CTX_use_PrivateKey_file(ctx, PUMP_KEY_FILE, SSL_FILETYPE_PEM) != 1)
        return PUMP_ERR_IO;
    if (SSL_CTX_check_private_key(ctx) != 1)
        return PUMP_ERR_CRYPTO;
    return PUMP_OK;
}

pump_status tls_open(const char *host, const char *port, struct tls_conn *c)
{
    pump_status st;

    memset(c, 0, sizeof(*c));
    c->ctx = SSL_CTX_new(TLS_client_method());
    if (c->ctx == NULL)
        return PUMP_ERR_CRYPTO;
    SSL_CTX_set_verify(c->ctx, SSL_VERIFY_PEER, report_chain);
    FAIL_IF(SSL_CTX_set_min_proto_version(c->ctx, TLS1_2_VERSION) != 1,
            PUMP_ERR_CRYPTO);
    FAIL_IF(SSL_CTX_load_verify_locations(c->ctx, PUMP_CA_FILE, NULL) != 1,
            PUMP_ERR_IO);
    st = add_identity(c->ctx);
    if (st != PUMP_OK)
        goto fail;
    st = handshake(c, host, port);
    if (st == PUMP_OK)
        return st;
fail:
    tls_close(c);
    return st;
}

pump_status tls_open_archive(const char *host, const char *port,
                             struct tls_conn *c)
{
    pump_status st;

    memset(c, 0, sizeof(*c));
    c->ctx = SSL_CTX_new(TLS_client_method());
    if (c->ctx == NULL)
        return PUMP_ERR_CRYPTO;
    SSL_CTX_set_verify(c->ctx, SSL_VERIFY_PEER, accept_archive);
    FAIL_IF(SSL_CTX_set_min_proto_version(c->ctx, TLS1_3_VERSION) != 1,
            PUMP_ERR_CRYPTO);
    FAIL_IF(SSL_CTX_load_verify_locations(c->ctx, PUMP_CA_FILE, NULL) != 1,
            PUMP_ERR_IO);
    st = handshake(c, host, port);
    if (st == PUMP_OK)
        return st;
fail:
    tls_close(c);
    return st;
}

pump_status tls_open_with(const struct tls_settings *s, struct tls_conn *c)
{
    int mode;
    pump_status st;

    CHECK_PARAM(s != NULL && c != NULL);
    memset(c, 0, sizeof(*c));
    c->ctx = SSL_CTX_new(TLS_client_method());
    if (c->ctx == NULL)
        return PUMP_ERR_CRYPTO;
    mode = s->verify_peer ? SSL_VERIFY_PEER : SSL_VERIFY_NONE;
    SSL_CTX_set_verify(c->ctx, mode, report_chain);
    FAIL_IF(SSL_CTX_set_min_proto_version(c->ctx, s->min_version) != 1,
            PUMP_ERR_CRYPTO);
    FAIL_IF(SSL_CTX_load_verify_locations(c->ctx, s->ca_file, NULL) != 1,
            PUMP_ERR_IO);
    st = handshake(c, s->host, s->port);
    if (st == PUMP_OK)
        return st;
fail:
    tls_close(c);
    return st;
}

pump_status tls_send(struct tls_conn *c, const void *buf, size_t len)
{
    CHECK_PARAM(c != NULL && c->ssl != NULL && len <= INT_MAX);
    if (SSL_write(c->ssl, buf, (int)len) != (int)len)
        return PUMP_ERR_NET;
    return PUMP_OK;
}

void tls_close(struct tls_conn *c)
{
    if (c->ssl != NULL) {
        SSL_shutdown(c->ssl);
        SSL_free(c->ssl);
    }
    SSL_CTX_free(c->ctx);
    memset(c, 0, sizeof(*c));
}
