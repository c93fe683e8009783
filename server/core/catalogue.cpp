#include "server/core/catalogue.h"

#include <algorithm>

#include "crypto/record/document.h"

namespace assay::server_core {
namespace {

/// One row, key "catalogue".
constexpr const char* kCatalogueTable = "catalogue";

Bytes catalogue_key() { return to_bytes("catalogue"); }

template <typename Row>
Status check_dates(const std::vector<Row>& rows, const char* what) {
    const auto wrong =
        std::ranges::find_if(rows, [](const Row& each) { return each.until <= each.from; });
    if (wrong == rows.end()) {
        return Ok{};
    }
    return fail(Code::kInvalid, "server.catalogue.dates"_id,
                {{"what", what}, {"row", std::to_string(wrong - rows.begin() + 1)}});
}

template <typename Row>
bool holds(const Row& row, const record::SittingManifest& manifest) {
    return row.from <= manifest.window_begin && manifest.window_end <= row.until;
}

}  // namespace

Status set_catalogue(Ports& ports, ByteView json) {
    ASSAY_TRY(const Catalogue read, record::read_message<Catalogue>(json));
    ASSAY_TRY_STATUS(check_dates(read.standards, "standards"));
    ASSAY_TRY_STATUS(check_dates(read.sites, "sites"));
    store::Batch batch;
    batch.rows = {{kCatalogueTable,
                   catalogue_key(),
                   {},
                   "",
                   record::write_document(read),
                   store::kAnyRevision}};
    ASSAY_TRY(const store::Committed done, ports.store.put(std::move(batch)));
    return Ok{};
}

Result<std::optional<Catalogue>> catalogue(Ports& ports) {
    const auto row = ports.store.row(kCatalogueTable, catalogue_key());
    if (!row.ok()) {
        return row.error().code == Code::kNotFound
                   ? Result<std::optional<Catalogue>>(std::optional<Catalogue>())
                   : row.error();
    }
    ASSAY_TRY(Catalogue read, record::read_document<Catalogue>(row->value));
    return std::optional(std::move(read));
}

Status check_listed(const Catalogue& catalogue, const record::SittingManifest& manifest) {
    const bool listed = std::ranges::any_of(catalogue.standards, [&](const ListedStandard& each) {
        return each.exam == manifest.exam && each.standard == manifest.standard &&
               each.level == manifest.level && holds(each, manifest);
    });
    if (!listed) {
        return fail(Code::kRefused, "server.catalogue.standard"_id,
                    {{"standard", manifest.standard}, {"exam", manifest.exam.hex()}});
    }
    const bool accredited = std::ranges::any_of(catalogue.sites, [&](const AccreditedSite& each) {
        return each.site == manifest.site && holds(each, manifest);
    });
    return accredited ? Status(Ok{})
                      : Status(fail(Code::kRefused, "server.catalogue.site"_id,
                                    {{"site", manifest.site.hex()}}));
}

}  // namespace assay::server_core
