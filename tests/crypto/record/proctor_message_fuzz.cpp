// Property: whatever is accepted is written again as a message that reads back equal, and where the
// stream is cut makes no difference.
#include "crypto/record/proctor_message.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crypto/base/check.h"
#include "tests/support/budget.h"

namespace {

using assay::ByteView;
using assay::record::ProctorMessage;
using assay::record::ProctorReader;

std::vector<ProctorMessage> read_all(ByteView stream, std::size_t step) {
    ProctorReader reader;
    std::vector<ProctorMessage> out;
    for (std::size_t at = 0; at < stream.size(); at += step) {
        reader.feed(stream.subspan(at, std::min(step, stream.size() - at)));
        while (true) {
            auto read = reader.next();
            if (!read.ok()) {
                return out;
            }
            if (!read->has_value()) {
                break;
            }
            out.push_back(std::move(**read));
        }
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 4096);
    const ByteView input(data, size);
    const std::vector<ProctorMessage> whole = read_all(input, size == 0 ? 1 : size);
    ASSAY_CHECK(read_all(input, 3) == whole);
    for (const ProctorMessage& message : whole) {
        const auto again = write_proctor_message(message);
        const auto back = read_all(again, again.size());
        ASSAY_CHECK(back.size() == 1 && back.front() == message);
    }
    return 0;
}
