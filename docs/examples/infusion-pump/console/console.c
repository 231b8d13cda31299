#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "crypto_util.h"
#include "dose.h"
#include "identity.h"
#include "net.h"
#include "pump_config.h"
#include "pump_log.h"
#include "update.h"

#define MAX_ARGS 6

struct request {
    struct session **session;
    int argc;
    char *argv[MAX_ARGS];
};

typedef pump_status (*handler_fn)(struct request *rq);

struct command {
    const char *name;
    int argc;
    handler_fn run;
};

static console_setting_fn store_set;
static console_network_fn store_network;

void console_set_store(console_setting_fn set, console_network_fn network)
{
    store_set = set;
    store_network = network;
}

#define REQUIRE(rq, role)                                          \
    do {                                                           \
        pump_status st_ = session_require(*(rq)->session, (role)); \
        if (st_ != PUMP_OK)                                        \
            return st_;                                            \
    } while (0)

static const char *who(const struct request *rq)
{
    return (*rq->session)->user->name;
}

static pump_status cmd_login(struct request *rq)
{
    pump_status st = auth_login(rq->argv[1], rq->argv[2], rq->session);

    cu_wipe(rq->argv[2], strlen(rq->argv[2]));
    return st;
}

static pump_status cmd_console_login(struct request *rq)
{
    pump_status st = auth_login_console(rq->argv[1], rq->argv[2], rq->session);

    cu_wipe(rq->argv[2], strlen(rq->argv[2]));
    return st;
}

static pump_status cmd_service(struct request *rq)
{
    pump_status st = auth_unlock_service(rq->argv[1], rq->session);

    cu_wipe(rq->argv[1], strlen(rq->argv[1]));
    return st;
}

static pump_status cmd_logout(struct request *rq)
{
    auth_logout(*rq->session);
    *rq->session = NULL;
    return PUMP_OK;
}

static pump_status cmd_status(struct request *rq)
{
    const struct dose_state *d = dose_state();

    (void)rq;
    printf("%s drug=%s rate=%.2f %s\n", PUMP_MODEL,
           d->drug != NULL ? d->drug->drug : "-", d->rate,
           d->running ? "running" : "stopped");
    return PUMP_OK;
}

static pump_status cmd_drug(struct request *rq)
{
    REQUIRE(rq, ROLE_NURSE);
    return dose_select(rq->argv[1], who(rq));
}

static pump_status cmd_rate(struct request *rq)
{
    REQUIRE(rq, ROLE_NURSE);
    return dose_set_rate(strtod(rq->argv[1], NULL), false, who(rq));
}

static pump_status cmd_bolus(struct request *rq)
{
    REQUIRE(rq, ROLE_NURSE);
    return dose_bolus(strtod(rq->argv[1], NULL), who(rq));
}

static pump_status cmd_stop(struct request *rq)
{
    REQUIRE(rq, ROLE_NURSE);
    return dose_stop(who(rq));
}

static pump_status cmd_limits_off(struct request *rq)
{
    REQUIRE(rq, ROLE_PHARMACIST);
    return dose_limits_off(who(rq));
}

static pump_status cmd_calibrate(struct request *rq)
{
    const char *user = *rq->session != NULL ? who(rq) : "bench";

    return dose_calibrate(strtod(rq->argv[1], NULL), user);
}

static pump_status cmd_user_add(struct request *rq)
{
    pump_status st;

    REQUIRE(rq, ROLE_BIOMED);
    st = users_add(rq->argv[1], ROLE_NURSE, rq->argv[2], who(rq));
    cu_wipe(rq->argv[2], strlen(rq->argv[2]));
    return st;
}

static pump_status cmd_passwd(struct request *rq)
{
    pump_status st = users_change_password(rq->argv[1], rq->argv[2], rq->argv[3]);

    cu_wipe(rq->argv[2], strlen(rq->argv[2]));
    cu_wipe(rq->argv[3], strlen(rq->argv[3]));
    return st;
}

static pump_status cmd_set(struct request *rq)
{
    REQUIRE(rq, ROLE_BIOMED);
    return store_set(rq->argv[1], rq->argv[2], who(rq));
}

static pump_status cmd_network(struct request *rq)
{
    pump_status st;

    REQUIRE(rq, ROLE_BIOMED);
    st = store_network(rq->argv[1], rq->argv[2]);
    cu_wipe(rq->argv[2], strlen(rq->argv[2]));
    if (st != PUMP_OK)
        return st;
    return audit_record(AUDIT_CONFIG_CHANGED, who(rq), "network %s", rq->argv[1]);
}

static pump_status cmd_log_rotate(struct request *rq)
{
    REQUIRE(rq, ROLE_BIOMED);
    return audit_rotate(who(rq));
}

static pump_status cmd_log_clear(struct request *rq)
{
    REQUIRE(rq, ROLE_SERVICE);
    return audit_clear(who(rq));
}

static pump_status cmd_log_export(struct request *rq)
{
    REQUIRE(rq, ROLE_BIOMED);
    return audit_export(rq->argv[1], rq->argv[2], who(rq));
}

static pump_status cmd_update(struct request *rq)
{
    REQUIRE(rq, ROLE_BIOMED);
    return update_install(rq->argv[1], who(rq));
}

static pump_status cmd_update_usb(struct request *rq)
{
    REQUIRE(rq, ROLE_BIOMED);
    return update_install_usb(rq->argv[1], who(rq));
}

static pump_status cmd_update_service(struct request *rq)
{
    REQUIRE(rq, ROLE_SERVICE);
    return update_install_service(rq->argv[1], who(rq));
}

static pump_status cmd_update_module(struct request *rq)
{
    REQUIRE(rq, ROLE_BIOMED);
    return update_install_module(rq->argv[1], who(rq));
}

static pump_status cmd_update_net(struct request *rq)
{
    REQUIRE(rq, ROLE_BIOMED);
    return update_from_channel(rq->argv[1], strcmp(rq->argv[2], "debug") == 0,
                               who(rq));
}

static pump_status cmd_pair(struct request *rq)
{
    REQUIRE(rq, ROLE_NURSE);
    return mqtt_pairing_offer((*rq->session)->token);
}

static pump_status cmd_new_pin(struct request *rq)
{
    char pin[8];
    pump_status st;

    REQUIRE(rq, ROLE_BIOMED);
    st = identity_random_pin(pin, sizeof(pin));
    if (st == PUMP_OK)
        st = pin_set((*rq->session)->user, pin);
    if (st == PUMP_OK) {
        printf("PIN %s\n", pin);
        st = audit_record(AUDIT_PASSWORD_CHANGED, who(rq), "pin");
    }
    cu_wipe(pin, sizeof(pin));
    return st;
}

static const struct command commands[] = {
    {.name = "login", .argc = 3, .run = cmd_login},
    {.name = "tty-login", .argc = 3, .run = cmd_console_login},
    {.name = "service", .argc = 2, .run = cmd_service},
    {.name = "logout", .argc = 1, .run = cmd_logout},
    {.name = "status", .argc = 1, .run = cmd_status},
    {.name = "drug", .argc = 2, .run = cmd_drug},
    {.name = "rate", .argc = 2, .run = cmd_rate},
    {.name = "bolus", .argc = 2, .run = cmd_bolus},
    {.name = "stop", .argc = 1, .run = cmd_stop},
    {.name = "limits-off", .argc = 1, .run = cmd_limits_off},
    {.name = "calibrate", .argc = 2, .run = cmd_calibrate},
    {.name = "user-add", .argc = 3, .run = cmd_user_add},
    {.name = "passwd", .argc = 4, .run = cmd_passwd},
    {.name = "set", .argc = 3, .run = cmd_set},
    {.name = "network", .argc = 3, .run = cmd_network},
    {.name = "log-rotate", .argc = 1, .run = cmd_log_rotate},
    {.name = "log-clear", .argc = 1, .run = cmd_log_clear},
    {.name = "log-export", .argc = 3, .run = cmd_log_export},
    {.name = "update", .argc = 2, .run = cmd_update},
    {.name = "update-usb", .argc = 2, .run = cmd_update_usb},
    {.name = "update-service", .argc = 2, .run = cmd_update_service},
    {.name = "update-module", .argc = 2, .run = cmd_update_module},
    {.name = "update-net", .argc = 3, .run = cmd_update_net},
    {.name = "pair", .argc = 1, .run = cmd_pair},
    {.name = "new-pin", .argc = 1, .run = cmd_new_pin},
};

static struct session *still_valid(struct session *s)
{
    if (s->role == ROLE_SERVICE)
        return session_lookup_service(s->token);
    return session_lookup(s->token);
}

pump_status console_run(char *line, struct session **s)
{
    struct request rq = {.session = s};
    char *save = NULL;

    for (char *tok = strtok_r(line, " \t\r\n", &save);
         tok != NULL && rq.argc < MAX_ARGS;
         tok = strtok_r(NULL, " \t\r\n", &save))
        rq.argv[rq.argc++] = tok;
    if (rq.argc == 0)
        return PUMP_OK;
    if (*s != NULL)
        *s = still_valid(*s);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (strcmp(commands[i].name, rq.argv[0]) == 0)
            return rq.argc == commands[i].argc ? commands[i].run(&rq)
                                               : PUMP_ERR_PARAM;
    return PUMP_ERR_PARAM;
}
