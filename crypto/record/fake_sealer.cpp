#include "crypto/record/fake_sealer.h"

#include <algorithm>

namespace assay::record {
namespace {

std::uint64_t mix(std::uint64_t hash, ByteView bytes) {
    for (const std::uint8_t byte : bytes) {  // FNV-1a
        hash = (hash ^ byte) * 0x100000001b3U;
    }
    return hash;
}

}  // namespace

Bytes FakeSealer::check(std::uint64_t index, const Digest& previous, ByteView body) const {
    Bytes out;
    const std::uint64_t place = mix(mix(0xcbf29ce484222325U, id_.view()), previous.view()) ^ index;
    append_be64(out, place);
    append_be64(out, index);
    append_be64(out, mix(place, body));
    append_be64(out, ~place);
    append_be64(out, body.size());
    return out;
}

Bytes FakeSealer::seal(std::uint64_t index, const Digest& previous, ByteView body) {
    ASSAY_CHECK(body.size() <= kRecordBodyBytesMax);
    Bytes out = check(index, previous, body);
    static_assert(kRecordOverheadBytes == 40);
    append(out, body);
    return out;
}

Result<Bytes> FakeSealer::open(std::uint64_t index, const Digest& previous, ByteView record) {
    if (record.size() >= kRecordOverheadBytes) {
        const ByteView body = record.subspan(kRecordOverheadBytes);
        if (std::ranges::equal(check(index, previous, body), record.first(kRecordOverheadBytes))) {
            return to_bytes(body);
        }
    }
    return fail(Code::kCorrupt, "record.journal.record"_id,
                {{"journal", id_.hex()}, {"index", std::to_string(index)}});
}

}  // namespace assay::record
