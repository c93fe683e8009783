#include "crypto/base/escape.h"

#include <array>

namespace assay {
namespace {

/// What stands for a byte: itself (nullptr), an entity, or nothing at all.
constexpr std::array<const char*, 256> make_entities() {
    std::array<const char*, 256> out{};
    for (std::size_t i = 0; i < 0x20; ++i) {
        out[i] = i == '\n' || i == '\t' ? nullptr : "";
    }
    out['&'] = "&amp;";
    out['<'] = "&lt;";
    out['>'] = "&gt;";
    out['"'] = "&quot;";
    out['\''] = "&#39;";
    return out;
}
constexpr std::array<const char*, 256> kEntities = make_entities();

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    std::size_t begin = 0;  // of the bytes that stand for themselves
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char* const entity = kEntities[static_cast<unsigned char>(text[i])];
        if (entity != nullptr) {
            out.append(text, begin, i - begin);
            out += entity;
            begin = i + 1;
        }
    }
    out.append(text, begin);
}

std::string escaped(std::string_view text) {
    std::string out;
    append_escaped(out, text);
    return out;
}

}  // namespace assay
