#pragma once

#include <optional>

#include "crypto/record/manifest.h"
#include "server/core/archive.h"

namespace assay::server_core {

/// An exam of a standard at one level, and the dates between which it may be held.
struct ListedStandard {
    ExamId exam;
    std::string standard;
    record::Level level = record::Level::kElementary;
    std::string title;
    WallTime from;
    WallTime until;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("exam", s.exam);
        v.field("standard", s.standard);
        v.field("level", s.level);
        v.field("title", s.title);
        v.field("from", s.from);
        v.field("until", s.until);
    }
};

/// A site, under which accreditation, and how long that holds.
struct AccreditedSite {
    SiteId site;
    std::string name;
    std::string accreditation;
    WallTime from;
    WallTime until;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("site", s.site);
        v.field("name", s.name);
        v.field("accreditation", s.accreditation);
        v.field("from", s.from);
        v.field("until", s.until);
    }
};

/// What the organisation may hold, and where. A person writes it, members in any order.
struct Catalogue {
    static constexpr std::string_view kName = "catalogue";
    std::vector<ListedStandard> standards;
    std::vector<AccreditedSite> sites;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("standards", s.standards);
        v.field("sites", s.sites);
    }
};

/// Replaces the one that was there; sittings that were taken in before stay. At most
/// store::kValueBytesMax. kInvalid where a row ends before it begins.
Status set_catalogue(Ports& ports, ByteView json);
/// Nothing where none was set: then every sitting is taken in.
Result<std::optional<Catalogue>> catalogue(Ports& ports);

/// The whole window lies within the dates of a row of the exam, standard and level, and within an
/// accreditation of the site. kRefused says which of them is missing.
Status check_listed(const Catalogue& catalogue, const record::SittingManifest& manifest);

}  // namespace assay::server_core
