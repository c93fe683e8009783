#include "crypto/base/link.h"

namespace assay {

Result<LinkReply> FakeLink::exchange(const LinkRequest& request) {
    const auto lost = fail(Code::kUnavailable, "base.link.lost"_id);
    if (cut_ == Cut::kBeforeArrival) {
        return lost;
    }
    LinkReply reply;
    for (int i = 0; i < copies_; ++i) {
        reply = peer_(request);
    }
    if (cut_ == Cut::kAfterArrival) {
        return lost;
    }
    return reply;
}

}  // namespace assay
