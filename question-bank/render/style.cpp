#include "question-bank/render/style.h"

#include <algorithm>
#include <array>

namespace assay::render {
namespace {

constexpr std::array<std::string_view, 62> kProperties{"background-color",
                                                       "border",
                                                       "border-bottom",
                                                       "border-collapse",
                                                       "border-color",
                                                       "border-left",
                                                       "border-right",
                                                       "border-spacing",
                                                       "border-style",
                                                       "border-top",
                                                       "border-width",
                                                       "caption-side",
                                                       "clear",
                                                       "color",
                                                       "column-count",
                                                       "column-gap",
                                                       "direction",
                                                       "float",
                                                       "font-size",
                                                       "font-style",
                                                       "font-variant",
                                                       "font-weight",
                                                       "height",
                                                       "letter-spacing",
                                                       "line-height",
                                                       "list-style-type",
                                                       "margin",
                                                       "margin-bottom",
                                                       "margin-left",
                                                       "margin-right",
                                                       "margin-top",
                                                       "max-height",
                                                       "max-width",
                                                       "min-height",
                                                       "min-width",
                                                       "padding",
                                                       "padding-bottom",
                                                       "padding-left",
                                                       "padding-right",
                                                       "padding-top",
                                                       "ruby-position",
                                                       "table-layout",
                                                       "text-align",
                                                       "text-align-last",
                                                       "text-combine-upright",
                                                       "text-decoration",
                                                       "text-decoration-line",
                                                       "text-decoration-style",
                                                       "text-emphasis",
                                                       "text-emphasis-position",
                                                       "text-emphasis-style",
                                                       "text-indent",
                                                       "text-orientation",
                                                       "text-transform",
                                                       "text-underline-position",
                                                       "unicode-bidi",
                                                       "vertical-align",
                                                       "white-space",
                                                       "width",
                                                       "word-break",
                                                       "word-spacing",
                                                       "writing-mode"};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool is_plain_value(std::string_view value) {
    return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view(" #%.,+-").find(c) != std::string_view::npos;
    });
}

}  // namespace

bool is_safe_property(std::string_view property) {
    return std::find(kProperties.begin(), kProperties.end(), property) != kProperties.end();
}

std::string safe_style(std::string_view css) {
    std::string out;
    css = css.substr(0, kStyleBytesMax);
    while (!css.empty()) {
        const auto end = css.find(';');
        const std::string_view declaration = css.substr(0, end);
        css.remove_prefix(end == std::string_view::npos ? css.size() : end + 1);
        const auto colon = declaration.find(':');
        if (colon == std::string_view::npos) {
            continue;
        }
        const std::string property = lower(trimmed(declaration.substr(0, colon)));
        const std::string value = lower(trimmed(declaration.substr(colon + 1)));
        if (is_safe_property(property) && is_plain_value(value)) {
            out += out.empty() ? "" : ";";
            out += property;
            out += ':';
            out += value;
        }
    }
    return out;
}

}  // namespace assay::render
