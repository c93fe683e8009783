#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "crypto/base/result.h"
#include "crypto/record/result.h"

// What mark sheets come to, pure: the server and assay-audit must get the same.
namespace assay::server_core {

/// An item whose scoring view declares this outcome with a default value is marked by two people
/// who do not know each other's mark; the value is how far these may lie apart, in points, for each
/// criterion. An item without it needs one mark.
inline constexpr const char* kMarkTolerance = "MARK_TOLERANCE";
/// Before a criterion: the sheet is an adjudicator's, who is neither of the two.
inline constexpr std::string_view kAdjudication = "adjudication:";

/// The newest sheet of each marker for one criterion.
struct CriterionMarks {
    std::map<MachineId, const record::MarkSheet*> independent;
    std::map<MachineId, const record::MarkSheet*> adjudications;
    const record::MarkSheet* newest = nullptr;  ///< of the independent ones
    const record::MarkSheet* ruling = nullptr;  ///< of the adjudications
};
/// By criterion.
using ItemMarks = std::map<std::string, CriterionMarks>;

/// Sheets in order of arrival, which must outlive what is returned; by item. kInvalid for a mark
/// that is negative or above its maximum.
Result<std::map<std::string, ItemMarks>> marks_by_item(std::span<const record::MarkSheet> sheets);

/// The sums over an item's criteria.
struct Marked {
    std::int64_t mark_milli = 0;
    std::int64_t max_milli = 0;
    bool settled = true;    ///< each criterion has all the marks that it needs
    bool disputed = false;  ///< one waits for an adjudicator
};

/// Without a tolerance the newest sheet of each criterion stands. With one: two or more markers
/// whose marks lie within it give their mean (half a thousandth up); else the mark of an
/// adjudicator who is none of them stands; else the item waits. kInvalid where sheets of one
/// criterion differ in their maximum.
Result<Marked> settle_marks(const std::string& item, const ItemMarks& marks,
                            std::optional<std::int64_t> tolerance_milli);

/// Whether a new sheet may stand beside those that are there: an adjudicator marks nothing of what
/// he adjudicates, and the reverse. kRefused.
Status check_independent(const record::MarkSheet& sheet, std::span<const record::MarkSheet> there);

}  // namespace assay::server_core
