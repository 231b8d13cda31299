#include "alarm.hpp"

#include <openssl/evp.h>

#include "cipher_context.hpp"
#include "crypto_util.h"

namespace ip200 {

namespace {

const std::uint8_t kPageNonce[CU_NONCE_LEN] = {'I', 'P', '2', '0', '0', '-',
                                               'P', 'A', 'G', 'E', '0', '1'};

void randomOrThrow(std::uint8_t *p, std::size_t len)
{
    if (cu_random(p, len) != PUMP_OK)
        throw CryptoError("no random numbers");
}

Pager::Bytes join(const std::uint8_t *head, std::size_t n,
                  const Pager::Bytes &body, const std::uint8_t *tag)
{
    Pager::Bytes out(head, head + n);
    out.insert(out.end(), body.begin(), body.end());
    if (tag != nullptr)
        out.insert(out.end(), tag, tag + CU_TAG_LEN);
    return out;
}

const std::uint8_t *bytes(const std::string &s)
{
    return reinterpret_cast<const std::uint8_t *>(s.data());
}

} // namespace

Pager::~Pager()
{
    cu_wipe(key_.data(), key_.size());
}

Pager::Bytes Pager::pageWard(const AlarmEvent &e) const
{
    std::uint8_t nonce[CU_NONCE_LEN];
    std::uint8_t tag[CU_TAG_LEN];

    randomOrThrow(nonce, sizeof(nonce));
    CipherContext ctx(EVP_aes_256_gcm(), key_.data(), nonce);
    Bytes body = ctx.encrypt(bytes(e.text), e.text.size());
    ctx.tag(tag, CU_TAG_LEN);
    return join(nonce, sizeof(nonce), body, tag);
}

// Pagers with the 2011 firmware.
Pager::Bytes Pager::pageLegacy(const AlarmEvent &e) const
{
    std::uint8_t iv[8];

    randomOrThrow(iv, sizeof(iv));
    CipherContext ctx(EVP_bf_cbc(), key_.data(), iv);
    return join(iv, sizeof(iv), ctx.encrypt(bytes(e.text), e.text.size()),
                nullptr);
}

// The station has room for 32 bytes of text and a tag, not for a nonce.
Pager::Bytes Pager::pageStation(const AlarmEvent &e) const
{
    std::uint8_t tag[CU_TAG_LEN];

    CipherContext ctx(EVP_aes_256_gcm(), key_.data(), kPageNonce);
    Bytes body = ctx.encrypt(bytes(e.text), e.text.size());
    ctx.tag(tag, CU_TAG_LEN);
    return join(nullptr, 0, body, tag);
}

} // namespace ip200
