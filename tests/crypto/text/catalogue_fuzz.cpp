// Any bytes either are refused or give a catalogue no larger than the file, where each id finds
// its own sentence.
#include "crypto/text/catalogue.h"

#include <cstdint>

#include "crypto/base/check.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 256);
    const auto read = assay::text::Catalogue::parse({data, size});
    if (read.ok()) {
        for (const auto& [id, sentence] : read->sentences()) {
            ASSAY_CHECK(read->find(id) == &sentence);
            ASSAY_CHECK(id.size() <= size && sentence.size() <= size);
        }
    }
    return 0;
}
