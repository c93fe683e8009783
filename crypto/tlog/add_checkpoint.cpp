#include "crypto/tlog/add_checkpoint.h"

#include <optional>

#include "crypto/base64.h"
#include "crypto/tlog/decimal.h"
#include "crypto/tlog/take_line.h"

namespace assay::tlog {
namespace {

constexpr std::string_view kOld = "old ";
/// A note's text, for lines that travel without one.
constexpr std::string_view kNoText = "-\n";

Error malformed(const char* what) {
    return fail(Code::kInvalid, "tlog.witness.malformed"_id, {{"what", what}});
}

Result<Digest> parse_hash(std::string_view line) {
    const auto bytes = crypto::from_base64(line);
    if (!bytes.ok() || bytes->size() != Digest::kBytes) {
        return malformed("hash");
    }
    return Digest::from_bytes(*bytes);
}

}  // namespace

Result<AddCheckpoint> AddCheckpoint::parse(std::string_view bytes) {
    if (bytes.size() > kAddCheckpointBytesMax) {
        return malformed("size");
    }
    AddCheckpoint out;
    const auto old = take_line(bytes);
    const auto size =
        old && old->starts_with(kOld) ? parse_decimal(old->substr(kOld.size())) : std::nullopt;
    if (!size || *size > kTreeSizeMax) {
        return malformed("old size");
    }
    out.old_size = *size;
    auto line = take_line(bytes);
    for (; line && !line->empty(); line = take_line(bytes)) {
        if (out.proof.size() == kProofHashesMax) {
            return malformed("too many hashes");
        }
        ASSAY_TRY(const Digest hash, parse_hash(*line));
        out.proof.push_back(hash);
    }
    if (!line) {
        return malformed("no checkpoint");
    }
    ASSAY_TRY_STATUS(Note::parse(bytes));
    out.checkpoint = bytes;
    return out;
}

std::string AddCheckpoint::write() const {
    std::string out = std::string(kOld) + std::to_string(old_size) + "\n";
    for (const Digest& hash : proof) {
        out += crypto::to_base64(hash.view()) + "\n";
    }
    return out + "\n" + checkpoint;
}

Result<std::vector<NoteSignature>> parse_cosignatures(std::string_view lines) {
    if (lines.size() > kNoteBytesMax) {
        return malformed("size");
    }
    ASSAY_TRY(Note note, Note::parse(std::string(kNoText) + "\n" + std::string(lines)));
    if (note.text != kNoText) {
        return malformed("text");
    }
    return std::move(note.signatures);
}

std::string write_cosignatures(const std::vector<NoteSignature>& signatures) {
    const std::string note = Note{std::string(kNoText), signatures}.write();
    return note.substr(kNoText.size() + 1);
}

}  // namespace assay::tlog
