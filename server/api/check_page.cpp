#include "server/api/check_page.h"

#include "crypto/base/escape.h"
#include "server/api/board_page.h"

namespace assay::server_api {

std::string check_page(const std::string& log_key) {
    constexpr std::string_view kPlace = "{{log-key}}";
    std::string page = check_page_source();
    const std::size_t at = page.find(kPlace);
    return at == std::string::npos ? page : page.replace(at, kPlace.size(), escaped(log_key));
}

void add_check_page(http::Router& router, Core& core) {
    router.add("GET", "/check", {}, [&core](const http::Request&) {
        http::Reply reply =
            http::Reply::bytes(200, "text/html; charset=utf-8",
                               to_bytes(check_page(core.ports.central.verifier_key())));
        reply.headers.emplace("cache-control", "no-store");
        reply.headers.emplace("referrer-policy", "no-referrer");
        return reply;
    });
}

}  // namespace assay::server_api
