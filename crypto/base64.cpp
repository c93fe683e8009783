#include "crypto/base64.h"

#include <sodium.h>

namespace assay::crypto {

namespace {

std::string encode(ByteView bytes, int variant) {
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), variant);
    out.pop_back();  // the terminating zero that libsodium counts
    return out;
}

Result<Bytes> decode(std::string_view text, int variant) {
    Bytes out(text.size() / 4 * 3 + 3);
    std::size_t size = 0;
    const char* end = nullptr;
    const int bad = sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr,
                                      &size, &end, variant);
    if (bad != 0 || end != text.data() + text.size()) {
        return fail(Code::kInvalid, "crypto.base64.malformed"_id);
    }
    out.resize(size);
    // libsodium 1.0.18 reads bytes above 127 as if they were digits: writing again and comparing
    // leaves one spelling, whatever else the reader lets through.
    if (encode(out, variant) != text) {
        return fail(Code::kInvalid, "crypto.base64.malformed"_id);
    }
    return out;
}

}  // namespace

std::string to_base64(ByteView bytes) { return encode(bytes, sodium_base64_VARIANT_ORIGINAL); }

Result<Bytes> from_base64(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_ORIGINAL);
}

std::string to_base64_raw(ByteView bytes) {
    return encode(bytes, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

Result<Bytes> from_base64_raw(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

}  // namespace assay::crypto
