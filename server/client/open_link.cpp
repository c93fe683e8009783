#include "server/client/open_link.h"

#include <memory>

#include <curl/curl.h>

namespace assay::client {
namespace {

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

std::size_t take_body(const char* data, std::size_t size, std::size_t count, void* into) {
    Bytes& body = *static_cast<Bytes*>(into);
    const std::size_t bytes = size * count;
    if (bytes > kOpenReplyBytesMax - body.size()) {
        return 0;
    }
    append(body, as_bytes(std::string_view(data, bytes)));
    return bytes;
}

bool prepare(CURL* easy, const std::string& url, const LinkRequest& request, Bytes& body) {
    bool good = true;
    const auto set = [&](CURLoption option, auto value) {
        good = good && curl_easy_setopt(easy, option, value) == CURLE_OK;
    };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SSL_VERIFYPEER, 0L);  // the reply's own signature says who it is from
    set(CURLOPT_SSL_VERIFYHOST, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_TIMEOUT_MS, long{request.timeout.count()});
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_POSTFIELDS, as_text(request.body).data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
    return good;
}

}  // namespace

Result<LinkReply> OpenLink::exchange(const LinkRequest& request) {
    const Easy easy(curl_easy_init(), &curl_easy_cleanup);
    LinkReply reply;
    if (!easy || !prepare(easy.get(), origin_ + request.path, request, reply.body)) {
        return fail(Code::kUnavailable, "client.open.unreachable"_id, {{"origin", origin_}});
    }
    const CURLcode code = curl_easy_perform(easy.get());
    if (code == CURLE_WRITE_ERROR) {
        return fail(Code::kLimit, "client.open.reply"_id,
                    {{"origin", origin_}, {"limit", std::to_string(kOpenReplyBytesMax)}});
    }
    if (code != CURLE_OK) {
        return fail(Code::kUnavailable, "client.open.unreachable"_id, {{"origin", origin_}});
    }
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<int>(status);
    return reply;
}

}  // namespace assay::client
