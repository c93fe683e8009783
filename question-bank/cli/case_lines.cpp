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

Result<std::optional<boost::json::object>> CaseLines::next() {
    using Next = std::optional<boost::json::object>;
    std::string line;
    do {
        if (!std::getline(in_, line)) {
            return Next();
        }
        ++line_;
    } while (line.empty());
    boost::system::error_code error;
    auto value =
        line.size() > kCaseLineBytesMax ? boost::json::value() : boost::json::parse(line, error);
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
