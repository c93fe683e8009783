#include "crypto/tlog/proof.h"

#include "crypto/base64.h"
#include "crypto/tlog/decimal.h"

namespace assay::tlog {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

Error bad_proof(const char* what) {
    return fail(Code::kInvalid, "tlog.proof.malformed"_id, {{"what", what}});
}

/// The next line without its newline; empty at the end, where the format never is.
std::string_view take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

Result<Bytes> parse_extra(std::string_view& rest) {
    const std::string_view line = take_line(rest).substr(kExtra.size());
    if (line.size() > kProofExtraBytesMax * 4 / 3 + 4) {
        return bad_proof("extra data");
    }
    auto bytes = crypto::from_base64(line);
    if (!bytes.ok() || bytes->empty() || bytes->size() > kProofExtraBytesMax) {
        return bad_proof("extra data");
    }
    return std::move(*bytes);
}

/// Hash lines up to the empty one.
Result<Proof> parse_path(std::string_view& rest) {
    Proof path;
    for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
        if (path.size() == kProofHashesMax) {
            return bad_proof("too many hashes");
        }
        const auto bytes = crypto::from_base64(line);
        if (!bytes.ok() || bytes->size() != Digest::kBytes) {
            return bad_proof("hash");
        }
        ASSAY_TRY(const Digest hash, Digest::from_bytes(*bytes));
        path.push_back(hash);
    }
    return path;
}

}  // namespace

Result<LogProof> LogProof::parse(std::string_view bytes) {
    if (bytes.size() > kProofBytesMax) {
        return fail(
            Code::kLimit, "tlog.proof.size"_id,
            {{"size", std::to_string(bytes.size())}, {"limit", std::to_string(kProofBytesMax)}});
    }
    std::string_view rest = bytes;
    if (!rest.starts_with(kHeader)) {
        return bad_proof("first line");
    }
    rest.remove_prefix(kHeader.size());
    LogProof out;
    if (rest.starts_with(kExtra)) {
        ASSAY_TRY(out.extra, parse_extra(rest));
    }
    const std::string_view index = take_line(rest);
    const auto number =
        index.starts_with(kIndex) ? parse_decimal(index.substr(kIndex.size())) : std::nullopt;
    if (!number || *number >= kTreeSizeMax) {
        return bad_proof("index");
    }
    out.index = *number;
    ASSAY_TRY(out.path, parse_path(rest));
    ASSAY_TRY_STATUS(Note::parse(rest));
    out.checkpoint = rest;
    return out;
}

std::string LogProof::write() const {
    std::string out(kHeader);
    if (!extra.empty()) {
        out += std::string(kExtra) + crypto::to_base64(extra) + "\n";
    }
    out += std::string(kIndex) + std::to_string(index) + "\n";
    for (const Digest& hash : path) {
        out += crypto::to_base64(hash.view()) + "\n";
    }
    return out + "\n" + checkpoint;
}

Result<Logged> verify_receipt(std::string_view proof, ByteView payload, const Policy& policy) {
    ASSAY_TRY(const LogProof parsed, LogProof::parse(proof));
    ASSAY_TRY(Policy::Verified seen, policy.verify(parsed.checkpoint));
    ASSAY_TRY_STATUS(
        verify_inclusion(parsed.path, parsed.index, leaf_hash(payload), seen.checkpoint.head));
    return Logged{std::move(seen.checkpoint), parsed.index, std::move(seen.witnesses)};
}

Result<Logged> verify_receipt(std::string_view proof, ByteView payload, const NoteKey& log) {
    return verify_receipt(proof, payload, Policy::single(log));
}

}  // namespace assay::tlog
