#include "crypto/record/text_edit.h"

#include <algorithm>
#include <charconv>

namespace assay::record {
namespace {

bool inside_character(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

std::optional<std::uint64_t> offset(const std::string& text) {
    std::uint64_t out = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, failed] = std::from_chars(text.data(), end, out);
    const bool one_spelling =
        failed == std::errc() && stopped == end && std::to_string(out) == text;
    return one_spelling ? std::optional(out) : std::nullopt;
}

std::optional<TextEdit> edit_of(const Event& event) {
    if (event.kind != EventKind::kEdit || !event.text || event.number.value_or(-1) < 0 ||
        !event.values || event.values->size() != 2) {
        return std::nullopt;
    }
    const auto from = offset((*event.values)[0]);
    const auto to = offset((*event.values)[1]);
    if (!from || !to) {
        return std::nullopt;
    }
    return TextEdit{static_cast<std::uint64_t>(*event.number), *from, *to, *event.text};
}

}  // namespace

TextEdit difference(std::string_view before, std::string_view after) {
    const std::size_t shorter = std::min(before.size(), after.size());
    auto same = static_cast<std::size_t>(
        std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(shorter),
                      after.begin())
            .first -
        before.begin());
    while (same > 0 && (inside_character(after, same) || inside_character(before, same))) {
        --same;
    }
    std::size_t tail = 0;
    while (tail < shorter - same &&
           before[before.size() - tail - 1] == after[after.size() - tail - 1]) {
        ++tail;
    }
    while (tail > 0 && inside_character(after, after.size() - tail)) {
        --tail;
    }
    return {before.size(), same, before.size() - tail,
            std::string(after.substr(same, after.size() - tail - same))};
}

bool apply_edit(std::string& text, const TextEdit& edit) {
    if (edit.before != text.size() || edit.from > edit.to || edit.to > text.size() ||
        inside_character(text, edit.from) || inside_character(text, edit.to)) {
        return false;
    }
    text.replace(edit.from, edit.to - edit.from, edit.text);
    return true;
}

Event edit_event(const TextEdit& edit) {
    Event out;
    out.kind = EventKind::kEdit;
    out.values = {std::to_string(edit.from), std::to_string(edit.to)};
    out.text = edit.text;
    out.number = static_cast<std::int64_t>(edit.before);
    return out;
}

bool fold_edit(std::optional<std::vector<std::string>>& values, std::optional<std::string>& typed,
               const Event& event) {
    const auto edit = edit_of(event);
    return edit && !typed && values && values->size() == 1 && apply_edit(values->front(), *edit);
}

}  // namespace assay::record
