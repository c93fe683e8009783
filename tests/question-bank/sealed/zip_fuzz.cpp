// Properties: a zip that is accepted gives each member whole and by ranges the same; what is read
// of it, written again, is a zip that reads back equal.
#include "question-bank/sealed/zip.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto files = assay::sealed::read_zip({data, size});
    if (files.ok()) {
        const auto again = assay::sealed::read_zip(assay::sealed::write_zip(*files));
        ASSAY_CHECK(again.ok() && *again == *files);
    }
    return 0;
}
