#include "crypto/record/enrolment.h"

#include "crypto/kdf.h"
#include "crypto/record/room_code_rows.h"

namespace assay::record {
namespace {

constexpr std::string_view kRoomCodePrefix = "ASSAY-ROOM-1 ";

}  // namespace

std::vector<Subject> Enrolment::subjects() const {
    return {{"machine-keys", machine_fingerprint(keys)}};
}

Digest machine_fingerprint(const MachineKeys& keys) {
    return crypto::tagged_hash("assay/v1/machine-keys",
                               {keys.tls.view(), keys.signing.view(), keys.age.view()});
}

Digest enrolment_proof(ByteView secret, const MachineKeys& keys, ByteView tls_exporter) {
    Bytes data;
    append(data, keys.tls.view());
    append(data, keys.signing.view());
    append(data, keys.age.view());
    append(data, tls_exporter);
    return crypto::hmac_sha256(secret, data);
}

std::string RoomCode::text() const {
    return std::string(kRoomCodePrefix) + desk_key.hex() + ' ' + secret.hex();
}

Result<RoomCode> RoomCode::from_text(std::string_view text) {
    const auto bad = fail(Code::kInvalid, "record.room-code.form"_id);
    const std::size_t at = kRoomCodePrefix.size();
    if (!text.starts_with("ASSAY")) {
        return read_room_code_rows(text);
    }
    if (text.size() != at + 64 + 1 + 32 || !text.starts_with(kRoomCodePrefix) ||
        text[at + 64] != ' ') {
        return bad;
    }
    RoomCode out;
    if (!read_hex(text.substr(at, 64), out.desk_key.bytes).ok() ||
        !read_hex(text.substr(at + 65), out.secret.bytes).ok()) {
        return bad;
    }
    return out;
}

}  // namespace assay::record
