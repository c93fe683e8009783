#include "question-bank/render/markup.h"

#include <array>
#include <cstdio>

#include "crypto/base/escape.h"

namespace assay::render {
namespace {

bool is_plain_json(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' &&
           c != '&';
}

}  // namespace

std::string json_string(std::string_view text) {
    std::string out = "\"";
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_plain_json(text[i])) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04x",
                          static_cast<unsigned>(static_cast<unsigned char>(text[i])));
            out.append(text, begin, i - begin);
            out += code.data();
            begin = i + 1;
        }
    }
    out.append(text, begin);
    return out + '"';
}

void Markup::text(std::string_view text) { append_escaped(out_, text); }

void Markup::start(std::string_view name, const Attributes& attributes) {
    out_ += '<';
    out_ += name;
    for (const auto& [attribute, value] : attributes) {
        if (!attribute.empty()) {
            out_ += ' ';
            out_ += attribute;
            out_ += "=\"";
            append_escaped(out_, value);
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
