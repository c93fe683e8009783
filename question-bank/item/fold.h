#pragma once

#include <string>
#include <string_view>

namespace assay::item {

/// Unicode full case folding; what is not UTF-8 is replaced by U+FFFD.
std::string case_folded(std::string_view text);

/// Full-width digits, letters and signs to their ASCII forms (U+FF01..U+FF5E, U+3000, and the
/// minus and point that input methods make). Nothing else changes.
std::string width_normalised(std::string_view text);

/// Full-width letters, digits and signs and U+3000 to their ASCII forms, and nothing else.
std::string width_folded(std::string_view text);

/// The same, and Chinese punctuation as the ASCII sign that stands in its place:
/// ，。；：？！“”‘’（）、 and so on. For texts whose author chose it.
std::string punctuation_folded(std::string_view text);

/// White space of any kind (U+3000 and U+00A0 too) taken off both ends.
std::string trimmed_all(std::string_view text);

/// Letters after canonical decomposition without their marks, then ASCII only.
std::string ascii_form(std::string_view text);

}  // namespace assay::item
