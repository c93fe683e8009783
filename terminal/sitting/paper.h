#pragma once

#include <memory>
#include <string>
#include <vector>

#include "question-bank/item/item.h"
#include "question-bank/item/package.h"
#include "question-bank/item/responses.h"
#include "question-bank/item/test.h"
#include "question-bank/sealed/bank.h"

namespace assay::sitting {

/// What one candidate sees of the released parts: items in the order of their forms, part after
/// part in the order of their release.
struct Paper {
    struct Entry {
        std::string identifier;  ///< of the item reference: what journal and package call it
        std::string path;        ///< of the item's file in the package
        std::shared_ptr<const item::Item> item;
        std::string part;      ///< identifier of the test part
        std::size_t bank = 0;  ///< which of the open banks it lies in, from 0
        /// item::seed_for(form seed, identifier): shuffles its choices and makes its templates, on
        /// the page and wherever it is scored.
        std::uint64_t seed = 0;
        item::Values variables;  ///< template variables that the seed gave
    };
    std::string test_identifier;
    std::string title;
    std::string language;
    /// XML and style of each bank; media stay in the bank.
    std::vector<std::shared_ptr<const item::Package>> packages;
    std::vector<Entry> entries;

    const Entry* find(std::string_view identifier) const;
};

/// The test in `language` (item::test_in_language), with the form that the seed makes.
Result<Paper> make_paper(std::shared_ptr<const item::Package> package, const std::string& language,
                         std::uint64_t seed);

/// The tests of several packages, one after the other; the first gives title and test identifier.
/// kInvalid where two have an item of one identifier: nobody could tell their answers apart.
Result<Paper> make_paper(const std::vector<std::shared_ptr<const item::Package>>& packages,
                         const std::string& language, std::uint64_t seed);

/// XML and style of an open bank.
Result<std::shared_ptr<const item::Package>> read_package(sealed::Bank& bank);

}  // namespace assay::sitting
