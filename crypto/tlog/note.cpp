#include "crypto/tlog/note.h"

#include <algorithm>

#include "crypto/base/check.h"
#include "crypto/base64.h"
#include "crypto/tlog/utf8.h"

namespace assay::tlog {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // em dash and space
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;

Error bad_note(const char* what) {
    return fail(Code::kInvalid, "tlog.note.malformed"_id, {{"what", what}});
}

bool plain_text(std::string_view text) {
    while (!text.empty()) {
        const auto c = take_code_point(text);
        if (!c || (*c < 0x20 && *c != '\n')) {
            return false;
        }
    }
    return true;
}

/// One line without its newline.
Result<NoteSignature> parse_signature(std::string_view line) {
    if (!line.starts_with(kDash)) {
        return bad_note("signature line");
    }
    line.remove_prefix(kDash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !valid_key_name(line.substr(0, space))) {
        return bad_note("key name");
    }
    const auto bytes = crypto::from_base64(line.substr(space + 1));
    if (!bytes.ok() || bytes->size() <= kIdBytes) {
        return bad_note("signature");
    }
    return NoteSignature{std::string(line.substr(0, space)), read_be32(*bytes),
                         Bytes(bytes->begin() + kIdBytes, bytes->end())};
}

std::string cosigned_text(std::string_view text, std::uint64_t time) {
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

/// Checks one signature line against the key that it names.
std::optional<NoteSigner> verify_line(std::string_view text, const NoteSignature& line,
                                      const NoteKey& key) {
    NoteSigner signer{0, std::nullopt};
    std::string message(text);
    ByteView rest = line.signature;
    if (key.algorithm() == NoteAlgorithm::kCosignature) {
        if (rest.size() < kTimeBytes) {
            return std::nullopt;
        }
        const std::uint64_t time = read_be64(rest);
        if (time > static_cast<std::uint64_t>(INT64_MAX)) {
            return std::nullopt;
        }
        signer.time = WallTime{static_cast<std::int64_t>(time)};
        message = cosigned_text(text, time);
        rest = rest.subspan(kTimeBytes);
    }
    const auto signature = crypto::Signature::from_bytes(rest);
    if (!signature.ok() || !key.key().verifies(as_bytes(message), *signature)) {
        return std::nullopt;
    }
    return signer;
}

}  // namespace

Result<Note> Note::parse(std::string_view bytes) {
    if (bytes.size() > kNoteBytesMax) {
        return fail(
            Code::kLimit, "tlog.note.size"_id,
            {{"size", std::to_string(bytes.size())}, {"limit", std::to_string(kNoteBytesMax)}});
    }
    const std::size_t blank = bytes.rfind("\n\n");
    if (blank == std::string_view::npos || !plain_text(bytes)) {
        return bad_note("text");
    }
    Note note{std::string(bytes.substr(0, blank + 1)), {}};
    std::string_view rest = bytes.substr(blank + 2);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) {
            return bad_note("last newline");
        }
        if (note.signatures.size() == kNoteSignaturesMax) {
            return fail(Code::kLimit, "tlog.note.signatures"_id,
                        {{"limit", std::to_string(kNoteSignaturesMax)}});
        }
        ASSAY_TRY(NoteSignature signature, parse_signature(rest.substr(0, end)));
        note.signatures.push_back(std::move(signature));
        rest.remove_prefix(end + 1);
    }
    if (note.signatures.empty()) {
        return bad_note("no signature");
    }
    return note;
}

std::string Note::write() const {
    ASSAY_CHECK(!text.empty() && text.back() == '\n');
    std::string out = text + "\n";
    for (const NoteSignature& line : signatures) {
        Bytes bytes;
        append_be32(bytes, line.id);
        append(bytes, line.signature);
        out += std::string(kDash) + line.name + " " + crypto::to_base64(bytes) + "\n";
    }
    return out;
}

NoteSignature sign_note(std::string_view text, const NoteKey& name, const crypto::SigningKey& key) {
    ASSAY_CHECK(name.algorithm() == NoteAlgorithm::kEd25519 && name.key() == key.verify_key());
    return {name.name(), name.id(), to_bytes(key.sign(as_bytes(text)).view())};
}

NoteSignature cosign_note(std::string_view text, const NoteKey& name, const crypto::SigningKey& key,
                          WallTime time) {
    ASSAY_CHECK(name.algorithm() == NoteAlgorithm::kCosignature && name.key() == key.verify_key());
    ASSAY_CHECK(time.seconds >= 0);
    const auto seconds = static_cast<std::uint64_t>(time.seconds);
    Bytes bytes;
    append_be64(bytes, seconds);
    append(bytes, key.sign(as_bytes(cosigned_text(text, seconds))).view());
    return {name.name(), name.id(), std::move(bytes)};
}

Result<std::vector<NoteSigner>> verify_note(const Note& note, std::span<const NoteKey> known) {
    std::vector<NoteSigner> out;
    for (const NoteSignature& line : note.signatures) {
        const auto key = std::find_if(known.begin(), known.end(), [&](const NoteKey& k) {
            return k.id() == line.id && k.name() == line.name;
        });
        if (key == known.end()) {
            continue;
        }
        const auto place = static_cast<std::size_t>(key - known.begin());
        auto signer = verify_line(note.text, line, *key);
        if (!signer) {
            return fail(Code::kCorrupt, "tlog.note.signature"_id, {{"key", line.name}});
        }
        signer->key = place;
        const bool again = std::any_of(out.begin(), out.end(),
                                       [&](const NoteSigner& s) { return s.key == place; });
        if (!again) {
            out.push_back(*signer);
        }
    }
    if (out.empty()) {
        return fail(Code::kDenied, "tlog.note.unknown-keys"_id,
                    {{"count", std::to_string(note.signatures.size())}});
    }
    return out;
}

}  // namespace assay::tlog
