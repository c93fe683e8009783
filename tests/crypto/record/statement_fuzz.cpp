// Property: a payload or document that is accepted is written again as exactly the same bytes, by
// exactly one type; the envelope around it changes nothing.
#include <cstddef>
#include <cstdint>

#include "tests/crypto/record/all_objects.h"
#include "tests/support/budget.h"

namespace {

using assay::ByteView;
using assay::test::Documents;
using assay::test::SignedObjects;
using assay::test::TypeList;

template <typename T>
int try_signed(ByteView payload) {
    const auto object = assay::record::read_payload<T>(payload);
    if (!object.ok()) {
        return 0;
    }
    const auto made = assay::record::make(*object);
    ASSAY_CHECK(assay::as_text(made.envelope.payload) == assay::as_text(payload));
    const auto again = assay::record::read_signed<T>(assay::as_bytes(made.json()));
    ASSAY_CHECK(again.ok() && again->digest == made.digest);
    return 1;
}

template <typename... T>
int try_all_signed(ByteView payload, TypeList<T...> /*types*/) {
    return (try_signed<T>(payload) + ...);
}

template <typename T>
void try_document(ByteView bytes) {
    const auto object = assay::record::read_document<T>(bytes);
    if (object.ok()) {
        const auto written = assay::record::write_document(*object);
        ASSAY_CHECK(assay::as_text(written) == assay::as_text(bytes));
    }
}

template <typename... T>
void try_all_documents(ByteView bytes, TypeList<T...> /*types*/) {
    (try_document<T>(bytes), ...);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 4096);
    const ByteView input(data, size);
    ASSAY_CHECK(try_all_signed(input, SignedObjects{}) <= 1);
    try_all_documents(input, Documents{});
    return 0;
}
