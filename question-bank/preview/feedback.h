#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "question-bank/item/xml.h"

namespace assay::preview {

/// Feedback of an item or of a test that is shown now, as text: `shown` names it.
template <class Feedback>
boost::json::array feedback_of(const std::vector<Feedback>& feedback,
                               const std::vector<std::string>& shown) {
    boost::json::array out;
    for (const Feedback& each : feedback) {
        if (std::ranges::find(shown, each.identifier) != shown.end()) {
            out.emplace_back(item::plain_text(each.node));
        }
    }
    return out;
}

}  // namespace assay::preview
