// A message that is accepted is written again as exactly the same bytes. Whatever stands in the
// body of a refusal, it gives an error, and one of ours comes back as it was.
#include <cstdint>

#include "crypto/base/check.h"
#include "server/protocol/exchange.h"
#include "server/protocol/journal.h"
#include "server/protocol/keys.h"
#include "server/protocol/package.h"
#include "server/protocol/release.h"
#include "server/protocol/sitting.h"

namespace {

using namespace assay;

template <typename T>
void try_one(ByteView input) {
    const auto read = record::read_document<T>(input);
    if (read.ok()) {
        ASSAY_CHECK(as_text(record::write_document(*read)) == as_text(input));
    }
}

template <typename... T>
void try_all(ByteView input) {
    (try_one<T>(input), ...);
}

void try_refusal(ByteView input) {
    for (const int status : {400, 403, 409, 503, 599}) {
        const Error error = protocol::read_refusal({status, {}, to_bytes(input)});
        const Error again = protocol::read_refusal({status, {}, protocol::write_refusal(error)});
        ASSAY_CHECK(again.code == error.code);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace p = assay::protocol;
    const assay::ByteView input(data, size);
    try_all<p::StatementRequest, p::ReceiptReply, p::PackageReply, p::ReleaseRequest,
            p::ReleaseReply, p::SittingReply, p::RoomReply, p::CheckInRequest, p::CheckInReply,
            p::StartRequest, p::StartReply, p::RecordsRequest, p::RecordsReply, p::HeartbeatRequest,
            p::HeartbeatReply, p::MoveReply, p::KeyListReply, p::EnrolRequest, p::EnrolReply,
            p::StoreHalf, p::Refusal>(input);
    try_refusal(input);
    return 0;
}
