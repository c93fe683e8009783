#include <algorithm>
#include <set>

#include "crypto/base32.h"
#include "server/api/board_page.h"
#include "server/api/check_page.h"
#include "server/api/health.h"
#include "server/client/curl_link.h"
#include "server/http/server.h"
#include "server/protocol/exchange.h"
#include "tests/server/api/house_core.h"
#include "tests/server/api/schema_check.h"

namespace assay::server_api {
namespace {

using test::give;
using test::identity;

/// server/api/openapi.json beside a server with all its routes.
class OpenApiE2e : public testing::Test {
  protected:
    void SetUp() override {
        SystemDisk disk;
        const Bytes file =
            read_file(disk, test::repository() / "server/api/openapi.json", 1U << 20U).value();
        document_ = boost::json::parse(as_text(file));
        house_.set_up_sitting();
        headroom_.look();
    }
    http::Router open_routes() {
        http::Router router = public_routes(served_.core);
        add_health(router, {*house_.ports, headroom_, metrics_, WallTime{0}, [] { return 1U; }});
        add_board(router, served_.core, texts_);
        add_check_page(router, served_.core);
        return router;
    }
    /// "desks GET /v1/photos/{digest}"
    static void add_routes(const http::Router& router, const std::string& listener,
                           std::set<std::string>& out) {
        for (const http::Route& route : router.routes()) {
            std::string path = http::pattern_text(route);
            std::erase(path, '*');
            std::string method = route.method;
            std::ranges::transform(method, method.begin(), [](unsigned char c) {
                return static_cast<char>(std::tolower(c));
            });
            out.insert(listener + " " + method + " " + path);
        }
    }
    void serve() {
        http::ServerConfig pinned;
        pinned.io_threads = 1;
        pinned.peers = desk_pin(*house_.trust);
        desks_ = http::Server::start(pinned, identity(house_.server_tls), desk_routes(served_.core))
                     .value();
        http::ServerConfig open;
        open.io_threads = 1;
        public_ = http::Server::start(open, identity(house_.server_tls), open_routes()).value();
    }
    LinkReply ask(const std::string& method, const std::string& path, Bytes body) {
        const bool desk = document_.at("paths").as_object().contains(path_of(path)) == false ||
                          is_for(path_of(path), method, "desks");
        client::LinkConfig config;
        config.host = "127.0.0.1";
        config.port = desk ? desks_->port() : public_->port();
        config.server = crypto::pin_to(identity(house_.server_tls).key());
        if (desk) {
            config.identity = identity(house_.desk_tls);
        }
        LinkRequest request;
        request.method = method;
        request.path = path;
        request.body = std::move(body);
        const auto link = client::CurlLink::make(std::move(config)).value();
        const auto reply = link->exchange(request);
        EXPECT_TRUE(reply.ok()) << path << to_string(reply.error());
        return reply.ok() ? *reply : LinkReply{};
    }
    /// The path of the document that an address belongs to.
    std::string path_of(const std::string& address) const {
        http::Router router;
        for (const auto& [path, methods] : document_.at("paths").as_object()) {
            std::string pattern(path);
            if (pattern == "/v1/log/{path}") {
                pattern = "/v1/log/{path*}";
            }
            router.add("GET", pattern, {}, [](const http::Request&) { return http::Reply(); });
        }
        std::string out = http::pattern_text(*router.find("GET", address).route);
        std::erase(out, '*');
        return out;
    }
    const boost::json::object& operation(const std::string& path, std::string method) const {
        std::ranges::transform(method, method.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return document_.at("paths").at(path).at(method).as_object();
    }
    bool is_for(const std::string& path, const std::string& method, const char* listener) const {
        const auto& listeners = operation(path, method).at("x-listeners").as_array();
        return std::ranges::count(listeners, boost::json::value(listener)) > 0;
    }
    /// Asks, and compares the answer with what the document says of it.
    int matches(const std::string& method, const std::string& address, Bytes body = {}) {
        const LinkReply reply = ask(method, address, std::move(body));
        const auto& responses = operation(path_of(address), method).at("responses").as_object();
        const std::string status = std::to_string(reply.status);
        const auto* said = responses.if_contains(status);
        said = said == nullptr ? responses.if_contains("default") : said;
        const auto* content = said->as_object().if_contains("content");
        if (content == nullptr) {
            return reply.status;
        }
        const auto type = reply.headers.find("content-type");
        const std::string sent = type == reply.headers.end() ? "" : type->second;
        const auto& [name, media] = *content->as_object().begin();
        EXPECT_EQ(sent.substr(0, name.size()), std::string(name)) << address << ' ' << status;
        if (const auto* schema = media.as_object().if_contains("schema")) {
            const auto value = boost::json::parse(as_text(reply.body));
            EXPECT_EQ(test::SchemaCheck(document_).problem(schema->as_object(), value), "")
                << address << ' ' << status << ' ' << as_text(reply.body).substr(0, 400);
        }
        return reply.status;
    }

    boost::json::value document_;
    SystemDisk disk_;
    text::Texts texts_ = text::Texts::load(disk_, test::locale_folder()).value();
    test::Organisation house_;
    test::HouseCore served_{house_};
    Metrics metrics_;
    server_core::Headroom headroom_{house_.disk, house_.folder.path(), 0};
    std::unique_ptr<http::Server> desks_;
    std::unique_ptr<http::Server> public_;
};

TEST_F(OpenApiE2e, NamesEveryRouteAndNoOther) {
    std::set<std::string> served;
    add_routes(desk_routes(served_.core), "desks", served);
    add_routes(open_routes(), "public", served);
    std::set<std::string> named;
    for (const auto& [path, methods] : document_.at("paths").as_object()) {
        for (const auto& [method, operation] : methods.as_object()) {
            for (const auto& listener : operation.at("x-listeners").as_array()) {
                named.insert(std::string(listener.as_string()) + " " + std::string(method) + " " +
                             std::string(path));
            }
        }
    }
    EXPECT_EQ(document_.at("openapi").as_string(), "3.1.0");
    EXPECT_EQ(named, served);
}

TEST_F(OpenApiE2e, SaysWhatTheServerAnswers) {
    serve();
    const std::string sitting = house_.manifest.object.sitting.hex();
    ASSERT_TRUE(house_.releases->add_batch(house_.approved(house_.batch())).ok());
    const auto package = house_.pack(house_.attempt(0), {give("Q01", "A")});
    const std::string statement = package.digest().hex();
    EXPECT_EQ(matches("GET", "/livez"), 200);
    EXPECT_EQ(matches("GET", "/readyz"), 200);
    EXPECT_EQ(matches("GET", "/metrics"), 200);
    EXPECT_EQ(matches("GET", "/check"), 200);
    EXPECT_EQ(matches("GET", "/v1/key-list"), 200);
    EXPECT_EQ(matches("GET", "/v1/log/checkpoint"), 200);
    EXPECT_EQ(matches("GET", "/v1/log/tile/0/999"), 404);
    EXPECT_EQ(matches("GET", "/v1/sittings/" + sitting), 200);
    EXPECT_EQ(matches("GET", "/v1/sittings/" + statement), 400);
    EXPECT_EQ(matches("GET", "/v1/photos/" + statement), 404);
    EXPECT_EQ(matches("GET", "/v1/banks/" + house_.bank->bank_statement.object.bank.hex()), 200);
    EXPECT_EQ(matches("GET", "/v1/opened/" + statement), 404);
    EXPECT_EQ(matches("POST", "/v1/releases", record::write_document(house_.release_request())),
              200);
    EXPECT_EQ(matches("POST", "/v1/releases", to_bytes("{}")), 400);
    const protocol::StatementRequest opening{"room-opening", to_bytes(house_.opening.json())};
    EXPECT_EQ(matches("POST", "/v1/statements", record::write_document(opening)), 200);
    EXPECT_EQ(matches("PUT", "/v1/packages/" + statement, package.upload), 200);
    EXPECT_EQ(matches("PUT", "/v1/packages/" + statement, to_bytes("no tar")), 400);
    EXPECT_EQ(matches("GET", "/v1/receipts/" + crypto::short_code(package.digest())), 200);
    EXPECT_EQ(matches("GET", "/v1/receipts/nothing"), 400);
    EXPECT_EQ(matches("POST", "/v1/mark-sheets", to_bytes("{}")), 400);
    EXPECT_EQ(matches("OPTIONS", "/v1/uploads"), 204);
    EXPECT_EQ(matches("GET", "/v1/boards/" + sitting), 200);
    EXPECT_EQ(matches("GET", "/v1/boards/" + sitting + "/csv"), 200);
    EXPECT_EQ(matches("GET", "/v1/boards/" + sitting + "/page"), 200);
    record::MarkSheet sheet;
    sheet.attempt = house_.attempt(0).attempt;
    sheet.item = "Q12";
    sheet.criterion = "total";
    sheet.max_milli = 15'000;
    sheet.time = house_.clock.wall();
    sheet.marker = house_.officer_ids[0];
    EXPECT_EQ(matches("POST", "/v1/mark-sheets",
                      to_bytes(record::sign(sheet, house_.officers[0]).json())),
              204);
}

}  // namespace
}  // namespace assay::server_api
