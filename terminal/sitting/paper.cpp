#include "terminal/sitting/paper.h"

#include <algorithm>

#include "question-bank/item/score.h"
#include "question-bank/item/shuffle.h"

namespace assay::sitting {

const Paper::Entry* Paper::find(std::string_view identifier) const {
    const auto found = std::ranges::find(entries, identifier, &Entry::identifier);
    return found == entries.end() ? nullptr : &*found;
}

Result<Paper> read_paper(sealed::Bank& bank, const std::string& language, std::uint64_t seed) {
    ASSAY_TRY(auto files, bank.read_files(sealed::Bank::Which::kTexts));
    ASSAY_TRY(item::Package package, item::make_package(std::move(files)));
    Paper out;
    out.package = std::make_shared<const item::Package>(std::move(package));
    const item::Resource* resource = item::test_in_language(*out.package, language);
    if (resource == nullptr) {
        return fail(Code::kNotFound, "sitting.paper.no-test"_id, {{"language", language}});
    }
    ASSAY_TRY(const item::Test test, item::read_test_at(*out.package, resource->href));
    out.test_identifier = test.identifier;
    out.title = test.title;
    out.language = language;
    for (const item::Form::Entry& entry : item::make_form(test, seed).entries) {
        const auto path = item::resolve(resource->href, entry.item->href);
        if (!path) {
            return fail(Code::kInvalid, "sitting.paper.item"_id, {{"item", entry.identifier}});
        }
        ASSAY_TRY(item::Item read, item::read_item_at(*out.package, *path));
        const std::uint64_t item_seed = item::seed_for(seed, entry.identifier);
        ASSAY_TRY(item::Values variables, item::template_values(read, item_seed));
        out.entries.push_back(
            {entry.identifier, *path, std::make_shared<const item::Item>(std::move(read)),
             entry.part == nullptr ? "" : entry.part->identifier, item_seed, std::move(variables)});
    }
    return out;
}

}  // namespace assay::sitting
