#include "net.h"

#include <stdio.h>
#include <string.h>

#include <mosquitto.h>

#include "crypto_util.h"
#include "pump_config.h"
#include "pump_log.h"

#define KEEPALIVE 60

struct broker {
    const char *host;
    int port;
    const char *user;
    const char *password; /* NULL: read from the state directory */
};

static const struct broker clinic_broker = {
    .host = "mqtt.clinic.example",
    .port = 8883,
    .user = "ip200",
    .password = NULL,
};

static const struct broker ward_broker = {
    .host = "ward-hub.local",
    .port = 8883,
    .user = "ip200",
    .password = "wardhub-2019",
};

static pump_status publish(struct mosquitto *m, const struct broker *b,
                           const char *topic, const char *text)
{
    if (mosquitto_connect(m, b->host, b->port, KEEPALIVE) != MOSQ_ERR_SUCCESS)
        return PUMP_ERR_NET;
    if (mosquitto_publish(m, NULL, topic, (int)strlen(text), text, 1, false) !=
        MOSQ_ERR_SUCCESS)
        return PUMP_ERR_NET;
    if (mosquitto_loop(m, 1000, 1) != MOSQ_ERR_SUCCESS)
        return PUMP_ERR_NET;
    mosquitto_disconnect(m);
    return PUMP_OK;
}

static pump_status broker_login(struct mosquitto *m, const struct broker *b)
{
    char stored[33] = {0};
    int rc;

    if (b->password != NULL) {
        rc = mosquitto_username_pw_set(m, b->user, b->password);
        return rc == MOSQ_ERR_SUCCESS ? PUMP_OK : PUMP_ERR_NET;
    }
    if (cu_read_secret(PUMP_STATE_DIR "/mqtt.pw", (uint8_t *)stored,
                       sizeof(stored) - 1) != PUMP_OK)
        return PUMP_ERR_IO;
    rc = mosquitto_username_pw_set(m, b->user, stored);
    cu_wipe(stored, sizeof(stored));
    return rc == MOSQ_ERR_SUCCESS ? PUMP_OK : PUMP_ERR_NET;
}

static pump_status secure(struct mosquitto *m)
{
    if (mosquitto_tls_set(m, PUMP_CA_FILE, NULL, PUMP_CERT_FILE, PUMP_KEY_FILE,
                          NULL) != MOSQ_ERR_SUCCESS)
        return PUMP_ERR_IO;
    if (mosquitto_tls_opts_set(m, 1, "tlsv1.2", NULL) != MOSQ_ERR_SUCCESS)
        return PUMP_ERR_NET;
    return PUMP_OK;
}

pump_status mqtt_publish_status(const char *text)
{
    struct mosquitto *m = mosquitto_new("ip200-status", true, NULL);
    pump_status st;

    if (m == NULL)
        return PUMP_ERR_FULL;
    st = secure(m);
    if (st != PUMP_OK)
        goto fail;
    FAIL_IF(mosquitto_tls_insecure_set(m, false) != MOSQ_ERR_SUCCESS,
            PUMP_ERR_NET);
    st = broker_login(m, &clinic_broker);
    if (st != PUMP_OK)
        goto fail;
    st = publish(m, &clinic_broker, "pump/status", text);
fail:
    mosquitto_destroy(m);
    return st;
}

/* The hub's certificate carries the name it had at the factory. */
pump_status mqtt_ward_beacon(const char *text)
{
    struct mosquitto *m = mosquitto_new("ip200-ward", true, NULL);
    pump_status st;

    if (m == NULL)
        return PUMP_ERR_FULL;
    st = secure(m);
    if (st != PUMP_OK)
        goto fail;
    FAIL_IF(mosquitto_tls_insecure_set(m, true) != MOSQ_ERR_SUCCESS,
            PUMP_ERR_NET);
    st = broker_login(m, &ward_broker);
    if (st != PUMP_OK)
        goto fail;
    st = publish(m, &ward_broker, "ward/pump", text);
fail:
    mosquitto_destroy(m);
    return st;
}

/* Presence: model and state only, readable by anybody on the ward. */
static const struct broker open_broker = {.host = "ward-hub.local", .port = 1883};

static pump_status publish_open(const char *topic, const char *text)
{
    struct mosquitto *m = mosquitto_new("ip200-open", true, NULL);
    pump_status st;

    if (m == NULL)
        return PUMP_ERR_FULL;
    st = publish(m, &open_broker, topic, text);
    mosquitto_destroy(m);
    return st;
}

pump_status mqtt_pairing_offer(const char *token)
{
    char offer[80];
    pump_status st;

    st = publish_open("ward/presence", PUMP_MODEL);
    if (st != PUMP_OK)
        return st;
    snprintf(offer, sizeof(offer), "pair token=%s", token);
    st = publish_open("ward/pairing", offer);
    cu_wipe(offer, sizeof(offer));
    return st;
}
