#include "server/core/marking.h"

#include <algorithm>

namespace assay::server_core {
namespace {

Error wrong(MessageId id, const std::string& item, const std::string& criterion) {
    return fail(Code::kInvalid, id, {{"item", item}, {"criterion", criterion}});
}

/// The criterion that a sheet is about, and whether as an adjudicator's.
std::pair<std::string, bool> criterion_of(const record::MarkSheet& sheet) {
    const bool ruling = sheet.criterion.starts_with(kAdjudication);
    return {ruling ? sheet.criterion.substr(kAdjudication.size()) : sheet.criterion, ruling};
}

/// What one criterion comes to; nothing while it waits.
struct Settled {
    std::optional<std::int64_t> mark_milli;
    bool disputed = false;
};

Settled settle_one(const CriterionMarks& marks, std::optional<std::int64_t> tolerance) {
    if (!tolerance) {
        const auto* const stands = marks.newest != nullptr ? marks.newest : marks.ruling;
        return {stands->mark_milli, false};
    }
    std::int64_t sum = 0;
    std::int64_t least = INT64_MAX;
    std::int64_t most = 0;
    for (const auto& [marker, sheet] : marks.independent) {
        sum += sheet->mark_milli;
        least = std::min(least, sheet->mark_milli);
        most = std::max(most, sheet->mark_milli);
    }
    const auto count = static_cast<std::int64_t>(marks.independent.size());
    if (count < 2) {
        return {std::nullopt, false};
    }
    if (most - least <= *tolerance) {
        return {(2 * sum + count) / (2 * count), false};
    }
    const auto* const ruling = marks.ruling;
    const bool stranger = ruling != nullptr && !marks.independent.contains(ruling->marker);
    return stranger ? Settled{ruling->mark_milli, false} : Settled{std::nullopt, true};
}

/// All sheets of a criterion mark out of the same; with one mark only the newest counts.
Result<std::int64_t> max_of(const std::string& item, const std::string& criterion,
                            const CriterionMarks& marks, bool several) {
    if (!several) {
        return (marks.newest != nullptr ? marks.newest : marks.ruling)->max_milli;
    }
    std::optional<std::int64_t> max;
    for (const auto* const list : {&marks.independent, &marks.adjudications}) {
        for (const auto& [marker, sheet] : *list) {
            if (max.value_or(sheet->max_milli) != sheet->max_milli) {
                return wrong("server.mark.maximum"_id, item, criterion);
            }
            max = sheet->max_milli;
        }
    }
    return max.value_or(0);
}

}  // namespace

Result<std::map<std::string, ItemMarks>> marks_by_item(std::span<const record::MarkSheet> sheets) {
    std::map<std::string, ItemMarks> out;
    for (const record::MarkSheet& sheet : sheets) {
        if (sheet.mark_milli < 0 || sheet.mark_milli > sheet.max_milli) {
            return wrong("server.mark.range"_id, sheet.item, sheet.criterion);
        }
        const auto [criterion, ruling] = criterion_of(sheet);
        CriterionMarks& marks = out[sheet.item][criterion];
        (ruling ? marks.adjudications : marks.independent)[sheet.marker] = &sheet;
        (ruling ? marks.ruling : marks.newest) = &sheet;
    }
    return out;
}

Result<Marked> settle_marks(const std::string& item, const ItemMarks& marks,
                            std::optional<std::int64_t> tolerance_milli) {
    Marked out;
    for (const auto& [criterion, of_criterion] : marks) {
        ASSAY_TRY(const std::int64_t max,
                  max_of(item, criterion, of_criterion, tolerance_milli.has_value()));
        const Settled settled = settle_one(of_criterion, tolerance_milli);
        out.mark_milli += settled.mark_milli.value_or(0);
        out.max_milli += max;
        out.settled = out.settled && settled.mark_milli.has_value();
        out.disputed = out.disputed || settled.disputed;
    }
    return out;
}

Status check_independent(const record::MarkSheet& sheet, std::span<const record::MarkSheet> there) {
    const auto [criterion, ruling] = criterion_of(sheet);
    for (const record::MarkSheet& other : there) {
        const auto [same, other_ruling] = criterion_of(other);
        if (other.item == sheet.item && same == criterion && other.marker == sheet.marker &&
            other_ruling != ruling) {
            return fail(Code::kRefused, "server.mark.adjudicator"_id,
                        {{"item", sheet.item}, {"criterion", criterion}});
        }
    }
    return Ok{};
}

}  // namespace assay::server_core
