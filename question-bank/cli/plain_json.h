#pragma once

#include <string>

#include <boost/json.hpp>

namespace assay::bank {

/// JSON in one line. Numbers are plain decimals, 100 and 2.5: Boost writes 1E2 and 2.5E0, which are
/// right and which people and spreadsheets stumble over.
std::string plain_json(const boost::json::value& value);

}  // namespace assay::bank
