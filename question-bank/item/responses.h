#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "question-bank/item/declaration.h"

namespace assay::item {

/// Values by the identifier of their variable.
using Values = std::map<std::string, Value, std::less<>>;
using Responses = Values;

inline constexpr std::size_t kResponseTextBytesMax = std::size_t{1} * 1024 * 1024;
inline constexpr std::size_t kResponseItemsMax = 1000;

/// A response as lines of text: the form of journals, packages and conformance data. No lines is
/// NULL; a pair is "A B", a point "3 4". A record has a line a field: "name=value".
using TextLines = std::vector<std::string>;

/// Reads lines as a value of the declared type, exactly as given (nothing trimmed or folded).
/// kInvalid names the variable.
Result<Value> value_from_text(const Declaration& declaration, const TextLines& lines);
TextLines value_to_text(const Value& value);

/// What was done to a raw answer when it was captured.
enum class CaptureRule { kTrimmed, kWidthNormalised, kPunctuationFolded };
/// "trimmed", "width-normalised", "punctuation-folded".
std::string_view name_of(CaptureRule rule);

/// A response at capture: the raw lines stay beside the value.
struct Captured {
    Value value;
    TextLines raw;
    std::vector<CaptureRule> rules;
};

/// `text` as the author of the declaration lets it count.
std::string folded(const Declaration& declaration, std::string_view text);

/// Capture of what a candidate typed or chose. A string is folded as its author chose. Strings are
/// trimmed once (ASCII space and U+3000); a number is brought to ASCII width first ("１２．５",
/// "－３", "１，０００" lose only their width). Text that is no number of a numeric variable gives
/// NULL: what was typed is in `raw`.
Result<Captured> capture(const Declaration& declaration, const TextLines& lines);

}  // namespace assay::item
