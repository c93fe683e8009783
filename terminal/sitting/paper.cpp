#include "terminal/sitting/paper.h"

#include <algorithm>

#include "question-bank/item/score.h"
#include "question-bank/item/shuffle.h"

namespace assay::sitting {

const Paper::Entry* Paper::find(std::string_view identifier) const {
    const auto found = std::ranges::find(entries, identifier, &Entry::identifier);
    return found == entries.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const item::Package>> read_package(sealed::Bank& bank) {
    ASSAY_TRY(auto files, bank.read_files(sealed::Bank::Which::kTexts));
    ASSAY_TRY(item::Package package, item::make_package(std::move(files)));
    return std::make_shared<const item::Package>(std::move(package));
}

Result<Paper> make_paper(const std::vector<std::shared_ptr<const item::Package>>& packages,
                         const std::string& language, std::uint64_t seed) {
    Paper out;
    for (const auto& package : packages) {
        ASSAY_TRY(Paper part, make_paper(package, language, seed));
        if (out.packages.empty()) {
            out.test_identifier = part.test_identifier;
            out.title = part.title;
            out.language = part.language;
        }
        for (Paper::Entry& entry : part.entries) {
            if (out.find(entry.identifier) != nullptr) {
                return fail(Code::kInvalid, "sitting.paper.twice"_id, {{"item", entry.identifier}});
            }
            entry.bank = out.packages.size();
            out.entries.push_back(std::move(entry));
        }
        out.packages.push_back(package);
    }
    return out;
}

Result<Paper> make_paper(std::shared_ptr<const item::Package> package, const std::string& language,
                         std::uint64_t seed) {
    Paper out;
    const item::Resource* resource = item::test_in_language(*package, language);
    if (resource == nullptr) {
        return fail(Code::kNotFound, "sitting.paper.no-test"_id, {{"language", language}});
    }
    ASSAY_TRY(const item::Test test, item::read_test_at(*package, resource->href));
    out.test_identifier = test.identifier;
    out.title = test.title;
    out.language = language;
    for (const item::Form::Entry& entry : item::make_form(test, seed).entries) {
        const auto path = item::resolve(resource->href, entry.item->href);
        if (!path) {
            return fail(Code::kInvalid, "sitting.paper.item"_id, {{"item", entry.identifier}});
        }
        ASSAY_TRY(item::Item read, item::read_item_at(*package, *path));
        const std::uint64_t item_seed = item::seed_for(seed, entry.identifier);
        ASSAY_TRY(item::Values variables, item::template_values(read, item_seed));
        out.entries.push_back({entry.identifier, *path,
                               std::make_shared<const item::Item>(std::move(read)),
                               entry.part == nullptr ? "" : entry.part->identifier, 0, item_seed,
                               std::move(variables)});
    }
    out.packages.push_back(std::move(package));
    return out;
}

}  // namespace assay::sitting
