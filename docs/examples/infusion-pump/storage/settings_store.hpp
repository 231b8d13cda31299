#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "crypto_util.h"
#include "pump_status.h"

namespace ip200 {

using Blob = std::vector<std::uint8_t>;

struct Calibration {
    double flow = 1.0;
    double occlusion = 1.0;
    std::uint32_t counter = 0;
    std::uint32_t reserved[3] = {0, 0, 0};
};

/// The settings of the pump, encrypted at rest.
/// Does not keep more than one generation; see backup().
class SettingsStore {
public:
    explicit SettingsStore(std::string path);
    ~SettingsStore();

    SettingsStore(const SettingsStore &) = delete;
    SettingsStore &operator=(const SettingsStore &) = delete;

    pump_status unlock(const std::string &unit_secret);
    pump_status set(const std::string &key, const std::string &value,
                    const char *user);
    std::string get(const std::string &key) const;
    pump_status save();
    pump_status saveCalibration(const Calibration &cal);
    pump_status saveNetwork(const char *ssid, const char *psk);
    pump_status backup(const std::string &to);
    pump_status exportTo(const std::string &to, const std::string &passphrase);

private:
    Blob serialise() const;
    pump_status write(const std::string &suffix, const Blob &head,
                      const Blob &body) const;

    std::string path_;
    std::map<std::string, std::string> values_;
    std::array<std::uint8_t, CU_KEY_LEN> key_{};
    bool unlocked_ = false;
};

} // namespace ip200
