#include "crypto/record/slip.h"

namespace assay::record {
namespace {

constexpr std::string_view kFirstLine = "assay-slip/v1\n";

/// Takes "<name> <value>\n" off the front; nothing where the line is another.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view name) {
    if (!text.starts_with(name) || text.substr(name.size(), 1) != " ") {
        return std::nullopt;
    }
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view value = text.substr(name.size() + 1, end - name.size() - 1);
    text.remove_prefix(end + 1);
    return value;
}

}  // namespace

std::string Slip::text() const {
    std::string out(kFirstLine);
    out += "statement " + statement.hex() + '\n';
    if (salt) {
        out += "salt " + salt->hex() + '\n';
    }
    out += std::string("countersigned ") + (countersigned ? "yes" : "no") + "\n\n" + proof;
    return out;
}

Result<Slip> Slip::from_text(std::string_view text) {
    const auto bad = fail(Code::kInvalid, "record.slip.form"_id);
    if (text.size() > kSlipBytesMax || !text.starts_with(kFirstLine)) {
        return bad;
    }
    text.remove_prefix(kFirstLine.size());
    Slip out;
    const auto statement = take_line(text, "statement");
    if (!statement || !read_hex(*statement, out.statement.bytes).ok()) {
        return bad;
    }
    if (const auto salt = take_line(text, "salt")) {
        out.salt.emplace();
        if (!read_hex(*salt, out.salt->bytes).ok()) {
            return bad;
        }
    }
    const auto countersigned = take_line(text, "countersigned");
    if (!countersigned || (*countersigned != "yes" && *countersigned != "no") ||
        !text.starts_with('\n')) {
        return bad;
    }
    out.countersigned = *countersigned == "yes";
    out.proof = std::string(text.substr(1));
    return out;
}

}  // namespace assay::record
