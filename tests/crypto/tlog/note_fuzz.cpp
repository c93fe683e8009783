#include "crypto/tlog/note.h"

#include "crypto/base/check.h"
#include "crypto/tlog/checkpoint.h"
#include "tests/support/budget.h"

/// What is accepted re-encodes to the same bytes: as a note, as its checkpoint and as a key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const std::string_view text = as_text(ByteView(data, size));
    if (const auto note = tlog::Note::parse(text); note.ok()) {
        ASSAY_CHECK(note->write() == text);
        ASSAY_CHECK(tlog::Note::parse(note->write()).value() == *note);
        if (const auto checkpoint = tlog::Checkpoint::parse(note->text); checkpoint.ok()) {
            ASSAY_CHECK(checkpoint->text() == note->text);
        }
    }
    if (const auto checkpoint = tlog::Checkpoint::parse(text); checkpoint.ok()) {
        ASSAY_CHECK(checkpoint->text() == text);
    }
    if (const auto key = tlog::NoteKey::from_text(text); key.ok()) {
        ASSAY_CHECK(key->text() == text);
    }
    return 0;
}
