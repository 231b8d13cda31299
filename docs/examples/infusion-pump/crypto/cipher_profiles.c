#include "crypto_util.h"

#include <string.h>

/* Receivers of exported files, by the name in the hospital's site file. */
static const struct cipher_profile profiles[] = {
    {
        .name = "meridian-archive",
        .cipher = EVP_aes_256_cbc,
        .key_len = 32,
        .iv_len = 16,
    },
    {
        .name = "clinic-gateway-v2",
        .cipher = EVP_aes_128_cbc,
        .key_len = 16,
        .iv_len = 16,
    },
    {
        /* gateways sold before 2014 cannot do AES */
        .name = "clinic-gateway-v1",
        .cipher = EVP_des_ede3_cbc,
        .key_len = 24,
        .iv_len = 8,
    },
};

const struct cipher_profile *cipher_profile_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(profiles); i++)
        if (strcmp(profiles[i].name, name) == 0)
            return &profiles[i];
    return NULL;
}
