#pragma once

#include <map>
#include <string>
#include <vector>

#include "question-bank/item/package.h"
#include "question-bank/sealed/statements.h"

namespace assay::sealed {

/// Files of a package by path.
using Files = std::map<std::string, Bytes>;

/// A package in its two halves, each a zip (zip.h). The same package gives the same bytes.
struct Views {
    Bytes candidate;  ///< no keys, rules, rubrics for others, feedback
    Bytes scoring;    ///< everything, and kItemsMember
    ItemList items;
    std::vector<std::string> languages;  ///< of the tests, in the order of the manifest
};

/// kInvalid where an item or test cannot be read, kConflict where the package has a file of the
/// name kItemsMember, kRefused (sealed.views.leak) where look_for_leaks() finds something: an item
/// that would show its key is never sealed.
Result<Views> split_views(const item::Package& package);

}  // namespace assay::sealed
