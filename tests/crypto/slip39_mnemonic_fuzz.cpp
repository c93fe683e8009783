// Property: an accepted mnemonic is stable once tidied, and its numbers give it back; numbers that
// are accepted give a mnemonic that is.
#include <algorithm>

#include "crypto/base/check.h"
#include "crypto/slip39.h"
#include "crypto/slip39_typing.h"
#include "tests/support/budget.h"

namespace {

void check_share(const assay::crypto::SecretBytes& mnemonic) {
    using namespace assay;
    ASSAY_CHECK(crypto::slip39_tidy(mnemonic.view())->equals(mnemonic));
    ASSAY_CHECK(crypto::slip39_label(mnemonic).ok());
    const crypto::SecretBytes numbers = crypto::slip39_numbers(mnemonic).value();
    ASSAY_CHECK(crypto::slip39_from_numbers(numbers.view())->equals(mnemonic));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const Result<crypto::SecretBytes> tidy = crypto::slip39_tidy({data, size});
    if (tidy.ok()) {
        check_share(*tidy);
    }
    crypto::TypedShare typed;
    const std::string_view text = as_text({data, size});
    for (std::size_t at = 0; at < size && typed.rows() < crypto::kShareWordsMax;) {
        const std::size_t end = std::min(text.find('\n', at), size);
        [[maybe_unused]] const Status row = typed.add_row(as_bytes(text.substr(at, end - at)));
        at = end + 1;
    }
    if (typed.complete()) {
        check_share(typed.mnemonic().value());
    }
    const Result<crypto::SecretBytes> dictated = crypto::slip39_from_numbers({data, size});
    if (dictated.ok()) {
        check_share(*dictated);
    }
    return 0;
}
