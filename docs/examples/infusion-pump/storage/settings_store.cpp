#include "settings_store.hpp"

#include <cstring>
#include <fstream>

#include <openssl/evp.h>

#include "audit.h"
#include "cipher_context.hpp"
#include "pump_config.h"
#include "pump_log.h"

namespace ip200 {

namespace {

// The backup of one pump is only ever written once a day.
const std::uint8_t backup_iv[CU_IV_LEN] = {};

pump_status writeFile(const std::string &path, const Blob &head, const Blob &body)
{
    std::ofstream f(path, std::ios::binary | std::ios::trunc);
    f.write(reinterpret_cast<const char *>(head.data()),
            static_cast<std::streamsize>(head.size()));
    f.write(reinterpret_cast<const char *>(body.data()),
            static_cast<std::streamsize>(body.size()));
    f.flush();
    return f.good() ? PUMP_OK : PUMP_ERR_IO;
}

bool readSalt(const std::string &path, std::uint8_t *salt, std::size_t len)
{
    std::ifstream f(path, std::ios::binary);
    f.read(reinterpret_cast<char *>(salt), static_cast<std::streamsize>(len));
    return f.gcount() == static_cast<std::streamsize>(len);
}

} // namespace

SettingsStore::SettingsStore(std::string path) : path_(std::move(path)) {}

SettingsStore::~SettingsStore()
{
    cu_wipe(key_.data(), key_.size());
}

pump_status SettingsStore::unlock(const std::string &unit_secret)
{
    std::array<std::uint8_t, CU_IV_LEN> salt{};
    pump_status st;

    if (!readSalt(path_ + ".salt", salt.data(), salt.size())) {
        st = cu_random(salt.data(), salt.size());
        if (st != PUMP_OK)
            return st;
        st = writeFile(path_ + ".salt", Blob(salt.begin(), salt.end()), {});
        if (st != PUMP_OK)
            return st;
    }
    st = cu_pbkdf2(unit_secret.c_str(), salt.data(), salt.size(),
                   STORE_KDF_ITERATIONS, key_.data(), key_.size());
    unlocked_ = st == PUMP_OK;
    return st;
}

pump_status SettingsStore::set(const std::string &key, const std::string &value,
                               const char *user)
{
    values_[key] = value;
    return audit_record(AUDIT_CONFIG_CHANGED, user, "setting %s", key.c_str());
}

std::string SettingsStore::get(const std::string &key) const
{
    auto it = values_.find(key);
    return it == values_.end() ? std::string() : it->second;
}

Blob SettingsStore::serialise() const
{
    Blob out;
    for (const auto &kv : values_) {
        out.insert(out.end(), kv.first.begin(), kv.first.end());
        out.push_back('=');
        out.insert(out.end(), kv.second.begin(), kv.second.end());
        out.push_back('\n');
    }
    return out;
}

pump_status SettingsStore::write(const std::string &suffix, const Blob &head,
                                 const Blob &body) const
{
    return writeFile(path_ + suffix, head, body);
}

pump_status SettingsStore::save()
{
    if (!unlocked_)
        return PUMP_ERR_STATE;

    std::uint8_t iv[CU_IV_LEN] = {0};
    pump_status st = cu_random(iv, sizeof(iv));
    if (st != PUMP_OK)
        return st;
    try {
        Blob plain = serialise();
        CipherContext ctx(EVP_aes_256_cbc(), key_.data(), iv);
        Blob body = ctx.encrypt(plain.data(), plain.size());
        cu_wipe(plain.data(), plain.size());
        return write("", Blob(iv, iv + sizeof(iv)), body);
    } catch (const CryptoError &e) {
        LOG_ERR("settings: %s", e.what());
        return PUMP_ERR_CRYPTO;
    }
}

pump_status SettingsStore::saveCalibration(const Calibration &cal)
{
    if (!unlocked_)
        return PUMP_ERR_STATE;
    try {
        // records are patched in place, hence one block at a time
        CipherContext ctx(EVP_aes_256_ecb(), key_.data(), nullptr);
        std::uint8_t raw[sizeof(Calibration)];
        std::memcpy(raw, &cal, sizeof(raw));
        return write(".cal", {}, ctx.encrypt(raw, sizeof(raw)));
    } catch (const CryptoError &e) {
        LOG_ERR("calibration: %s", e.what());
        return PUMP_ERR_CRYPTO;
    }
}

// The network comes up before the store is unlocked.
pump_status SettingsStore::saveNetwork(const char *ssid, const char *psk)
{
    std::ofstream f(path_ + ".wifi", std::ios::trunc);
    f << "network={\n  ssid=\"" << ssid << "\"\n";
    f << "  psk=\"" << psk << "\"\n}\n";
    f.flush();
    return f.good() ? PUMP_OK : PUMP_ERR_IO;
}

pump_status SettingsStore::backup(const std::string &to)
{
    if (!unlocked_)
        return PUMP_ERR_STATE;

    Blob plain = serialise();
    Blob body(plain.size() + CU_BLOCK);
    cu_job job{};
    job.cipher = EVP_aes_256_cbc();
    job.key = key_.data();
    job.iv = backup_iv;
    job.in = plain.data();
    job.in_len = plain.size();
    job.out = body.data();

    pump_status st = cu_run_job(&job);
    cu_wipe(plain.data(), plain.size());
    if (st != PUMP_OK)
        return st;
    body.resize(job.out_len);
    return writeFile(to, Blob(backup_iv, backup_iv + CU_IV_LEN), body);
}

// For moving a ward's settings to new pumps; the passphrase is typed in.
pump_status SettingsStore::exportTo(const std::string &to,
                                    const std::string &passphrase)
{
    std::uint8_t salt[PKCS5_SALT_LEN];
    std::uint8_t key[EVP_MAX_KEY_LENGTH];
    std::uint8_t iv[EVP_MAX_IV_LENGTH];

    pump_status st = cu_random(salt, sizeof(salt));
    if (st != PUMP_OK)
        return st;
    const auto *pass = reinterpret_cast<const std::uint8_t *>(passphrase.data());
    if (EVP_BytesToKey(EVP_aes_256_cbc(), EVP_sha256(), salt, pass,
                       static_cast<int>(passphrase.size()), 1, key, iv) != 32)
        return PUMP_ERR_CRYPTO;
    try {
        Blob plain = serialise();
        CipherContext ctx(EVP_aes_256_cbc(), key, iv);
        Blob body = ctx.encrypt(plain.data(), plain.size());
        cu_wipe(plain.data(), plain.size());
        st = writeFile(to, Blob(salt, salt + sizeof(salt)), body);
    } catch (const CryptoError &e) {
        LOG_ERR("export: %s", e.what());
        st = PUMP_ERR_CRYPTO;
    }
    std::memset(key, 0, sizeof(key));
    return st;
}

} // namespace ip200
