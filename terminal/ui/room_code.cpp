#include "terminal/ui/room_code.h"

#include <algorithm>
#include <string_view>

namespace assay::terminal_ui {
namespace {

constexpr std::string_view kName = "ASSAY-ROOM-1";
constexpr std::size_t kKeyDigits = 64;
constexpr std::size_t kSecretDigits = 32;
constexpr std::size_t kGroup = 4;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether `text` begins with the name, whatever its capitals.
bool is_named(std::string_view text) {
    for (std::size_t i = 0; i < kName.size(); ++i) {
        if (i >= text.size() || small(text[i]) != small(kName[i])) {
            return false;
        }
    }
    return true;
}

std::string without_blanks(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (!is_blank(c)) {
            out += c;
        }
    }
    return out;
}

/// The digits alone, in small letters.
std::string digits_of(const std::string& text) {
    std::string out = without_blanks(text);
    out = is_named(out) ? out.substr(kName.size()) : out;
    for (char& c : out) {
        c = small(c);
    }
    return out;
}

}  // namespace

std::string room_code_typed(const std::string& text) {
    const std::string digits = digits_of(text);
    if (digits.size() != kKeyDigits + kSecretDigits) {
        return without_blanks(text);
    }
    return std::string(kName) + ' ' + digits.substr(0, kKeyDigits) + ' ' +
           digits.substr(kKeyDigits);
}

std::string room_code_groups(const std::string& text) {
    std::string digits = digits_of(text);
    digits.resize(std::max(digits.size(), kKeyDigits + kSecretDigits), '_');
    std::string out(kName);
    for (std::size_t at = 0; at < digits.size(); at += kGroup) {
        out += ' ' + digits.substr(at, kGroup);
    }
    return out;
}

}  // namespace assay::terminal_ui
