#include "question-bank/table/encoding.h"

#include <limits>
#include <memory>

#include <unicode/ucnv.h>

namespace assay::table {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// Nothing where a byte does not belong to the encoding: no replacement characters.
Result<std::string> convert(const char* name, ByteView bytes) {
    const auto unknown = fail(Code::kInvalid, "table.encoding.unknown"_id);
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) / 4) {
        return unknown;
    }
    UErrorCode code = U_ZERO_ERROR;
    const Converter from(ucnv_open(name, &code), &ucnv_close);
    const Converter to(ucnv_open("UTF-8", &code), &ucnv_close);
    if (U_FAILURE(code) != 0) {
        return unknown;
    }
    ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
    // No encoding here takes fewer than one byte, nor UTF-8 more than four, for a character.
    std::string out(bytes.size() * 4 + 4, '\0');
    const char* source = reinterpret_cast<const char*>(bytes.data());
    char* target = out.data();
    ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source,
                   source + bytes.size(), nullptr, nullptr, nullptr, nullptr, 1, 1, &code);
    if (U_FAILURE(code) != 0) {
        return unknown;
    }
    out.resize(static_cast<std::size_t>(target - out.data()));
    return out;
}

Result<Decoded> decoded(const char* name, ByteView bytes, Encoding encoding) {
    ASSAY_TRY(std::string text, convert(name, bytes));
    return Decoded{std::move(text), encoding};
}

}  // namespace

Result<Decoded> decode(ByteView bytes) {
    const std::string_view text = as_text(bytes);
    if (text.starts_with("\xEF\xBB\xBF")) {
        return decoded("UTF-8", bytes.subspan(3), Encoding::kUtf8);
    }
    if (text.starts_with("\xFF\xFE")) {
        return decoded("UTF-16LE", bytes.subspan(2), Encoding::kUtf16);
    }
    if (text.starts_with("\xFE\xFF")) {
        return decoded("UTF-16BE", bytes.subspan(2), Encoding::kUtf16);
    }
    auto utf8 = decoded("UTF-8", bytes, Encoding::kUtf8);
    return utf8.ok() ? std::move(utf8) : decoded("GB18030", bytes, Encoding::kGb18030);
}

}  // namespace assay::table
