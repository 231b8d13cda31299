#ifndef IDENTITY_H
#define IDENTITY_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "pump_status.h"

#ifdef __cplusplus
extern "C" {
#endif

pump_status identity_create_device(EVP_PKEY **out);
pump_status identity_create_service(EVP_PKEY **out);
pump_status identity_create_tls(const char *key_path);
pump_status identity_load(const char *path, EVP_PKEY **out);

pump_status identity_service_pin(const char *serial, char *pin, size_t len);
pump_status identity_random_pin(char *pin, size_t len);
pump_status identity_pairing_code(const char *serial, uint8_t *code, size_t len);
pump_status identity_attest(const void *data, size_t n, uint8_t *mac, size_t len);

#ifdef __cplusplus
}
#endif
#endif
