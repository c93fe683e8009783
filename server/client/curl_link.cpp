#include "server/client/curl_link.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <ctime>

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <pthread.h>

namespace assay::client {

namespace {

constexpr std::size_t kReplyHeaderBytesMax = 64UL << 10U;
constexpr int kPollMilliseconds = 1000;

struct EasyFree {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiFree {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListFree {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyFree>;
using Multi = std::unique_ptr<CURLM, MultiFree>;
using List = std::unique_ptr<curl_slist, ListFree>;

/// While it lives, a peer that is gone is an error to this thread and no SIGPIPE: OpenSSL writes
/// to sockets without MSG_NOSIGNAL, and curl's own guard changes the whole process.
class QuietPipe {
  public:
    QuietPipe() {
        sigset_t pending;
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        sigpending(&pending);
        was_pending_ = sigismember(&pending, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    QuietPipe(const QuietPipe&) = delete;
    QuietPipe& operator=(const QuietPipe&) = delete;
    ~QuietPipe() {
        const timespec now{};
        while (!was_pending_ && sigtimedwait(&pipe_, nullptr, &now) == SIGPIPE) {
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

  private:
    sigset_t pipe_{};
    sigset_t before_{};
    bool was_pending_ = false;
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    const auto last = text.find_last_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string()
                                           : std::string(text.substr(first, last - first + 1));
}

bool is_line(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool is_sendable(const LinkRequest& request) {
    const auto good = [](const auto& field) {
        return is_line(field.first) && is_line(field.second) && !field.first.empty();
    };
    return request.path.starts_with('/') && is_line(request.path) && is_line(request.method) &&
           std::all_of(request.headers.begin(), request.headers.end(), good);
}

/// What a person is told of a failed exchange. What curl itself says of it is English.
MessageId said_of(CURLcode code) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return "client.link.slow"_id;
        case CURLE_COULDNT_CONNECT:
            return "client.link.down"_id;
        case CURLE_COULDNT_RESOLVE_HOST:
            return "client.link.name"_id;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CERTPROBLEM:
            return "client.link.tls"_id;
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
            return "client.link.broken"_id;
        default:
            return "client.link.failed"_id;
    }
}

}  // namespace

/// The state that curl's callbacks reach.
class CurlLink::Transfer {
  public:
    explicit Transfer(LinkConfig config) : config_(std::move(config)) {
        // Also where the server's key is right: remembers that it was not, for the error.
        pin_ = [this](const crypto::TlsKey& key) {
            const bool good = config_.server && config_.server(key);
            wrong_key_ = wrong_key_ || !good;
            return good;
        };
    }

    Status prepare();
    Result<LinkReply> exchange(const LinkRequest& request);
    void cancel();
    std::optional<crypto::TlsExporter> exporter() const { return exporter_; }

  private:
    Status set_request(const LinkRequest& request);
    List header_list(const LinkRequest& request) const;
    CURLcode run(std::chrono::milliseconds timeout);
    Error error_of(CURLcode code) const;
    bool is_whole(const LinkRequest& request) const;

    static CURLcode on_tls(CURL* easy, void* context, void* self);
    static void on_handshake(const SSL* connection, int where, int result);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);

    LinkConfig config_;
    crypto::TlsPin pin_;
    Easy easy_;
    Multi multi_;
    std::atomic<bool> cancelled_ = false;
    std::optional<crypto::TlsExporter> exporter_;
    LinkReply reply_;
    std::size_t header_bytes_ = 0;
    bool head_ended_ = false;
    bool too_large_ = false;
    bool wrong_key_ = false;
    bool refused_us_ = false;
};

Status CurlLink::Transfer::prepare() {
    easy_.reset(curl_easy_init());
    multi_.reset(curl_multi_init());
    if (!easy_ || !multi_) {
        return fail(Code::kIo, "client.curl.start"_id);
    }
    CURL* const easy = easy_.get();
    const long connect_ms = long{config_.connect_timeout.count()};
    bool good = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK;
    const auto set = [&](auto option, auto value) {
        good = good && curl_easy_setopt(easy, option, value) == CURLE_OK;
    };
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");  // proxies of the environment are not meant for exam rooms
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);  // the key says who it is; names and addresses change
    set(CURLOPT_CAINFO, nullptr);
    set(CURLOPT_CAPATH, nullptr);
    set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    set(CURLOPT_SSL_CTX_FUNCTION, &Transfer::on_tls);
    set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    return good ? Status(Ok{}) : fail(Code::kIo, "client.curl.start"_id);
}

CURLcode CurlLink::Transfer::on_tls(CURL*, void* context, void* self) {
    auto* const tls = static_cast<SSL_CTX*>(context);
    auto& link = *static_cast<Transfer*>(self);
    const bool good = crypto::restrict_tls(tls).ok() &&
                      crypto::require_pinned_peer(tls, &link.pin_).ok() &&
                      (!link.config_.identity || link.config_.identity->use_in(tls).ok());
    SSL_CTX_set_app_data(tls, self);
    SSL_CTX_set_info_callback(tls, &Transfer::on_handshake);
    return good ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

void CurlLink::Transfer::on_handshake(const SSL* connection, int where, int result) {
    auto* const link = static_cast<Transfer*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
    if ((where & SSL_CB_HANDSHAKE_DONE) != 0) {
        // OpenSSL's callback type is const, its exporter only reads.
        const auto value = crypto::exporter_of(const_cast<SSL*>(connection));
        link->exporter_ = value ? std::optional(*value) : std::nullopt;
    }
    const bool fatal_alert =
        (where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && (result >> 8) == SSL3_AL_FATAL;
    if (fatal_alert) {
        // TLS 1.3 lets a server refuse our certificate only after our side thinks it is done.
        const int alert = result & 0xFF;
        link->refused_us_ =
            alert == SSL_AD_BAD_CERTIFICATE || alert == SSL_AD_UNKNOWN_CA ||
            alert == SSL_AD_CERTIFICATE_UNKNOWN || alert == SSL_AD_ACCESS_DENIED ||
            alert == SSL_AD_UNSUPPORTED_CERTIFICATE || alert == SSL_AD_CERTIFICATE_REVOKED ||
            alert == SSL_AD_CERTIFICATE_EXPIRED || alert == SSL_AD_HANDSHAKE_FAILURE ||
            alert == TLS13_AD_CERTIFICATE_REQUIRED;
    }
}

std::size_t CurlLink::Transfer::on_body(char* data, std::size_t size, std::size_t count,
                                        void* self) {
    auto& link = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    if (bytes > link.config_.reply_bytes_max - link.reply_.body.size()) {
        link.too_large_ = true;
        return 0;
    }
    append(link.reply_.body, as_bytes(std::string_view(data, bytes)));
    return bytes;
}

std::size_t CurlLink::Transfer::on_header(char* data, std::size_t size, std::size_t count,
                                          void* self) {
    auto& link = *static_cast<Transfer*>(self);
    const std::string_view line(data, size * count);
    link.header_bytes_ += line.size();
    if (link.header_bytes_ > kReplyHeaderBytesMax) {
        link.too_large_ = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        link.reply_.headers.clear();  // those of a 100 Continue
        link.head_ended_ = false;
    }
    link.head_ended_ = link.head_ended_ || line == "\r\n";
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) {
        link.reply_.headers[lower(trimmed(line.substr(0, colon)))] =
            trimmed(line.substr(colon + 1));
    }
    return line.size();
}

List CurlLink::Transfer::header_list(const LinkRequest& request) const {
    List list;
    const auto add = [&](const std::string& line) {
        auto* const longer = curl_slist_append(list.get(), line.c_str());
        ASSAY_CHECK(longer != nullptr);
        static_cast<void>(list.release());
        list.reset(longer);
    };
    add("Expect:");
    add("Accept:");
    if (!request.headers.contains("content-type")) {
        add("Content-Type:");
    }
    for (const auto& [name, value] : request.headers) {
        add(value.empty() ? name + ";" : name + ": " + value);
    }
    return list;
}

Status CurlLink::Transfer::set_request(const LinkRequest& request) {
    const bool bracket = config_.host.find(':') != std::string::npos;
    const std::string url = "https://" + (bracket ? "[" + config_.host + "]" : config_.host) + ":" +
                            std::to_string(config_.port) + request.path;
    CURL* const easy = easy_.get();
    bool good = curl_easy_setopt(easy, CURLOPT_URL, url.c_str()) == CURLE_OK;
    const auto set = [&](auto option, auto value) {
        good = good && curl_easy_setopt(easy, option, value) == CURLE_OK;
    };
    const bool with_body = !request.body.empty() || request.method == "POST" ||
                           request.method == "PUT" || request.method == "PATCH";
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTPGET, 1L);  // forgets the body of the request before
    set(CURLOPT_NOBODY, request.method == "HEAD" ? 1L : 0L);
    if (with_body) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(request.body.data()));
        if (request.body.empty()) {
            set(CURLOPT_POSTFIELDS, "");
        }
    }
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_TIMEOUT_MS, long{request.timeout.count()});
    return good ? Status(Ok{}) : fail(Code::kUsage, "client.request.form"_id);
}

CURLcode CurlLink::Transfer::run(std::chrono::milliseconds timeout) {
    const QuietPipe quiet;
    if (curl_multi_add_handle(multi_.get(), easy_.get()) != CURLM_OK) {
        return CURLE_FAILED_INIT;
    }
    CURLcode result = CURLE_OPERATION_TIMEDOUT;
    int running = 1;
    const auto until = std::chrono::steady_clock::now() + timeout + std::chrono::seconds(5);
    while (running > 0 && std::chrono::steady_clock::now() < until) {
        if (cancelled_) {
            result = CURLE_ABORTED_BY_CALLBACK;
            break;
        }
        if (curl_multi_perform(multi_.get(), &running) != CURLM_OK ||
            (running > 0 &&
             curl_multi_poll(multi_.get(), nullptr, 0, kPollMilliseconds, nullptr) != CURLM_OK)) {
            break;
        }
    }
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg == CURLMSG_DONE) {
            result = message->data.result;
        }
    }
    curl_multi_remove_handle(multi_.get(), easy_.get());
    return result;
}

Error CurlLink::Transfer::error_of(CURLcode code) const {
    const Args args{{"host", config_.host},
                    {"port", std::to_string(config_.port)},
                    {"number", std::to_string(code)},
                    {"cause", curl_easy_strerror(code)}};  // English: for logs only
    if (wrong_key_) {
        return fail(Code::kDenied, "client.link.wrong-key"_id, args);
    }
    if (refused_us_) {
        return fail(Code::kDenied, "client.link.refused"_id, args);
    }
    if (too_large_) {
        return fail(Code::kLimit, "client.reply.large"_id, args);
    }
    if (cancelled_) {
        return fail(Code::kUnavailable, "client.link.cancelled"_id, args);
    }
    return fail(Code::kUnavailable, said_of(code), args);
}

/// curl takes the end of a connection for the end of a reply that tells no length; we do not.
bool CurlLink::Transfer::is_whole(const LinkRequest& request) const {
    const bool framed =
        reply_.headers.contains("content-length") || reply_.headers.contains("transfer-encoding");
    const bool bodiless = request.method == "HEAD" || reply_.status == 204 || reply_.status == 304;
    return head_ended_ && (framed || bodiless);
}

Result<LinkReply> CurlLink::Transfer::exchange(const LinkRequest& request) {
    if (!is_sendable(request)) {
        return fail(Code::kUsage, "client.request.form"_id);
    }
    reply_ = LinkReply{};
    header_bytes_ = 0;
    head_ended_ = too_large_ = wrong_key_ = refused_us_ = false;
    ASSAY_TRY_STATUS(set_request(request));
    const List headers = header_list(request);
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers.get());
    const CURLcode code = run(request.timeout);
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, nullptr);
    curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDS, "");
    if (code != CURLE_OK) {
        return error_of(code);
    }
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    reply_.status = static_cast<int>(status);
    if (!is_whole(request)) {
        return error_of(CURLE_PARTIAL_FILE);
    }
    return std::move(reply_);
}

void CurlLink::Transfer::cancel() {
    cancelled_ = true;
    curl_multi_wakeup(multi_.get());
}

CurlLink::CurlLink(std::unique_ptr<Transfer> transfer) : transfer_(std::move(transfer)) {}

CurlLink::~CurlLink() = default;

Result<std::unique_ptr<CurlLink>> CurlLink::make(LinkConfig config) {
    if (config.host.empty() || config.port == 0 || !is_line(config.host) ||
        config.host.find_first_of("/@?#[] ") != std::string::npos) {
        return fail(Code::kUsage, "client.link.address"_id,
                    {{"host", config.host}, {"port", std::to_string(config.port)}});
    }
    // Counted and thread-safe in curl itself; the process's end is its undoing.
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return fail(Code::kIo, "client.curl.start"_id);
    }
    auto transfer = std::make_unique<Transfer>(std::move(config));
    ASSAY_TRY_STATUS(transfer->prepare());
    return std::unique_ptr<CurlLink>(new CurlLink(std::move(transfer)));
}

Result<LinkReply> CurlLink::exchange(const LinkRequest& request) {
    return transfer_->exchange(request);
}

void CurlLink::cancel() { transfer_->cancel(); }

std::optional<crypto::TlsExporter> CurlLink::exporter() const { return transfer_->exporter(); }

}  // namespace assay::client
