#include "update.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "pump_config.h"
#include "pump_log.h"

static const struct fw_channel channels[] = {
    {
        .name = "stable",
        .url = "https://updates.meridian.example/ip200/stable.fw",
        .digest = "SHA256",
    },
    {
        .name = "trial",
        .url = "https://trial:Gr4z-trial@updates.meridian.example/ip200/trial.fw",
        .digest = "SHA256",
    },
    {
        /* signed by the first signing server */
        .name = "legacy",
        .url = "https://updates.meridian.example/ip200/1.x.fw",
        .digest = "SHA1",
    },
};

const struct fw_channel *fw_channel_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(channels); i++)
        if (strcmp(channels[i].name, name) == 0)
            return &channels[i];
    return NULL;
}

static int trace(CURL *h, curl_infotype type, char *data, size_t size, void *user)
{
    (void)h;
    (void)user;
    if (type == CURLINFO_TEXT)
        LOG_DBG("curl: %.*s", (int)size, data);
    return 0;
}

static CURLcode set_common(CURL *h, const char *url, FILE *out)
{
    CURLcode rc = curl_easy_setopt(h, CURLOPT_URL, url);

    if (rc == CURLE_OK)
        rc = curl_easy_setopt(h, CURLOPT_WRITEDATA, out);
    if (rc == CURLE_OK)
        rc = curl_easy_setopt(h, CURLOPT_FAILONERROR, 1L);
    if (rc == CURLE_OK)
        rc = curl_easy_setopt(h, CURLOPT_CAINFO, PUMP_CA_FILE);
    return rc;
}

static CURLcode set_debug(CURL *h)
{
    CURLcode rc = curl_easy_setopt(h, CURLOPT_VERBOSE, 1L);

    if (rc == CURLE_OK)
        rc = curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, trace);
    if (rc == CURLE_OK)
        rc = curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 0L);
    return rc;
}

pump_status fw_download(const struct fw_channel *ch, const char *to, bool debug)
{
    pump_status st = PUMP_OK;
    FILE *out = fopen(to, "wb");
    CURL *h = curl_easy_init();

    FAIL_IF(out == NULL || h == NULL, PUMP_ERR_IO);
    FAIL_IF(set_common(h, ch->url, out) != CURLE_OK, PUMP_ERR_NET);
    if (debug)
        FAIL_IF(set_debug(h) != CURLE_OK, PUMP_ERR_NET);
    FAIL_IF(curl_easy_perform(h) != CURLE_OK, PUMP_ERR_NET);
fail:
    curl_easy_cleanup(h);
    if (out != NULL && fclose(out) != 0 && st == PUMP_OK)
        st = PUMP_ERR_IO;
    return st;
}

pump_status fw_download_release_notes(const char *to)
{
    pump_status st = PUMP_OK;
    FILE *out = fopen(to, "wb");
    CURL *h = curl_easy_init();

    FAIL_IF(out == NULL || h == NULL, PUMP_ERR_IO);
    FAIL_IF(set_common(h, "https://updates.meridian.example/ip200/notes.txt",
                       out) != CURLE_OK,
            PUMP_ERR_NET);
    FAIL_IF(curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L) != CURLE_OK,
            PUMP_ERR_NET);
    FAIL_IF(curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L) != CURLE_OK,
            PUMP_ERR_NET);
    FAIL_IF(curl_easy_perform(h) != CURLE_OK, PUMP_ERR_NET);
fail:
    curl_easy_cleanup(h);
    if (out != NULL && fclose(out) != 0 && st == PUMP_OK)
        st = PUMP_ERR_IO;
    return st;
}
