#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include <unistd.h>

#include <curl/curl.h>
#include <mosquitto.h>

#include "alarm.hpp"
#include "audit.h"
#include "auth.h"
#include "console.h"
#include "dose.h"
#include "identity.h"
#include "net.h"
#include "pump_config.h"
#include "pump_log.h"
#include "settings_store.hpp"
#include "update.h"

namespace {

ip200::SettingsStore *store;

pump_status storeSet(const char *key, const char *value, const char *user)
{
    pump_status st = store->set(key, value, user);
    return st == PUMP_OK ? store->save() : st;
}

pump_status storeNetwork(const char *ssid, const char *psk)
{
    return store->saveNetwork(ssid, psk);
}

std::string readLine(const char *path)
{
    char buf[80] = {};
    std::FILE *f = std::fopen(path, "r");
    if (f == nullptr)
        return {};
    if (std::fgets(buf, sizeof(buf), f) == nullptr)
        buf[0] = '\0';
    std::fclose(f);
    buf[std::strcspn(buf, "\n")] = '\0';
    std::string line(buf);
    cu_wipe(buf, sizeof(buf));
    return line;
}

pump_status provision(const char *serial)
{
    EVP_PKEY *device = nullptr;
    EVP_PKEY *service = nullptr;
    char pin[8];
    struct user *u = users_find("service");

    pump_status st = identity_create_device(&device);
    if (st == PUMP_OK)
        st = identity_create_service(&service);
    if (st == PUMP_OK)
        st = identity_create_tls(PUMP_STATE_DIR "/tls.key");
    if (st == PUMP_OK)
        st = identity_service_pin(serial, pin, sizeof(pin));
    if (st == PUMP_OK)
        st = pin_set(u, pin);
    if (st == PUMP_OK)
        st = audit_record(AUDIT_PASSWORD_CHANGED, "service", "provisioned");
    cu_wipe(pin, sizeof(pin));
    EVP_PKEY_free(service);
    EVP_PKEY_free(device);
    return st;
}

pump_status recover(const char *name)
{
    char pw[64] = {};
    struct user *u = users_find(name);

    if (u == nullptr)
        return PUMP_ERR_PARAM;
    std::printf("new password: ");
    std::fflush(stdout);
    if (std::fgets(pw, sizeof(pw), stdin) == nullptr)
        return PUMP_ERR_IO;
    pw[std::strcspn(pw, "\n")] = '\0';
    pump_status st = password_set_recovery(u, pw);
    if (st == PUMP_OK)
        st = audit_record(AUDIT_PASSWORD_CHANGED, name, "recovery menu");
    cu_wipe(pw, sizeof(pw));
    return st;
}

pump_status nightly(const std::string &serial)
{
    std::uint8_t mac[EVP_MAX_MD_SIZE];
    std::uint8_t code[16];

    pump_status st = http_fetch_time("https://time.meridian.example/now");
    if (st != PUMP_OK)
        LOG_WARN("no network time");
    st = identity_attest(serial.data(), serial.size(), mac, sizeof(mac));
    if (st == PUMP_OK)
        st = identity_pairing_code(serial.c_str(), code, sizeof(code));
    if (st == PUMP_OK)
        st = telemetry_send_status();
    if (st == PUMP_OK)
        st = gateway_report("nightly");
    if (st == PUMP_OK)
        st = archive_report("nightly");
    if (st == PUMP_OK)
        st = mqtt_publish_status("nightly");
    if (st == PUMP_OK)
        st = mqtt_ward_beacon("nightly");
    if (st == PUMP_OK)
        st = http_post_report("https://fleet.meridian.example/v1/report", "{}");
    if (st == PUMP_OK)
        st = http_upload_archive("https://archive.clinic.example/ip200",
                                 PUMP_STATE_DIR "/audit.log");
    if (st == PUMP_OK)
        st = store->backup(PUMP_STATE_DIR "/settings.backup");
    if (st == PUMP_OK)
        st = store->saveCalibration({});
    return st;
}

void console()
{
    char line[256];
    struct session *session = nullptr;

    while (std::fgets(line, sizeof(line), stdin) != nullptr) {
        pump_status st = console_run(line, &session);
        if (st != PUMP_OK)
            std::printf("error: %s\n", pump_strstatus(st));
    }
    cu_wipe(line, sizeof(line));
    auth_logout(session);
}

void watchAlarms()
{
    ip200::AlarmBoard board;
    std::vector<std::uint8_t> key(CU_KEY_LEN);

    if (cu_read_secret(PUMP_STATE_DIR "/pager.key", key.data(), key.size()) !=
        PUMP_OK) {
        LOG_WARN("nurse call is not paired");
        return;
    }
    ip200::Pager pager(std::move(key));
    board.listen([&pager](const ip200::AlarmEvent &e) {
        auto page = e.priority == ip200::Priority::High ? pager.pageWard(e)
                                                        : pager.pageStation(e);
        auto legacy = pager.pageLegacy(e);
        LOG_INFO("paged %zu + %zu bytes", page.size(), legacy.size());
    });
    board.listen([](const ip200::AlarmEvent &e) {
        if (telemetry_send_event(e.text.c_str()) != PUMP_OK)
            LOG_WARN("alarm not sent: %s", e.text.c_str());
    });
    board.tick({});
}

int usage()
{
    std::puts("pump-controller [--console | --provision SERIAL | --nightly |\n"
              "                 --recover USER | --export PASSPHRASE-FILE]");
    return 2;
}

int run(const char *mode, const char *arg)
{
    pump_status st = PUMP_ERR_PARAM;

    if (std::strcmp(mode, "--console") == 0) {
        watchAlarms();
        console();
        st = PUMP_OK;
    } else if (std::strcmp(mode, "--provision") == 0 && arg != nullptr) {
        st = provision(arg);
    } else if (std::strcmp(mode, "--nightly") == 0) {
        st = nightly(readLine("/etc/ip200/serial"));
    } else if (std::strcmp(mode, "--recover") == 0 && arg != nullptr) {
        st = recover(arg);
    } else if (std::strcmp(mode, "--export") == 0 && arg != nullptr) {
        std::string passphrase = readLine(arg);
        st = store->exportTo(PUMP_STATE_DIR "/settings.export", passphrase);
        cu_wipe(passphrase.data(), passphrase.size());
    } else {
        return usage();
    }
    if (st != PUMP_OK)
        LOG_ERR("%s: %s", mode, pump_strstatus(st));
    return st == PUMP_OK ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2)
        return usage();
    srand(static_cast<unsigned>(time(nullptr)) ^ static_cast<unsigned>(getpid()));
    curl_global_init(CURL_GLOBAL_DEFAULT);
    mosquitto_lib_init();

    ip200::SettingsStore settings(PUMP_STATE_DIR "/settings");
    store = &settings;
    console_set_store(storeSet, storeNetwork);
    if (audit_open(PUMP_STATE_DIR "/audit.log") != PUMP_OK) {
        LOG_ERR("no audit log, not starting");
        return 1;
    }
    if (users_init() != PUMP_OK || update_resume() != PUMP_OK) {
        LOG_ERR("not starting");
        return 1;
    }
    if (settings.unlock(readLine("/etc/ip200/unit.secret")) != PUMP_OK)
        LOG_WARN("settings stay locked");
    if (telemetry_init() != PUMP_OK)
        LOG_WARN("no telemetry key");

    int rc = run(argv[1], argc > 2 ? argv[2] : nullptr);
    audit_close();
    mosquitto_lib_cleanup();
    curl_global_cleanup();
    return rc;
}
