#pragma once

#include <map>
#include <string>
#include <vector>

#include "question-bank/item/package.h"
#include "question-bank/sealed/statements.h"

namespace assay::sealed {

/// Files of a package by path.
using Files = std::map<std::string, Bytes>;

/// A package in its two halves, each a zip: members sorted by name, stored, all of 1980-01-01. The
/// same package gives the same bytes.
struct Views {
    Bytes candidate;  ///< no keys, rules, rubrics for others, feedback
    Bytes scoring;    ///< everything, and kItemsMember
    ItemList items;
    std::vector<std::string> languages;  ///< of the tests
};

/// A value of the scoring side that stands in the candidate view.
struct Leak {
    std::string path;   ///< file of the candidate view
    std::string place;  ///< element or attribute where it stands
    std::string rule;   ///< "element", "attribute", "value", "comment", "file"
    friend bool operator==(const Leak&, const Leak&) = default;
};

/// Looks for what must not be in a candidate view, without relying on the code that made it; the
/// rule of what is let through stands in the README. Empty: nothing was found.
std::vector<Leak> find_leaks(const Files& scoring, const Files& candidate);

/// kInvalid where an item or test cannot be read, kRefused (sealed.views.leak) where find_leaks
/// finds something: an item that would show its key is never sealed.
Result<Views> split_views(const item::Package& package);

}  // namespace assay::sealed
