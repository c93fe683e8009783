#include "crypto/record/room_code_rows.h"

#include <algorithm>

#include "crypto/base32.h"
#include "crypto/hash.h"

namespace assay::record {
namespace {

constexpr std::size_t kRows = 5;
constexpr std::size_t kRowChars = 17;
constexpr std::size_t kCodeBytes = 48;  ///< the desk key's digest and the secret
constexpr std::size_t kTypedBytesMax = 1024;

Bytes with_sum(ByteView code) {
    Bytes out(code.begin(), code.end());
    const Digest sum = crypto::sha256(code);
    out.insert(out.end(), sum.bytes.begin(), sum.bytes.begin() + 2);
    return out;
}

bool between(char c) { return c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n'; }

Error wrong_row(std::size_t row) {
    return fail(Code::kInvalid, "record.room-code.row"_id, {{"row", std::to_string(row)}});
}

/// What stands on each line, where there are lines; else the characters one after the other.
std::vector<std::string> split(std::string_view typed) {
    std::vector<std::string> lines(1);
    std::string all;
    for (const char c : typed) {
        if (c == '\n' && !lines.back().empty()) {
            lines.emplace_back();
        } else if (!between(c)) {
            lines.back() += c;
            all += c;
        }
    }
    if (lines.back().empty()) {
        lines.pop_back();
    }
    if (lines.size() == kRows) {
        return lines;
    }
    lines.clear();
    for (std::size_t at = 0; at < all.size(); at += kRowChars) {
        lines.push_back(all.substr(at, kRowChars));
    }
    return lines;
}

}  // namespace

std::vector<std::string> room_code_rows(const RoomCode& code) {
    Bytes bytes = to_bytes(code.desk_key.view());
    append(bytes, code.secret.view());
    bytes = with_sum(bytes);
    std::vector<std::string> out;
    for (std::size_t at = 0; at < bytes.size(); at += crypto::ShortCode::kBytes) {
        crypto::ShortCode row;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), row.bytes.size(),
                    row.bytes.begin());
        out.push_back(crypto::short_code_grouped(row));
    }
    return out;
}

Result<RoomCode> read_room_code_rows(std::string_view typed) {
    if (typed.size() > kTypedBytesMax) {
        return fail(Code::kInvalid, "record.room-code.form"_id);
    }
    const std::vector<std::string> rows = split(typed);
    Bytes bytes;
    for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
        const auto row = crypto::read_short_code(rows[i]);
        if (!row.ok()) {
            return wrong_row(i + 1);
        }
        append(bytes, row->view());
    }
    if (rows.size() < kRows) {
        return wrong_row(rows.size() + 1);
    }
    const ByteView code = ByteView(bytes).first(kCodeBytes);
    if (rows.size() > kRows || with_sum(code) != bytes) {
        return fail(Code::kInvalid, "record.room-code.order"_id);
    }
    RoomCode out;
    std::ranges::copy(code.first(32), out.desk_key.bytes.begin());
    std::ranges::copy(code.subspan(32), out.secret.bytes.begin());
    return out;
}

}  // namespace assay::record
