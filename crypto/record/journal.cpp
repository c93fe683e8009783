#include "crypto/record/journal.h"

#include <algorithm>

#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"

namespace assay::record {
namespace {

static_assert(crypto::kXChaChaNonceBytes + crypto::kAeadTagBytes == kRecordOverheadBytes);

Bytes additional_data(const JournalId& id, std::uint64_t index, const Digest& previous) {
    Bytes out = to_bytes(id.view());
    append_be64(out, index);
    append(out, previous.view());
    return out;
}

}  // namespace

JournalSealer::JournalSealer(const crypto::JournalKey& journal_key, const JournalId& id,
                             Random& random)
    : key_(crypto::hkdf_sha256(journal_key.view(), id.view(), "assay/v1/journal")),
      id_(id),
      random_(random) {}

Bytes JournalSealer::seal(std::uint64_t index, const Digest& previous, ByteView body) {
    ASSAY_CHECK(body.size() <= kRecordBodyBytesMax);
    const Bytes aad = additional_data(id_, index, previous);
    Bytes out(crypto::kXChaChaNonceBytes);
    random_.fill(out);
    append(out, crypto::xchacha_seal(key_, out, aad, body));
    return out;
}

Result<Bytes> JournalSealer::open(std::uint64_t index, const Digest& previous, ByteView record) {
    const auto refused = fail(Code::kCorrupt, "record.journal.record"_id,
                              {{"journal", id_.hex()}, {"index", std::to_string(index)}});
    if (record.size() < kRecordOverheadBytes) {
        return refused;
    }
    const Bytes aad = additional_data(id_, index, previous);
    auto body = crypto::xchacha_open(key_, record.first(crypto::kXChaChaNonceBytes), aad,
                                     record.subspan(crypto::kXChaChaNonceBytes));
    if (!body.ok()) {
        return refused;
    }
    return body;
}

Digest record_hash(const Digest& previous, ByteView record) {
    return crypto::tagged_hash("assay/v1/jrec", {previous.view(), record});
}

Digest first_hash(const JournalId& id) { return Digest::from_bytes(id.view()).value(); }

RecordWalk walk_records(ByteView file) {
    RecordWalk out;
    std::size_t at = 0;
    while (at < file.size()) {
        const ByteView rest = file.subspan(at);
        const std::size_t size = rest.size() < 4 ? 0 : read_be32(rest);
        if (size < kRecordOverheadBytes || size > kRecordBodyBytesMax + kRecordOverheadBytes ||
            rest.size() - 4 < size) {
            out.torn = true;
            break;
        }
        out.records.push_back(to_bytes(rest.subspan(4, size)));
        at += 4 + size;
    }
    out.intact_bytes = at;
    return out;
}

Bytes framed_record(ByteView record) {
    Bytes out;
    out.reserve(4 + record.size());
    append_be32(out, static_cast<std::uint32_t>(record.size()));
    append(out, record);
    return out;
}

Result<OpenedJournal> open_journal(RecordSealer& sealer, const JournalId& id,
                                   const std::vector<Bytes>& records) {
    OpenedJournal out;
    out.head = JournalHead{id, 0, first_hash(id)};
    for (const Bytes& record : records) {
        ASSAY_TRY(Bytes body, sealer.open(out.head.count, out.head.head, record));
        out.bodies.push_back(std::move(body));
        out.head.head = record_hash(out.head.head, record);
        ++out.head.count;
    }
    return out;
}

JournalHead chain_head(const JournalId& id, const std::vector<Bytes>& records) {
    JournalHead out{id, 0, first_hash(id)};
    for (const Bytes& record : records) {
        out.head = record_hash(out.head, record);
        ++out.count;
    }
    return out;
}

}  // namespace assay::record
