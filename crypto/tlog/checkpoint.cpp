#include "crypto/tlog/checkpoint.h"

#include "crypto/base/check.h"
#include "crypto/base64.h"
#include "crypto/tlog/decimal.h"
#include "crypto/tlog/take_line.h"

namespace assay::tlog {
namespace {

Error bad_checkpoint(const char* what) {
    return fail(Code::kInvalid, "tlog.checkpoint.malformed"_id, {{"what", what}});
}

}  // namespace

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
    Checkpoint out;
    const auto origin = take_line(text);
    const auto size = take_line(text);
    const auto root = take_line(text);
    if (!origin || origin->empty() || !size || !root) {
        return bad_checkpoint("three lines");
    }
    const auto number = parse_decimal(*size);
    if (!number || *number > kTreeSizeMax) {
        return bad_checkpoint("size");
    }
    const auto hash = crypto::from_base64(*root);
    if (!hash.ok() || hash->size() != Digest::kBytes) {
        return bad_checkpoint("root");
    }
    out.origin = *origin;
    ASSAY_TRY(out.head.root, Digest::from_bytes(*hash));
    out.head.size = *number;
    if (out.head.size == 0 && out.head.root != empty_root()) {
        return bad_checkpoint("root of the empty tree");
    }
    while (!text.empty()) {
        const auto line = take_line(text);
        if (!line || line->empty() || out.extensions.size() == kCheckpointExtensionsMax) {
            return bad_checkpoint("extension lines");
        }
        out.extensions.emplace_back(*line);
    }
    return out;
}

std::string Checkpoint::text() const {
    ASSAY_CHECK(!origin.empty() && origin.find('\n') == std::string::npos);
    std::string out = origin + "\n" + std::to_string(head.size) + "\n" +
                      crypto::to_base64(head.root.view()) + "\n";
    for (const std::string& line : extensions) {
        ASSAY_CHECK(!line.empty() && line.find('\n') == std::string::npos);
        out += line + "\n";
    }
    return out;
}

Result<Checkpoint> verify_checkpoint(std::string_view note, const NoteKey& log) {
    ASSAY_TRY(const Note parsed, Note::parse(note));
    ASSAY_TRY(Checkpoint checkpoint, Checkpoint::parse(parsed.text));
    if (checkpoint.origin != log.name()) {
        return fail(Code::kDenied, "tlog.checkpoint.origin"_id,
                    {{"expected", log.name()}, {"found", checkpoint.origin}});
    }
    ASSAY_TRY_STATUS(verify_note(parsed, {&log, 1}));
    return checkpoint;
}

}  // namespace assay::tlog
