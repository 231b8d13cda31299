#ifndef PUMP_CONFIG_H
#define PUMP_CONFIG_H

/* Build-time configuration of the Meridian IP-200. */

#define PUMP_MODEL   "Meridian IP-200"
#define PUMP_VERSION 0x00030201u

#ifndef PUMP_STATE_DIR
#define PUMP_STATE_DIR "/var/lib/ip200"
#endif

/* Password hashing. The first board (396 MHz) had to answer a login in 150 ms. */
#define PW_KDF_ITERATIONS 1000

/* Settings master key; derived once at boot. */
#define STORE_KDF_ITERATIONS 600000

/* Identity keys */
#define DEVICE_KEY_BITS  3072
#define SERVICE_KEY_BITS 1024

/* Sessions */
#define SESSION_IDLE_SECONDS (10 * 60)
#define LOGIN_MAX_FAILURES   5

/*
 * The line in Graz has its own gateway with a self-signed certificate.
 * FACTORY is set by the build, see PUMP_FACTORY_LINE in CMakeLists.txt.
 */
#ifdef FACTORY
#define GATEWAY_VERIFY 0
#else
#define GATEWAY_VERIFY 1
#endif

#define PUMP_CA_FILE     "/etc/ip200/ca.pem"
#define PUMP_CERT_FILE   "/etc/ip200/device.crt"
#define PUMP_KEY_FILE    "/etc/ip200/device.key"
#define PUMP_ATTEST_FILE "/etc/ip200/attest.key"

#endif
