#include "question-bank/sealed/views.h"

#include <algorithm>

#include "crypto/hash.h"
#include "crypto/record/document.h"
#include "question-bank/item/views.h"
#include "question-bank/sealed/leaks.h"
#include "question-bank/sealed/zip.h"

namespace assay::sealed {
namespace {

Result<ItemList> list_items(const item::Package& package, const Files& candidate) {
    ItemList out;
    for (const item::Resource* resource : package.of_kind(item::ResourceKind::kItem)) {
        ASSAY_TRY(const item::Item item, item::read_item_at(package, resource->href));
        const auto full = package.files.find(resource->href);
        const auto shown = candidate.find(resource->href);
        if (full == package.files.end() || shown == candidate.end()) {
            return fail(Code::kInvalid, "sealed.views.item"_id, {{"item", resource->href}});
        }
        out.items.push_back({resource->href, item.identifier, crypto::sha256(shown->second),
                             crypto::sha256(full->second)});
    }
    std::sort(out.items.begin(), out.items.end(),
              [](const ItemEntry& a, const ItemEntry& b) { return a.path < b.path; });
    if (out.items.empty()) {
        return fail(Code::kInvalid, "sealed.views.empty"_id);
    }
    return out;
}

Result<std::vector<std::string>> languages_of(const item::Package& package) {
    std::vector<std::string> out;
    for (const item::Resource* resource : package.of_kind(item::ResourceKind::kTest)) {
        ASSAY_TRY(const item::Test test, item::read_test_at(package, resource->href));
        const std::string& language = !test.language.empty()        ? test.language
                                      : !resource->language.empty() ? resource->language
                                                                    : package.language;
        if (!language.empty() && std::find(out.begin(), out.end(), language) == out.end()) {
            out.push_back(language);
        }
    }
    return out;
}

}  // namespace

Result<Views> split_views(const item::Package& package) {
    if (package.files.contains(std::string(kItemsMember))) {
        return fail(Code::kConflict, "sealed.views.reserved"_id,
                    {{"name", std::string(kItemsMember)}});
    }
    ASSAY_TRY(const Files candidate, item::candidate_files(package));
    const LeakReport report = look_for_leaks(package.files, candidate);
    if (!report.leaks.empty()) {
        const Leak& first = report.leaks.front();
        return fail(Code::kRefused, "sealed.views.leak"_id,
                    {{"path", first.path},
                     {"place", first.place},
                     {"problem", first.problem},
                     {"count", std::to_string(report.leaks.size())}});
    }
    Views out;
    ASSAY_TRY(out.items, list_items(package, candidate));
    ASSAY_TRY(out.languages, languages_of(package));
    Files scoring = package.files;
    scoring[std::string(kItemsMember)] = record::write_document(out.items);
    out.candidate = write_zip(candidate);
    out.scoring = write_zip(scoring);
    return out;
}

}  // namespace assay::sealed
