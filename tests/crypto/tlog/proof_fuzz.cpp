#include "crypto/tlog/proof.h"

#include "crypto/base/check.h"
#include "crypto/tlog/policy.h"
#include "tests/support/budget.h"

/// What is accepted re-encodes to the same bytes; a policy parser only has to survive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const std::string_view text = as_text(ByteView(data, size));
    if (const auto proof = tlog::LogProof::parse(text); proof.ok()) {
        ASSAY_CHECK(proof->write() == text);
        ASSAY_CHECK(tlog::LogProof::parse(proof->write()).value() == *proof);
    }
    if (const auto policy = tlog::Policy::parse(text); policy.ok()) {
        ASSAY_CHECK(policy->logs().size() <= tlog::kPolicyLogsMax);
    }
    return 0;
}
