#include "question-bank/item/fold.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace assay::item {

namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

UChar32 narrow(UChar32 c) {
    constexpr UChar32 kFullWidthOffset = 0xFEE0;
    if (c >= 0xFF01 && c <= 0xFF5E) {
        return c - kFullWidthOffset;
    }
    switch (c) {
        case 0x3000:
        case 0x00A0:
            return ' ';
        case 0x3002:  // ideographic full stop, which an input method puts for the point
        case 0xFF61:
            return '.';
        case 0x2212:  // minus sign
        case 0x2010:
        case 0x2013:
            return '-';
        default:
            return c;
    }
}

/// What a Chinese keyboard gives where another gives an ASCII sign.
UChar32 plain_sign(UChar32 c) {
    switch (c) {
        case 0x3001:  // ideographic comma
            return ',';
        case 0x201C:
        case 0x201D:
            return '"';
        case 0x2018:
        case 0x2019:
            return '\'';
        case 0x3010:
        case 0x3014:
            return '[';
        case 0x3011:
        case 0x3015:
            return ']';
        case 0x300A:
        case 0x3008:
            return '<';
        case 0x300B:
        case 0x3009:
            return '>';
        case 0x2014:
            return '-';
        default:
            return narrow(c);
    }
}

std::string each_changed(std::string_view text, UChar32 (*change)(UChar32)) {
    if (is_ascii(text)) {
        return std::string(text);
    }
    const auto source = unicode(text);
    icu::UnicodeString out;
    for (std::int32_t i = 0; i < source.length();) {
        const UChar32 c = source.char32At(i);
        out.append(change(c));
        i += U16_LENGTH(c);
    }
    return utf8(out);
}

/// Only full-width forms: a text's own points and dashes stay.
UChar32 half_width(UChar32 c) {
    return (c >= 0xFF01 && c <= 0xFF5E) || c == 0x3000 ? narrow(c) : c;
}

}  // namespace

std::string case_folded(std::string_view text) {
    if (is_ascii(text)) {
        std::string out(text);
        std::transform(out.begin(), out.end(), out.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return out;
    }
    return utf8(unicode(text).foldCase());
}

std::string width_normalised(std::string_view text) { return each_changed(text, narrow); }
std::string width_folded(std::string_view text) { return each_changed(text, half_width); }
std::string punctuation_folded(std::string_view text) { return each_changed(text, plain_sign); }

std::string trimmed_all(std::string_view text) {
    auto source = unicode(text);
    std::int32_t begin = 0;
    std::int32_t end = source.length();
    while (begin < end && u_isUWhiteSpace(source.char32At(begin)) != 0) {
        ++begin;
    }
    while (end > begin && u_isUWhiteSpace(source.char32At(end - 1)) != 0) {
        --end;
    }
    return utf8(source.tempSubStringBetween(begin, end));
}

std::string ascii_form(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* decomposition = icu::Normalizer2::getNFDInstance(error);
    if (U_FAILURE(error)) {
        return std::string(text);
    }
    const auto source = decomposition->normalize(unicode(text), error);
    std::string out;
    for (std::int32_t i = 0; i < source.length(); ++i) {
        if (source.charAt(i) < 0x80) {
            out += static_cast<char>(source.charAt(i));
        }
    }
    return out;
}

}  // namespace assay::item
