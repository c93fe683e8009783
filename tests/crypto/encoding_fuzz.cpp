// Property: bytes, numbers and times that are accepted as text are written as exactly that text.
#include <array>

#include "crypto/base/check.h"
#include "crypto/base/clock.h"
#include "crypto/base/hex.h"
#include "crypto/base64.h"
#include "crypto/bech32.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const std::string_view text = as_text({data, size});
    if (const auto bytes = crypto::from_base64(text); bytes.ok()) {
        ASSAY_CHECK(crypto::to_base64(*bytes) == text);
    }
    if (const auto bytes = crypto::from_base64_raw(text); bytes.ok()) {
        ASSAY_CHECK(crypto::to_base64_raw(*bytes) == text);
    }
    if (const auto bytes = from_hex(text); bytes.ok()) {
        ASSAY_CHECK(to_hex(*bytes) == text);
    }
    if (const auto time = WallTime::from_text(text); time.ok()) {
        ASSAY_CHECK(time->text() == text);
    }
    std::array<std::uint8_t, 32> key{};
    if (crypto::read_bech32("age", text, key).ok()) {
        const std::string lower = crypto::to_bech32("age", key);
        const crypto::SecretBytes upper = crypto::to_bech32_secret("age", key);
        ASSAY_CHECK(text == lower || text == as_text(upper.view()));
    }
    return 0;
}
