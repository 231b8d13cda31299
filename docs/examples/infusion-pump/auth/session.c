#include "auth.h"

#include <stdlib.h>
#include <string.h>

#include "crypto_util.h"
#include "pump_config.h"

#define MAX_SESSIONS 8

static struct session sessions[MAX_SESSIONS];

static const char hex_digits[] = "0123456789abcdef";

static struct session *free_slot(void)
{
    for (size_t i = 0; i < MAX_SESSIONS; i++)
        if (!sessions[i].in_use)
            return &sessions[i];
    return NULL;
}

static void open_slot(struct session *s, struct user *u)
{
    s->user = u;
    s->role = u->role;
    s->last_seen = time(NULL);
    s->in_use = true;
}

pump_status session_create(struct user *u, struct session **out)
{
    struct session *s = free_slot();
    uint8_t raw[TOKEN_LEN / 2];
    pump_status st;

    if (s == NULL)
        return PUMP_ERR_FULL;
    st = cu_random(raw, sizeof(raw));
    if (st != PUMP_OK)
        return st;
    for (size_t i = 0; i < sizeof(raw); i++) {
        s->token[2 * i] = hex_digits[raw[i] >> 4];
        s->token[2 * i + 1] = hex_digits[raw[i] & 15];
    }
    s->token[TOKEN_LEN] = '\0';
    cu_wipe(raw, sizeof(raw));
    open_slot(s, u);
    *out = s;
    return PUMP_OK;
}

pump_status session_create_service(struct user *u, struct session **out)
{
    struct session *s = free_slot();

    if (s == NULL)
        return PUMP_ERR_FULL;
    for (size_t i = 0; i < TOKEN_LEN; i++)
        s->token[i] = hex_digits[rand() & 15];
    s->token[TOKEN_LEN] = '\0';
    open_slot(s, u);
    *out = s;
    return PUMP_OK;
}

static struct session *find_token(const char *token)
{
    if (strlen(token) != TOKEN_LEN)
        return NULL;
    for (size_t i = 0; i < MAX_SESSIONS; i++)
        if (sessions[i].in_use && cu_equal(sessions[i].token, token, TOKEN_LEN))
            return &sessions[i];
    return NULL;
}

void session_end(struct session *s)
{
    cu_wipe(s, sizeof(*s));
}

struct session *session_lookup(const char *token)
{
    struct session *s = find_token(token);
    time_t now = time(NULL);

    if (s == NULL)
        return NULL;
    if (now - s->last_seen > SESSION_IDLE_SECONDS) {
        session_end(s);
        return NULL;
    }
    s->last_seen = now;
    return s;
}

struct session *session_lookup_service(const char *token)
{
    struct session *s = find_token(token);

    if (s == NULL || s->role != ROLE_SERVICE)
        return NULL;
    return s;
}

pump_status session_require(struct session *s, enum user_role at_least)
{
    if (s == NULL || !s->in_use)
        return PUMP_ERR_AUTH;
    if (s->role < at_least)
        return PUMP_ERR_DENIED;
    return PUMP_OK;
}
