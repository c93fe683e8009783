// Any bytes as a file of this format: what comes in can be read and scored.
#include "question-bank/import/moodle.h"

#include <cstdint>

#include "tests/question-bank/import/questions_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto source = assay::import::read_moodle({data, size});
    if (source.ok()) {
        assay::import::test::check_questions(*source);
    }
    return 0;
}
