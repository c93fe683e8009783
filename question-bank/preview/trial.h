#pragma once

#include <map>
#include <string>

#include <boost/json.hpp>

#include "crypto/text/texts.h"
#include "question-bank/item/score.h"

namespace assay::preview {

using Lines = std::map<std::string, item::TextLines, std::less<>>;

/// Responses as a browser sends them, `{id: [lines]}`; what has another form is left out.
Lines lines_from(const boost::json::value* value);

/// Values of declared variables from their lines; what is no value of its variable is left out.
item::Values values_from(const std::vector<item::Declaration>& declarations, const Lines& lines);

/// A list of lines, or null for NULL.
boost::json::value json_of(const item::Value& value);
boost::json::object json_of(const item::Values& values);

/// Responses that somebody tries on an item, as a candidate would give them.
struct Trial {
    const item::Item& item;  ///< with its key
    Lines responses;
    std::uint64_t seed = 0;
    std::int64_t attempts = 1;
    Lines earlier = {};          ///< outcomes of the attempt before, of an adaptive item
    item::Values settings = {};  ///< template defaults that a test sets
};

/// Each response after capture. A line that is no value of its variable is NULL.
item::Responses captured(const Trial& trial);

/// Outcomes of what capture() makes of the responses.
Result<item::Outcomes> score_trial(const Trial& trial);

/// What the responses count for, in the form that the README gives. Where the item cannot be
/// scored it holds "error".
boost::json::object try_item(const Trial& trial, const text::Texts& texts, text::Language language);

}  // namespace assay::preview
