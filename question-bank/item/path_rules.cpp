#include "question-bank/item/path_rules.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "question-bank/item/fold.h"

namespace assay::item {

namespace {

bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

bool percent_coded(std::string_view text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        if (text[i] == '%' && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
            return true;
        }
    }
    return false;
}

const char* wrong_with(std::string_view name, const PackageLimits& limits) {
    if (name.empty() || name.size() > limits.name_bytes) {
        return "length";
    }
    if (name.front() == '/') {
        return "absolute path";
    }
    if (name.find('\\') != std::string_view::npos) {
        return "backslash";
    }
    if (name.size() > 1 && name[1] == ':') {
        return "drive letter";
    }
    if (percent_coded(name)) {
        return "percent code";
    }
    if (std::any_of(name.begin(), name.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
        return "control character";
    }
    if (!collapsed(name) || ("/" + std::string(name) + "/").find("/../") != std::string::npos) {
        return "leaves its folder";
    }
    const auto depth = static_cast<std::size_t>(std::count(name.begin(), name.end(), '/'));
    return depth > limits.folder_depth ? "too many folders" : nullptr;
}

int hex_value(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool has_scheme(std::string_view reference) {
    const auto colon = reference.find(':');
    const auto slash = reference.find_first_of("/?#");
    return colon != std::string_view::npos && (slash == std::string_view::npos || colon < slash);
}

}  // namespace

Status check_entry_name(std::string_view name, const PackageLimits& limits) {
    if (const char* reason = wrong_with(name, limits)) {
        return fail(Code::kRefused, "item.package.name"_id,
                    {{"name", std::string(name.substr(0, 120))}, {"reason", reason}});
    }
    return Ok{};
}

std::string collision_key(std::string_view name) { return case_folded(name); }

std::optional<std::string> collapsed(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        const auto part = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (part == "..") {
            if (parts.empty()) {
                return std::nullopt;
            }
            parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string out;
    for (const auto part : parts) {
        out += (out.empty() ? "" : "/") + std::string(part);
    }
    return out;
}

std::string_view folder_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

std::string relative_to(std::string_view from, std::string_view to) {
    const std::filesystem::path folder(std::string(folder_of(from)));
    return std::filesystem::path(std::string(to))
        .lexically_relative(folder.empty() ? "." : folder)
        .generic_string();
}

std::optional<std::string> resolve(std::string_view from, std::string_view reference) {
    reference = reference.substr(0, reference.find_first_of("?#"));
    if (reference.empty() || has_scheme(reference) || reference.front() == '/' ||
        reference.find('\\') != std::string_view::npos) {
        return std::nullopt;
    }
    return collapsed(std::string(folder_of(from)) + percent_decoded(reference));
}

}  // namespace assay::item
