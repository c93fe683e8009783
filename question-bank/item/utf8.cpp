#include "question-bank/item/utf8.h"

#include <cstdint>

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

namespace assay::item {

bool is_utf8(std::string_view text) {
    const auto size = static_cast<std::int32_t>(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);  // NOLINT(bugprone-inc-dec-in-conditions): inside ICU's macro
        if (c < 0) {
            return false;
        }
    }
    return true;
}

std::optional<std::string> utf8_from(std::string_view text, const char* encoding) {
    UErrorCode error = U_ZERO_ERROR;
    const auto size = static_cast<std::int32_t>(text.size());
    const auto needed = ucnv_convert("UTF-8", encoding, nullptr, 0, text.data(), size, &error);
    if (error != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(error)) {
        return std::nullopt;
    }
    std::string out(static_cast<std::size_t>(needed) + 1, '\0');
    error = U_ZERO_ERROR;
    (void)ucnv_convert("UTF-8", encoding, out.data(), needed + 1, text.data(), size, &error);
    if (U_FAILURE(error)) {
        return std::nullopt;
    }
    out.resize(static_cast<std::size_t>(needed));
    return out;
}

}  // namespace assay::item
