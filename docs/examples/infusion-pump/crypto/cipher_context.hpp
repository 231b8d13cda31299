#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>

namespace ip200 {

class CryptoError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Owns an EVP_CIPHER_CTX set up for encryption.
class CipherContext {
public:
    CipherContext(const EVP_CIPHER *cipher, const std::uint8_t *key,
                  const std::uint8_t *iv)
        : ctx_(EVP_CIPHER_CTX_new())
    {
        if (ctx_ == nullptr)
            throw CryptoError("no cipher context");
        if (EVP_EncryptInit_ex(ctx_, cipher, nullptr, key, iv) != 1) {
            EVP_CIPHER_CTX_free(ctx_);
            throw CryptoError("cipher setup failed");
        }
    }

    ~CipherContext() { EVP_CIPHER_CTX_free(ctx_); }

    CipherContext(const CipherContext &) = delete;
    CipherContext &operator=(const CipherContext &) = delete;

    std::vector<std::uint8_t> encrypt(const std::uint8_t *in, std::size_t len)
    {
        std::vector<std::uint8_t> out(len + EVP_MAX_BLOCK_LENGTH);
        int n = 0;
        int last = 0;
        if (EVP_EncryptUpdate(ctx_, out.data(), &n, in,
                              static_cast<int>(len)) != 1)
            throw CryptoError("encryption failed");
        if (EVP_EncryptFinal_ex(ctx_, out.data() + n, &last) != 1)
            throw CryptoError("encryption failed");
        out.resize(static_cast<std::size_t>(n + last));
        return out;
    }

    void tag(std::uint8_t *out, int len)
    {
        if (EVP_CIPHER_CTX_ctrl(ctx_, EVP_CTRL_AEAD_GET_TAG, len, out) != 1)
            throw CryptoError("no authentication tag");
    }

private:
    EVP_CIPHER_CTX *ctx_;
};

} // namespace ip200
