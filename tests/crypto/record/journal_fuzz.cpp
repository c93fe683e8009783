// Properties: the intact part of a journal file is exactly its framed records; whatever is cut off
// leaves a beginning of the same records; an event that is accepted is written again the same; an
// edit changes a value to exactly what it says, or nothing; a difference makes one text the other.
#include "crypto/record/journal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "crypto/record/event.h"
#include "crypto/record/text_edit.h"
#include "tests/support/budget.h"

using assay::Bytes;
using assay::ByteView;

namespace {

/// A text of characters of one to three bytes, from any bytes.
std::string characters(ByteView input) {
    std::string out;
    for (const std::uint8_t byte : input) {
        out += byte < 128   ? std::string(1, static_cast<char>(byte))
               : byte < 192 ? "\u00e9"
                            : "\u4e2d";
    }
    return out;
}

void check_edit(const assay::record::Event& event) {
    const std::string before = "an answer of 40 bytes, with \u4e2d\u6587 in it";
    std::optional<std::vector<std::string>> values{{before}};
    std::optional<std::string> typed;
    if (!assay::record::fold_edit(values, typed, event)) {
        ASSAY_CHECK(values->size() == 1 && values->front() == before);
        return;
    }
    const auto again = assay::record::difference(before, values->front());
    std::string text = before;
    ASSAY_CHECK(assay::record::apply_edit(text, again) && text == values->front());
    ASSAY_CHECK(again.text.size() <= event.text->size());
}

void check_difference(ByteView one, ByteView two) {
    std::string text = characters(one);
    const std::string after = characters(two);
    ASSAY_CHECK(assay::record::apply_edit(text, assay::record::difference(text, after)));
    ASSAY_CHECK(text == after);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 256);
    const ByteView input(data, size);
    const auto walk = assay::record::walk_records(input);
    Bytes again;
    for (const Bytes& record : walk.records) {
        assay::append(again, assay::record::framed_record(record));
    }
    ASSAY_CHECK(assay::as_text(again) == assay::as_text(input.first(walk.intact_bytes)));
    ASSAY_CHECK(walk.torn == (walk.intact_bytes < size));
    const auto shorter = assay::record::walk_records(input.first(size / 2));
    ASSAY_CHECK(shorter.records.size() <= walk.records.size());
    ASSAY_CHECK(std::equal(shorter.records.begin(), shorter.records.end(), walk.records.begin()));
    const auto event = assay::record::read_document<assay::record::Event>(input);
    if (event.ok()) {
        const Bytes written = assay::record::write_document(*event);
        ASSAY_CHECK(assay::as_text(written) == assay::as_text(input));
        check_edit(*event);
    }
    check_difference(input.first(size / 2), input.subspan(size / 2));
    return 0;
}
