#pragma once
// Changes of long texts as differences. Pure, any thread.
#include <optional>
#include <string>
#include <string_view>

#include "crypto/record/event.h"

namespace assay::record {

/// What stands in place of a stretch of a text. Offsets are bytes, at whole characters of UTF-8.
struct TextEdit {
    std::uint64_t before = 0;  ///< bytes of the text that it changes
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::string text;
    friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

/// The shortest single edit that makes `before` into `after`; both are UTF-8.
TextEdit difference(std::string_view before, std::string_view after);

/// False, and `text` as it was, where the edit is not of this text: another length, offsets that
/// are out of it, turned round or inside a character.
bool apply_edit(std::string& text, const TextEdit& edit);

/// An event of kind kEdit, without item, response and times.
Event edit_event(const TextEdit& edit);

/// Changes the one value that stands. Where the event does not fit (another kind, not exactly one
/// value, another text) nothing changes: false.
bool fold_edit(std::optional<std::vector<std::string>>& values, std::optional<std::string>& typed,
               const Event& event);

}  // namespace assay::record
