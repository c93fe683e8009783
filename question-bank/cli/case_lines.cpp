#include "question-bank/cli/case_lines.h"

#include "question-bank/item/path_rules.h"

namespace assay::bank {

Result<CaseLines> CaseLines::open(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return fail(Code::kNotFound, "bank.cases.open"_id, {{"path", path}});
    }
    return CaseLines(std::move(in));
}

/// False at the end. Of a line that is too long only its end is looked for.
bool CaseLines::read_line(std::string& line, bool& whole) {
    line.clear();
    whole = true;
    auto* buffer = in_.rdbuf();
    int c = buffer->sbumpc();
    if (c == std::char_traits<char>::eof()) {
        return false;
    }
    for (; c != std::char_traits<char>::eof() && c != '\n'; c = buffer->sbumpc()) {
        if (line.size() < kCaseLineBytesMax) {
            line += static_cast<char>(c);
        } else {
            whole = false;
        }
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return true;
}

Result<std::optional<boost::json::object>> CaseLines::next() {
    using Next = std::optional<boost::json::object>;
    std::string line;
    bool whole = true;
    do {
        if (!read_line(line, whole)) {
            return Next();
        }
        ++line_;
    } while (line.empty());
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
