#include "question-bank/render/markup.h"

#include <array>
#include <cstdio>

namespace assay::render {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\t';
}

}  // namespace

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                if (!is_control(c)) {
                    out += c;
                }
        }
    }
    return out;
}

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(byte));
            out += code.data();
        } else {
            out += c;
        }
    }
    return out + '"';
}

void Markup::start(std::string_view name, const Attributes& attributes) {
    out_ += '<';
    out_ += name;
    for (const auto& [attribute, value] : attributes) {
        if (!attribute.empty()) {
            out_ += ' ';
            out_ += attribute;
            out_ += "=\"";
            out_ += escape(value);
            out_ += '"';
        }
    }
}

void Markup::empty(std::string_view name, const Attributes& attributes) {
    start(name, attributes);
    out_ += "/>";
}

void Markup::open(std::string_view name, const Attributes& attributes) {
    start(name, attributes);
    out_ += '>';
}

void Markup::close(std::string_view name) {
    out_ += "</";
    out_ += name;
    out_ += '>';
}

}  // namespace assay::render
