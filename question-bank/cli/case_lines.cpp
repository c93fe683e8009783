#include "question-bank/cli/case_lines.h"

#include <algorithm>

#include "question-bank/item/path_rules.h"

namespace assay::bank {

Result<CaseLines> CaseLines::open(Disk& disk, const std::string& path) {
    ASSAY_TRY(auto file, disk.open_read_only(path));
    return CaseLines(std::move(file));
}

/// The bytes that were read and not used yet; none at the end.
Result<std::string_view> CaseLines::rest() {
    if (used_ == piece_.size()) {
        piece_.resize(kPieceBytes);
        used_ = 0;
        ASSAY_TRY(const std::size_t got, file_->read_at(at_, piece_));
        piece_.resize(got);
        at_ += got;
    }
    return as_text(piece_).substr(used_);
}

/// False at the end. Of a line that is too long only its end is looked for.
Result<bool> CaseLines::read_line(std::string& line, bool& whole) {
    line.clear();
    whole = true;
    bool ended = false;
    bool some = false;
    while (!ended) {
        ASSAY_TRY(const std::string_view bytes, rest());
        if (bytes.empty()) {
            break;
        }
        some = true;
        const std::size_t end = bytes.find('\n');
        const std::size_t count = std::min(end, bytes.size());
        whole = whole && line.size() + count <= kCaseLineBytesMax;
        if (whole) {
            line += bytes.substr(0, count);
        }
        ended = end != std::string_view::npos;
        used_ += count + (ended ? 1 : 0);
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return some;
}

Result<std::optional<boost::json::object>> CaseLines::next() {
    using Next = std::optional<boost::json::object>;
    std::string line;
    bool whole = true;
    do {
        ASSAY_TRY(const bool some, read_line(line, whole));
        if (!some) {
            return Next();
        }
        ++line_;
    } while (line.empty() && whole);
    boost::system::error_code error;
    auto value = whole ? boost::json::parse(line, error) : boost::json::value();
    if (error || !value.is_object()) {
        return fail(Code::kInvalid, "bank.cases.line"_id, {{"line", std::to_string(line_)}});
    }
    return Next(std::move(value.as_object()));
}

std::string text_member(const boost::json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

Result<Path> below(const Path& root, const std::string& relative) {
    const auto path = item::collapsed(relative);
    if (relative.empty() || relative.front() == '/' || !path) {
        return fail(Code::kRefused, "bank.cases.path"_id, {{"path", relative}});
    }
    return root / *path;
}

}  // namespace assay::bank
