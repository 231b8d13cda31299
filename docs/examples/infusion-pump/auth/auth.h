#ifndef AUTH_H
#define AUTH_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "pump_status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PW_SALT_LEN 16
#define PW_HASH_LEN 32
#define PW_MIN_LEN  8
#define TOKEN_LEN   32

enum user_role { ROLE_NONE, ROLE_NURSE, ROLE_PHARMACIST, ROLE_BIOMED, ROLE_SERVICE };

struct user {
    char name[24];
    enum user_role role;
    uint8_t salt[PW_SALT_LEN];
    uint8_t hash[PW_HASH_LEN];
    uint8_t pin_hash[PW_HASH_LEN];
    unsigned int failures;
    bool must_change;
};

struct session {
    char token[TOKEN_LEN + 1];
    struct user *user;
    enum user_role role;
    time_t last_seen;
    bool in_use;
};

/* password.c */
pump_status password_set(struct user *u, const char *pw);
pump_status password_check(const struct user *u, const char *pw);
pump_status password_set_recovery(struct user *u, const char *pw);
pump_status pin_set(struct user *u, const char *pin);
pump_status pin_check(const struct user *u, const char *pin);

/* users.c */
pump_status users_init(void);
struct user *users_find(const char *name);
pump_status users_add(const char *name, enum user_role role, const char *pw,
                      const char *by);
pump_status users_change_password(const char *name, const char *old_pw,
                                  const char *new_pw);

/* login */
pump_status auth_login(const char *name, const char *pw, struct session **out);
pump_status auth_login_console(const char *name, const char *pw,
                               struct session **out);
pump_status auth_unlock_service(const char *code, struct session **out);
void auth_logout(struct session *s);

/* session.c */
pump_status session_create(struct user *u, struct session **out);
pump_status session_create_service(struct user *u, struct session **out);
struct session *session_lookup(const char *token);
struct session *session_lookup_service(const char *token);
void session_end(struct session *s);
pump_status session_require(struct session *s, enum user_role at_least);

#ifdef __cplusplus
}
#endif
#endif
