#include "server/audit/evidence_page.h"

#include <algorithm>
#include <array>

#include "crypto/base/escape.h"
#include "crypto/base64.h"
#include "server/audit/evidence_style.h"

namespace assay::audit {
namespace {

constexpr int kWidth = 1000;  ///< of the timeline, in its own units
constexpr int kLane = 26;
constexpr std::size_t kTextShownMax = 120;
constexpr std::array<const char*, 4> kWeights = {"info", "low", "medium", "high"};

/// "2026-03-01T09:00:00Z" without the date.
std::string clock_of(WallTime time) {
    const std::string text = time.text();
    return text.size() >= 19 ? text.substr(11, 8) : text;
}

const char* weight_name(std::int64_t weight) {
    return kWeights[static_cast<std::size_t>(std::clamp<std::int64_t>(weight, 0, 3))];
}

class Page {
  public:
    Page(const Session& session, const Trail& trail, const EvidenceAccount& account)
        : session_(session), trail_(trail), account_(account) {}

    std::string make() {
        out_ = "<!doctype html><html lang=\"" + std::string(text::language_tag(session_.language)) +
               "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
               "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
               "script-src 'unsafe-inline'\"><title>" +
               said("audit.page.title"_id) + "</title><style>" + kEvidenceStyle +
               "</style></head><body>";
        head();
        verdict();
        account_numbers();
        timeline();
        findings();
        snapshots();
        journal();
        out_ += "<script>" + std::string(kEvidenceScript) + "</script></body></html>\n";
        return std::move(out_);
    }

  private:
    std::string said(MessageId id, Args args = {}) const {
        return escaped(session_.texts.say(session_.language, {id, std::move(args)}));
    }
    std::string code_said(const std::string& code) const {
        static constexpr std::array<std::pair<std::string_view, MessageId>, 16> kNames = {{
            {"FACE_ABSENT", "audit.page.code.absent"_id},
            {"FACE_MULTIPLE", "audit.page.code.multiple"_id},
            {"ID_MISMATCH", "audit.page.code.mismatch"_id},
            {"ID_UNVERIFIED", "audit.page.code.unverified"_id},
            {"LOOK_AWAY", "audit.page.code.away"_id},
            {"CAM_COVERED", "audit.page.code.covered"_id},
            {"CAM_DARK", "audit.page.code.dark"_id},
            {"CAM_MOVED", "audit.page.code.moved"_id},
            {"FEED_FROZEN", "audit.page.code.frozen"_id},
            {"FEED_LOOP", "audit.page.code.loop"_id},
            {"FEED_STILL", "audit.page.code.still"_id},
            {"CAM_LOST", "audit.page.code.lost"_id},
            {"CAM_NONE", "audit.page.code.no-camera"_id},
            {"CAM_CHANGED", "audit.page.code.changed"_id},
            {"JOURNAL_BEHIND", "audit.page.code.behind"_id},
            {"PROCTOR_DEGRADED", "audit.page.code.degraded"_id},
        }};
        for (const auto& [name, id] : kNames) {
            if (name == code) {
                return said(id);
            }
        }
        return escaped(code);
    }

    /// Of a gap, or of what is kept no more.
    std::string cause_said(const std::string& cause) const {
        static constexpr std::array<std::pair<std::string_view, MessageId>, 7> kNames = {{
            {"camera-lost", "audit.page.gap.camera"_id},
            {"process-ended", "audit.page.gap.ended"_id},
            {"process-stalled", "audit.page.gap.stalled"_id},
            {"starved", "audit.page.gap.starved"_id},
            {"shed:thin-snapshots", "audit.page.gap.thin"_id},
            {"shed:key-frames-only", "audit.page.gap.keys"_id},
            {"shed:nothing-more", "audit.page.gap.full"_id},
        }};
        for (const auto& [name, id] : kNames) {
            if (name == cause) {
                return said(id);
            }
        }
        return escaped(cause);
    }

    void head() {
        const record::Package& package = trail_.package->object;
        out_ += "<header><h1>" + said("audit.page.title"_id) + "</h1><p>" +
                (trail_.manifest ? escaped(trail_.manifest->object.title) + " · " : "") +
                said("audit.page.attempt"_id) + " <code>" + package.attempt.hex() + "</code> · " +
                escaped(account_.begin.text()) + " – " + clock_of(account_.end) +
                "</p><p class=\"note\">" + said("audit.page.note"_id) + "</p></header>";
    }

    void verdict() {
        const Report& report = trail_.report;
        const std::size_t bad = report.count(Verdict::kDisagrees) + report.count(Verdict::kMissing);
        out_ += "<section class=\"verdict " + std::string(bad > 0 ? "bad" : "good") + "\"><h2>" +
                said(bad > 0 ? "audit.page.verdict.bad"_id : "audit.page.verdict.good"_id,
                     {{"agreed", std::to_string(report.count(Verdict::kAgrees))},
                      {"disagreed", std::to_string(bad)},
                      {"unchecked", std::to_string(report.count(Verdict::kNotChecked))}}) +
                "</h2><details" + (bad > 0 ? " open" : "") + "><summary>" +
                said("audit.page.checks"_id) + "</summary><table>";
        for (const Finding& each : report.findings()) {
            out_ +=
                "<tr class=\"" + std::string(verdict_name(each.verdict)) + "\"><td>" +
                mark_of(each.verdict) + "</td><td>" +
                escaped(session_.texts.say(session_.language, each.what)) + "</td><td><code>" +
                escaped(each.file) + "</code></td><td>" +
                (each.reason ? escaped(session_.texts.say(session_.language, *each.reason)) : "") +
                "</td></tr>";
        }
        out_ += "</table></details></section>";
    }
    static const char* mark_of(Verdict verdict) {
        if (verdict == Verdict::kAgrees) {
            return "✓";
        }
        return verdict == Verdict::kDisagrees ? "✗" : "–";
    }

    void account_numbers() {
        const auto tile = [this](MessageId id, std::uint64_t seconds, const char* kind) {
            out_ += "<div class=\"tile " + std::string(kind) + "\"><b>" + length_of(seconds) +
                    "</b><span>" + said(id) + "</span></div>";
        };
        out_ += "<section><h2>" + said("audit.page.continuity"_id) + "</h2><div class=\"tiles\">";
        tile("audit.page.covered"_id, account_.covered_seconds, "covered");
        tile("audit.page.missing"_id, account_.missing_seconds(), "missing");
        tile("audit.page.shed"_id, account_.shed_seconds(), "shed");
        tile("audit.page.unexplained"_id, account_.unexplained_seconds(), "unexplained");
        out_ += "</div>";
        if (!account_.gaps.empty()) {
            out_ += "<table><tr><th>" + said("audit.page.from"_id) + "</th><th>" +
                    said("audit.page.length"_id) + "</th><th>" + said("audit.page.cause"_id) +
                    "</th></tr>";
            for (const GapSpan& gap : account_.gaps) {
                out_ += "<tr><td>" + clock_of(gap.from) + "</td><td>" +
                        length_of(seconds(gap.from, gap.to)) + "</td><td>" + cause_said(gap.cause) +
                        "</td></tr>";
            }
            out_ += "</table>";
        }
        out_ += "</section>";
    }
    static std::uint64_t seconds(WallTime from, WallTime to) {
        return to > from ? static_cast<std::uint64_t>((to - from).count()) : 0;
    }
    static std::string length_of(std::uint64_t seconds) {
        const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        return (seconds >= 3600 ? std::to_string(seconds / 3600) + ":" : "") +
               two(seconds / 60 % 60) + ":" + two(seconds % 60);
    }

    double place(WallTime time) const {
        const double whole =
            std::max(1.0, static_cast<double>(seconds(account_.begin, account_.end)));
        return kWidth *
               std::clamp(static_cast<double>(seconds(account_.begin, time)) / whole, 0.0, 1.0);
    }
    std::string bar(WallTime from, WallTime to, int y, int high, const std::string& kind,
                    const std::string& title) const {
        const double left = place(from);
        const double wide = std::max(3.0, place(to) - left);
        return "<rect class=\"" + kind + "\" x=\"" + std::to_string(left) + "\" y=\"" +
               std::to_string(y) + "\" width=\"" + std::to_string(wide) + "\" height=\"" +
               std::to_string(high) + "\"><title>" + title + "</title></rect>";
    }

    /// One lane a kind of finding, then the camera's own.
    void timeline() {
        std::vector<std::string> codes;
        for (const FindingSpan& finding : account_.findings) {
            if (std::ranges::find(codes, finding.code) == codes.end()) {
                codes.push_back(finding.code);
            }
        }
        const int high = kLane * (static_cast<int>(codes.size()) + 1);
        out_ += "<section><h2>" + said("audit.page.timeline"_id) +
                "</h2><div class=\"time\"><div "
                "class=\"lanes\">";
        for (const std::string& code : codes) {
            out_ += "<div>" + code_said(code) + "</div>";
        }
        out_ += "<div>" + said("audit.page.camera"_id) + "</div></div><svg viewBox=\"0 0 " +
                std::to_string(kWidth) + " " + std::to_string(high) +
                "\" preserveAspectRatio=\"none\" height=\"" + std::to_string(high) + "\">";
        for (const FindingSpan& finding : account_.findings) {
            const auto lane =
                static_cast<int>(std::ranges::find(codes, finding.code) - codes.begin());
            out_ += bar(finding.from, finding.to, lane * kLane + 4, kLane - 8,
                        weight_name(finding.weight),
                        clock_of(finding.from) + " " + code_said(finding.code));
        }
        const int camera = static_cast<int>(codes.size()) * kLane;
        out_ += bar(account_.begin, account_.end, camera + 4, kLane - 8, "covered",
                    said("audit.page.covered"_id));
        for (const GapSpan& shed : account_.sheds) {
            out_ += bar(shed.from, shed.to, camera + 4, kLane - 8, "shed", cause_said(shed.cause));
        }
        for (const GapSpan& gap : account_.gaps) {
            out_ += bar(gap.from, gap.to, camera + 4, kLane - 8, "missing", cause_said(gap.cause));
        }
        out_ += "</svg></div><div class=\"axis\">";
        for (int i = 0; i <= 4; ++i) {
            const auto at =
                static_cast<std::int64_t>(seconds(account_.begin, account_.end)) * i / 4;
            out_ += "<span>" + clock_of(account_.begin + std::chrono::seconds(at)) + "</span>";
        }
        out_ += "</div></section>";
    }

    std::string image(ByteView jpeg) const {
        return "data:image/jpeg;base64," + crypto::to_base64(jpeg);
    }

    /// By number; in journals that name none, by code and time.
    static bool belongs(const OpenedSegment& segment, const FindingSpan& finding) {
        const record::SegmentIndex& index = segment.content.index;
        if (finding.number != 0) {
            return index.finding == finding.number;
        }
        return index.code && record::word(*index.code) == finding.code && !index.pictures.empty() &&
               index.pictures.front().wall <= finding.to &&
               index.pictures.back().wall >= finding.from;
    }

    void clip(const OpenedSegment& segment) {
        const auto& pictures = segment.content.index.pictures;
        out_ += "<figure class=\"clip\" data-ms=\"200\"><div class=\"stage\">";
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            if (!pictures[i].key) {
                out_ += "<img alt=\"\" data-at=\"" + clock_of(pictures[i].wall) + "\" src=\"" +
                        image(segment.content.jpegs[i]) + "\">";
            }
        }
        out_ +=
            "</div><div class=\"bar\"><button type=\"button\">▶</button><input type=\"range\" "
            "min=\"0\" value=\"0\"><output></output></div><div class=\"keys\">";
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            if (pictures[i].key) {
                out_ += "<img alt=\"\" title=\"" + clock_of(pictures[i].wall) + "\" src=\"" +
                        image(segment.content.jpegs[i]) + "\">";
            }
        }
        out_ += "</div></figure>";
    }

    void findings() {
        out_ += "<section><h2>" + said("audit.page.findings"_id) + "</h2>";
        if (account_.findings.empty()) {
            out_ += "<p>" + said("audit.page.no-findings"_id) + "</p>";
        }
        for (const FindingSpan& finding : account_.findings) {
            out_ += "<article><h3><i class=\"" + std::string(weight_name(finding.weight)) +
                    "\"></i>" + code_said(finding.code) + "</h3><p>" + clock_of(finding.from) +
                    " – " + clock_of(finding.to) + " · " + escaped(finding.code) + " · " +
                    weight_said(finding.weight) +
                    (finding.confidence > 0
                         ? " · " + said("audit.page.confidence"_id,
                                        {{"percent", std::to_string(finding.confidence)}})
                         : "") +
                    "</p>";
            for (const OpenedSegment& segment : account_.segments) {
                if (belongs(segment, finding)) {
                    clip(segment);
                }
            }
            out_ += "</article>";
        }
        out_ += "</section>";
    }
    std::string weight_said(std::int64_t weight) const {
        constexpr std::array<MessageId, 4> kSaid = {
            "audit.page.weight.info"_id, "audit.page.weight.low"_id, "audit.page.weight.medium"_id,
            "audit.page.weight.high"_id};
        return said(kSaid[static_cast<std::size_t>(std::clamp<std::int64_t>(weight, 0, 3))]);
    }

    void snapshots() {
        out_ += "<section><h2>" + said("audit.page.snapshots"_id) + "</h2><div class=\"grid\">";
        for (const OpenedSegment& segment : account_.segments) {
            if (segment.content.index.kind == record::SegmentKind::kClip) {
                continue;
            }
            for (std::size_t i = 0; i < segment.content.jpegs.size(); ++i) {
                out_ += "<figure><img alt=\"\" src=\"" + image(segment.content.jpegs[i]) +
                        "\"><figcaption>" + clock_of(segment.content.index.pictures[i].wall) +
                        "</figcaption></figure>";
            }
        }
        out_ += "</div></section>";
    }

    void journal() {
        out_ +=
            "<section><h2>" + said("audit.page.journal"_id) + "</h2><div class=\"journal\"><table>";
        for (const record::Event& event : account_.journal) {
            std::string detail = event.item.value_or("");
            for (const auto& more : {event.response, event.text}) {
                // Whole envelopes stand in some records.
                detail += more && !more->starts_with('{') ? " " + *more : "";
            }
            if (event.number) {
                detail += " " + std::to_string(*event.number);
            }
            if (detail.size() > kTextShownMax) {
                std::size_t end = kTextShownMax;
                while (end > 0 && (static_cast<unsigned char>(detail[end]) & 0xC0U) == 0x80U) {
                    --end;  // a character of several bytes stays whole
                }
                detail = detail.substr(0, end) + "…";
            }
            out_ += "<tr class=\"" + std::string(record::word(event.kind)) + "\"><td>" +
                    clock_of(event.wall) + "</td><td>" + std::string(record::word(event.kind)) +
                    "</td><td>" + escaped(detail) + "</td></tr>";
        }
        out_ += "</table></div></section>";
    }

    const Session& session_;
    const Trail& trail_;
    const EvidenceAccount& account_;
    std::string out_;
};

}  // namespace

std::string evidence_page(const Session& session, const Trail& trail,
                          const EvidenceAccount& account) {
    return Page(session, trail, account).make();
}

}  // namespace assay::audit
