#include <algorithm>
#include <map>

#include "crypto/hash.h"
#include "server/audit/trail.h"

// Which files of the evidence are those that the opened package lists.
namespace assay::audit {
namespace {

/// Digest to length, of the files that the index lists and that were not found yet.
using Index = std::map<Digest, std::uint64_t>;

struct Stranger {
    std::string name;
    Digest digest;
    std::uint64_t bytes = 0;
};

Index index_of(const record::PackageContents& contents) {
    Index out;
    for (const auto& each : contents.index.segments) {
        out[each.digest] = each.bytes;
    }
    for (const auto& each : contents.index.files) {
        out[each.digest] = each.bytes;
    }
    return out;
}

/// What a file is whose digest the index does not have: the index has no names, so the one file
/// that is missing and as long is what it was before somebody changed it.
Error what_it_is(const Stranger& file, Index& missing) {
    const Args found{{"found", file.digest.hex()}};
    if (missing.empty()) {
        return disagree("audit.evidence.unknown"_id, found);
    }
    const auto as_long = std::ranges::find(missing, file.bytes, &Index::value_type::second);
    if (as_long == missing.end()) {
        return disagree("audit.evidence.changed"_id, found);
    }
    const Error out = disagree("audit.evidence.changed-from"_id,
                               {{"found", file.digest.hex()}, {"expected", as_long->first.hex()}});
    missing.erase(as_long);
    return out;
}

}  // namespace

void check_evidence(Trail& trail) {
    const Message what{"audit.check.evidence"_id, {}};
    const auto files = trail.folder.names("evidence", "", ".age");
    Index missing = trail.contents ? index_of(*trail.contents) : Index();
    const std::size_t expected = missing.size();
    std::vector<Stranger> strangers;
    for (const std::string& name : files) {
        if (!trail.contents) {
            trail.report.skip(what, name, {"audit.why.no-index"_id, {}});
            continue;
        }
        const auto file = trail.folder.read(name, kEvidenceFileBytesMax);
        if (!file.ok()) {
            trail.report.add(what, name, file.error());
            continue;
        }
        const Digest digest = crypto::sha256(*file);
        const auto row = missing.find(digest);
        if (row == missing.end() || row->second != file->size()) {
            strangers.push_back({name, digest, file->size()});
            continue;
        }
        missing.erase(row);
        trail.report.add(what, name, Ok{});
    }
    for (const Stranger& file : strangers) {
        trail.report.add(what, file.name, what_it_is(file, missing));
    }
    if (!missing.empty()) {
        trail.report.skip(what, "evidence",
                          {"audit.why.evidence-missing"_id,
                           {{"missing", std::to_string(missing.size())},
                            {"expected", std::to_string(expected)}}});
    }
}

}  // namespace assay::audit
