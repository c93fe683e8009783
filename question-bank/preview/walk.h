#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "question-bank/item/test.h"
#include "question-bank/preview/trial.h"

namespace assay::preview {

/// An item of the package as the preview's list numbers it.
struct Listed {
    std::size_t number = 0;
    const item::Item* item = nullptr;  ///< null where it could not be read
};

/// A test that somebody plays. The responses of every item that was shown, by entry.
struct Walk {
    const item::Test& test;
    std::uint64_t seed = 0;
    std::optional<std::size_t> current;  ///< number of the entry that is left
    std::map<std::string, Lines, std::less<>> responses;
    std::function<Listed(const item::ItemRef&)> find;
};

/// The form, the entry that follows `current`, and the outcomes so far, in the form that the README
/// gives. Where a rule of the test cannot be followed it holds "error" beside the entries.
boost::json::object walk_test(const Walk& walk, const text::Texts& texts, text::Language language);

}  // namespace assay::preview
