#include "question-bank/sealed/scoring.h"

#include <algorithm>

#include "crypto/hash.h"
#include "question-bank/sealed/zip.h"

namespace assay::sealed {
namespace {

Error wrong_pair(const char* member) {
    return fail(Code::kRefused, "sealed.scoring.pair"_id, {{"member", member}});
}

Error wrong_item(const ItemEntry& item) {
    return fail(Code::kCorrupt, "sealed.scoring.item"_id, {{"item", item.path}});
}

/// Takes the item list out of the files and holds every item against it.
Result<ItemList> take_items(Files& files, const ScoringPart& part) {
    const auto member = files.find(std::string(kItemsMember));
    if (member == files.end() || crypto::sha256(member->second) != part.items) {
        return fail(Code::kCorrupt, "sealed.scoring.items"_id);
    }
    ASSAY_TRY(ItemList list, record::read_document<ItemList>(member->second));
    files.erase(member);
    if (list.items.size() != part.item_count) {
        return fail(Code::kCorrupt, "sealed.scoring.items"_id);
    }
    for (const ItemEntry& item : list.items) {
        const auto file = files.find(item.path);
        if (file == files.end() || crypto::sha256(file->second) != item.scoring) {
            return wrong_item(item);
        }
    }
    return list;
}

}  // namespace

Status check_scoring_file(ByteView scoring_age, const ScoringPart& part) {
    if (scoring_age.size() > kScoringBytesMax) {
        return fail(Code::kLimit, "sealed.scoring.too-large"_id,
                    {{"limit", std::to_string(kScoringBytesMax)}});
    }
    if (scoring_age.size() != part.bytes || crypto::sha256(scoring_age) != part.scoring) {
        return fail(Code::kCorrupt, "sealed.scoring.digest"_id);
    }
    return Ok{};
}

const ItemEntry* ScoringView::find(std::string_view path) const {
    const auto found = std::find_if(items.items.begin(), items.items.end(),
                                    [&](const ItemEntry& each) { return each.path == path; });
    return found == items.items.end() ? nullptr : &*found;
}

Status check_pair(const record::Signed<BankPart>& bank, const record::Signed<ScoringPart>& scoring,
                  const record::TrustedKeys& keys) {
    ASSAY_TRY_STATUS(record::require(bank, keys.officers(), keys.officer_threshold()));
    ASSAY_TRY_STATUS(record::require(scoring, keys.officers(), keys.officer_threshold()));
    if (bank.object.exam != scoring.object.exam) {
        return wrong_pair("exam");
    }
    if (bank.object.part != scoring.object.part) {
        return wrong_pair("part");
    }
    if (bank.object.version != scoring.object.version) {
        return wrong_pair("version");
    }
    if (bank.object.bank != scoring.object.bank) {
        return wrong_pair("bank");
    }
    return Ok{};
}

Result<ScoringView> open_scoring(ByteView scoring_age, const record::Signed<ScoringPart>& scoring,
                                 const record::Signed<BankPart>& bank,
                                 const record::TrustedKeys& keys,
                                 const crypto::AgeIdentity& scoring_view_key) {
    ASSAY_TRY_STATUS(check_pair(bank, scoring, keys));
    ASSAY_TRY_STATUS(check_scoring_file(scoring_age, scoring.object));
    if (record::public_of(scoring_view_key.recipient()) != scoring.object.recipient) {
        return fail(Code::kDenied, "sealed.scoring.other-key"_id);
    }
    ASSAY_TRY(const Bytes zip, crypto::age_decrypt(scoring_age, scoring_view_key));
    ASSAY_TRY(Files files, read_zip(zip));
    ASSAY_TRY(ItemList items, take_items(files, scoring.object));
    return ScoringView{std::move(files), std::move(items), scoring.object.scoring};
}

Status check_items(const ScoringView& view, Bank& bank) {
    for (const ItemEntry& item : view.items.items) {
        const auto shown = bank.read(item.path);
        if (!shown.ok() && shown.error().code != Code::kNotFound) {
            return shown.error();
        }
        if (!shown.ok() || crypto::sha256(*shown) != item.candidate) {
            return wrong_item(item);
        }
    }
    return Ok{};
}

}  // namespace assay::sealed
