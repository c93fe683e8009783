#pragma once

#include "crypto/base/link.h"
#include "crypto/record/document.h"
#include "crypto/record/signed.h"

namespace assay::protocol {

/// The body of every refusal: an error of the other program, by id, so that the one who reads it
/// hears it in their own language.
struct Refusal {
    static constexpr std::string_view kName = "refusal";
    struct Argument {
        std::string name;
        std::string value;
        template <class V, class S>
        static void fields(V& v, S& s) {
            v.field("name", s.name);
            v.field("value", s.value);
        }
    };
    std::string code;  ///< code_name()
    std::string id;
    std::vector<Argument> args;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("code", s.code);
        v.field("id", s.id);
        v.field("args", s.args);
    }
};

/// HTTP status of an error's code, one to one where a client acts differently.
int http_status(Code code);

/// What a person who hears of the error elsewhere needs of it.
Refusal refusal_of(const Error& error);

/// The body for an error.
Bytes write_refusal(const Error& error);

/// The error that a reply of status 400 or more stands for: `protocol.refused` with the peer's id
/// as argument `reason` and the peer's arguments beside it.
Error read_refusal(const LinkReply& reply);

/// Sends bytes and gives the reply's body where the status is 2xx.
Result<Bytes> send(Link& link, std::string method, std::string path, Bytes body = {},
                   std::chrono::milliseconds timeout = std::chrono::seconds(10));

/// Sends a document and reads one. `Nothing` stands for an empty body.
struct Nothing {
    static constexpr std::string_view kName = "nothing";
    template <class V, class S>
    static void fields(V&, S&) {}
};

template <typename Reply, typename Request = Nothing>
Result<Reply> call(Link& link, std::string method, std::string path, const Request& request = {},
                   std::chrono::milliseconds timeout = std::chrono::seconds(10)) {
    Bytes body;
    if constexpr (!std::is_same_v<Request, Nothing>) {
        body = record::write_document(request);
    }
    ASSAY_TRY(const Bytes reply,
              send(link, std::move(method), std::move(path), std::move(body), timeout));
    return record::read_document<Reply>(reply);
}

}  // namespace assay::protocol
