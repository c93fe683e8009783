#pragma once

#include <charconv>
#include <cstdint>
#include <string>

// What a typist types (typist.h), for whoever checks afterwards what is left of it.
namespace assay::terminal {

/// The n-th text, from 1: longer than what is always written whole, with the last numbers up to n.
inline std::string typed_text(std::uint64_t n) {
    constexpr std::uint64_t kNumbersShown = 50;
    std::string out;
    for (int i = 0; i < 40; ++i) {
        out += "一二三四五六七八九十";
    }
    for (std::uint64_t each = n > kNumbersShown ? n - kNumbersShown : 1; each <= n; ++each) {
        out += ' ' + std::to_string(each);
    }
    return out;
}

/// The n of a text, 0 where it is none of these.
inline std::uint64_t number_of(const std::string& text) {
    std::uint64_t out = 0;
    const std::size_t last = text.rfind(' ');
    if (last != std::string::npos) {
        (void)std::from_chars(text.data() + last + 1, text.data() + text.size(), out);
    }
    return out;
}

}  // namespace assay::terminal
