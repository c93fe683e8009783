#include "server/audit/evidence_account.h"

#include <algorithm>

#include "crypto/hash.h"

namespace assay::audit {
namespace {

using record::Event;
using record::EventKind;

/// Opening needs no randomness.
class NoRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, std::uint8_t{0}); }
};

std::string part(const Event& event, std::size_t index) {
    return event.values && index < event.values->size() ? (*event.values)[index] : std::string();
}

WallTime time_part(const Event& event, std::size_t index) {
    const auto time = WallTime::from_text(part(event, index));
    return time.ok() ? *time : event.wall;
}

std::uint64_t number_of(const std::string& text) {
    return text.empty() || text.size() > 15 ||
                   !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })
               ? 0
               : std::stoull(text);
}

void take_finding(const Event& event, EvidenceAccount& account) {
    const std::string code = event.text.value_or("");
    const std::uint64_t number = number_of(part(event, 2));
    if (event.item == "begin") {
        account.findings.push_back({number, code, event.number.value_or(0), time_part(event, 0),
                                    event.wall, static_cast<int>(number_of(part(event, 1)))});
        return;
    }
    const auto open = std::find_if(
        account.findings.rbegin(), account.findings.rend(),
        [&](const FindingSpan& each) { return each.code == code && each.number == number; });
    if (open != account.findings.rend()) {
        // When it was last met; in older journals the end bears the onset once more.
        const WallTime last = time_part(event, 0);
        open->to = last > open->from && last < event.wall ? last : event.wall;
        open->weight = std::max(open->weight, event.number.value_or(0));
    }
}

void take_event(const Event& event, EvidenceAccount& account) {
    const std::string text = event.text.value_or("");
    if (event.kind == EventKind::kFinding) {
        take_finding(event, account);
    } else if (event.kind == EventKind::kGap) {
        const GapSpan gap{time_part(event, 0), time_part(event, 1), text};
        (text.starts_with(kShedCause) ? account.sheds : account.gaps).push_back(gap);
    } else if (event.kind == EventKind::kCoverage) {
        account.covered_seconds += static_cast<std::uint64_t>(event.number.value_or(0));
    }
}

Status take_journals(const record::PackageContents& contents, EvidenceAccount& account) {
    NoRandom random;
    for (const record::PackagedJournal& journal : contents.journals) {
        const record::JournalId id = record::journal_id(journal.start);
        record::JournalSealer sealer(journal.key, id, random);
        ASSAY_TRY(const auto opened, record::open_journal(sealer, id, journal.records));
        for (const Bytes& body : opened.bodies) {
            ASSAY_TRY(Event event, record::read_document<Event>(body));
            take_event(event, account);
            account.journal.push_back(std::move(event));
        }
    }
    return Ok{};
}

void take_segments(const Trail& trail, const crypto::AgeIdentity& key, EvidenceAccount& account) {
    for (const std::string& name : trail.folder.names("evidence", "", ".age")) {
        const auto file = trail.folder.read(name, record::kSegmentBytesMax);
        if (!file.ok()) {
            continue;
        }
        const Digest digest = crypto::sha256(*file);
        const auto& known = trail.contents->index.segments;
        if (std::ranges::find(known, digest, &record::SegmentEntry::digest) == known.end()) {
            continue;  // check_evidence() says so
        }
        const auto plain = crypto::age_decrypt(*file, key);
        auto content = plain.ok() ? record::read_segment(*plain)
                                  : Result<record::SegmentContent>(plain.error());
        trail.report.add({"audit.check.segment"_id, {}}, name,
                         content.ok() ? Status(Ok{}) : content.error());
        if (content.ok()) {
            account.segments.push_back({name, std::move(*content)});
        }
    }
    std::ranges::sort(account.segments, {},
                      [](const OpenedSegment& segment) { return segment.content.index.number; });
}

std::uint64_t seconds_between(WallTime from, WallTime to) {
    return to > from ? static_cast<std::uint64_t>((to - from).count()) : 0;
}

}  // namespace

std::uint64_t EvidenceAccount::missing_seconds() const {
    std::uint64_t sum = 0;
    for (const GapSpan& gap : gaps) {
        sum += seconds_between(gap.from, gap.to);
    }
    return sum;
}

std::uint64_t EvidenceAccount::shed_seconds() const {
    return sheds.empty() ? 0 : seconds_between(sheds.front().from, end);
}

std::uint64_t EvidenceAccount::unexplained_seconds() const {
    const std::uint64_t known = covered_seconds + missing_seconds();
    const std::uint64_t whole = seconds_between(begin, end);
    return whole > known ? whole - known : 0;
}

Result<EvidenceAccount> account_of(Trail& trail, const crypto::AgeIdentity& key) {
    EvidenceAccount account;
    ASSAY_TRY_STATUS(take_journals(*trail.contents, account));
    const auto of_camera = [](const Event& event) {
        return event.kind == EventKind::kCoverage || event.kind == EventKind::kGap ||
               event.kind == EventKind::kSegment;
    };
    const auto first = std::ranges::find_if(account.journal, of_camera);
    if (first != account.journal.end()) {
        account.begin = first->wall;
        if (first->kind == EventKind::kSegment || first->kind == EventKind::kGap) {
            account.begin = std::min(account.begin, time_part(*first, 0));
        }
    } else if (!account.journal.empty()) {
        account.begin = account.journal.front().wall;
    }
    account.end = account.journal.empty() ? account.begin : account.journal.back().wall;
    for (std::size_t i = 0; i < account.sheds.size(); ++i) {
        account.sheds[i].to =
            i + 1 < account.sheds.size() ? account.sheds[i + 1].from : account.end;
    }
    take_segments(trail, key, account);
    return account;
}

}  // namespace assay::audit
