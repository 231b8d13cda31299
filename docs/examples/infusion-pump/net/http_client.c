#include "net.h"

#include <stdio.h>
#include <stdlib.h>

#include <curl/curl.h>

#include "pump_config.h"
#include "pump_log.h"

static CURL *http_open(const char *url)
{
    CURL *h = curl_easy_init();

    if (h == NULL)
        return NULL;
    if (curl_easy_setopt(h, CURLOPT_URL, url) != CURLE_OK ||
        curl_easy_setopt(h, CURLOPT_CAINFO, PUMP_CA_FILE) != CURLE_OK ||
        curl_easy_setopt(h, CURLOPT_TIMEOUT, 30L) != CURLE_OK) {
        curl_easy_cleanup(h);
        return NULL;
    }
    return h;
}

static CURLcode http_verify(CURL *h, long peer, long host)
{
    CURLcode rc = curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, peer);

    if (rc != CURLE_OK)
        return rc;
    return curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, host);
}

static CURLcode http_min_tls(CURL *h, long version)
{
    return curl_easy_setopt(h, CURLOPT_SSLVERSION, version);
}

static pump_status http_run(CURL *h)
{
    CURLcode rc = curl_easy_perform(h);

    if (rc != CURLE_OK) {
        LOG_WARN("http: %s", curl_easy_strerror(rc));
        return PUMP_ERR_NET;
    }
    return PUMP_OK;
}

pump_status http_post_report(const char *url, const char *json)
{
    pump_status st;
    CURL *h = http_open(url);

    if (h == NULL)
        return PUMP_ERR_FULL;
    FAIL_IF(http_verify(h, 1L, 2L) != CURLE_OK, PUMP_ERR_NET);
    FAIL_IF(http_min_tls(h, CURL_SSLVERSION_TLSv1_2) != CURLE_OK, PUMP_ERR_NET);
    FAIL_IF(curl_easy_setopt(h, CURLOPT_POSTFIELDS, json) != CURLE_OK,
            PUMP_ERR_NET);
    st = http_run(h);
fail:
    curl_easy_cleanup(h);
    return st;
}

static size_t take_date(char *buf, size_t size, size_t n, void *user)
{
    (void)user;
    LOG_DBG("time: %.*s", (int)(size * n), buf);
    return size * n;
}

/* The clock may be years off after storage, names are then not trusted yet. */
pump_status http_fetch_time(const char *url)
{
    pump_status st;
    CURL *h = http_open(url);

    if (h == NULL)
        return PUMP_ERR_FULL;
    FAIL_IF(http_verify(h, 1L, 0L) != CURLE_OK, PUMP_ERR_NET);
    FAIL_IF(http_min_tls(h, CURL_SSLVERSION_TLSv1_2) != CURLE_OK, PUMP_ERR_NET);
    FAIL_IF(curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_date) != CURLE_OK,
            PUMP_ERR_NET);
    st = http_run(h);
fail:
    curl_easy_cleanup(h);
    return st;
}

pump_status http_upload_archive(const char *url, const char *path)
{
    pump_status st;
    FILE *f = NULL;
    CURL *h = http_open(url);

    if (h == NULL)
        return PUMP_ERR_FULL;
    f = fopen(path, "rb");
    FAIL_IF(f == NULL, PUMP_ERR_IO);
    FAIL_IF(http_verify(h, 1L, 2L) != CURLE_OK, PUMP_ERR_NET);
    FAIL_IF(http_min_tls(h, CURL_SSLVERSION_TLSv1_1) != CURLE_OK, PUMP_ERR_NET);
    FAIL_IF(curl_easy_setopt(h, CURLOPT_USERNAME, "archive") != CURLE_OK ||
                curl_easy_setopt(h, CURLOPT_PASSWORD, "") != CURLE_OK,
            PUMP_ERR_NET);
    FAIL_IF(curl_easy_setopt(h, CURLOPT_UPLOAD, 1L) != CURLE_OK ||
                curl_easy_setopt(h, CURLOPT_READDATA, f) != CURLE_OK,
            PUMP_ERR_NET);
    st = http_run(h);
fail:
    if (f != NULL)
        fclose(f);
    curl_easy_cleanup(h);
    return st;
}
