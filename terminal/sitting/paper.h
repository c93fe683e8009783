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

/// What one candidate sees of an open bank part: items in the order of their form.
struct Paper {
    struct Entry {
        std::string identifier;  ///< of the item reference: what journal and package call it
        std::string path;        ///< of the item's file in the package
        std::shared_ptr<const item::Item> item;
        std::string part;  ///< identifier of the test part
        /// item::seed_for(form seed, identifier): shuffles its choices and makes its templates, on
        /// the page and wherever it is scored.
        std::uint64_t seed = 0;
        item::Values variables;  ///< template variables that the seed gave
    };
    std::string test_identifier;
    std::string title;
    std::string language;
    std::shared_ptr<const item::Package> package;  ///< XML and style; media stay in the bank
    std::vector<Entry> entries;

    const Entry* find(std::string_view identifier) const;
};

/// The test in `language` (item::test_in_language), with the form that the seed makes.
Result<Paper> read_paper(sealed::Bank& bank, const std::string& language, std::uint64_t seed);

}  // namespace assay::sitting
