#include <algorithm>

#include "crypto/base64.h"
#include "crypto/command/option_value.h"
#include "server/api/paper.h"
#include "server/cli/command_line.h"
#include "server/cli/files.h"
#include "server/core/rulings.h"

// What is printed before and after a sitting.
namespace assay::server_cli {
namespace {

/// No place on Earth is further from UTC.
constexpr int kUtcOffsetMinutesMax = 14 * 60;
constexpr int kUtcOffsetMinutes = 8 * 60;

struct PaperOptions {
    std::string sitting;
    std::string attempt;
    std::string out;
    int utc_offset = kUtcOffsetMinutes;
};

Result<std::chrono::minutes> offset_of(const PaperOptions& options) {
    if (options.utc_offset < -kUtcOffsetMinutesMax || options.utc_offset > kUtcOffsetMinutesMax) {
        return fail(Code::kUsage, "server.paper.offset"_id,
                    {{"limit", std::to_string(kUtcOffsetMinutesMax)}});
    }
    return std::chrono::minutes(options.utc_offset);
}

Result<std::map<Digest, std::string>> photos_of(House& house, const record::SiteRoster& roster) {
    std::map<Digest, std::string> out;
    for (const record::RosterRow& row : roster.rows) {
        if (row.photo && !out.contains(*row.photo)) {
            ASSAY_TRY(const Bytes photo, house.ports().store.body(*row.photo));
            const bool png = photo.size() > 1 && photo[1] == 'P';
            out[*row.photo] = std::string("data:image/") + (png ? "png" : "jpeg") + ";base64," +
                              crypto::to_base64(photo);
        }
    }
    return out;
}

Result<int> print_sitting(const Session& session, House& house, const PaperOptions& options) {
    ASSAY_TRY(const SittingId id, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(const auto offset, offset_of(options));
    ASSAY_TRY(const auto sitting, house.sittings().find(id));
    ASSAY_TRY(const record::SiteRoster roster, house.sittings().roster(*sitting));
    ASSAY_TRY(const auto photos, photos_of(house, roster));
    const server_api::PaperSitting paper{*sitting, roster, photos, offset};
    using Write =
        std::string (*)(const server_api::PaperSitting&, const text::Texts&, text::Language);
    const std::pair<const char*, Write> pages[] = {
        {"admission-tickets.html", server_api::admission_tickets},
        {"seat-labels.html", server_api::seat_labels},
        {"door-lists.html", server_api::door_lists},
        {"sign-in-sheets.html", server_api::sign_in_sheets}};
    ASSAY_TRY_STATUS(session.disk.make_folders(options.out));
    for (const auto& [name, write] : pages) {
        const std::string page = write(paper, session.texts, session.language);
        ASSAY_TRY_STATUS(write_new(session, Path(options.out) / name, as_bytes(page)));
    }
    tell(session.say("server.printed"_id, {{"path", options.out}}));
    print({{"candidates", roster.rows.size()}, {"photos", photos.size()}});
    return 0;
}

/// Only what two people published is printed.
Result<int> print_result(const Session& session, House& house, const PaperOptions& options) {
    ASSAY_TRY(const AttemptId attempt, command::hex_value<AttemptId>("--attempt", options.attempt));
    ASSAY_TRY(const auto offset, offset_of(options));
    ASSAY_TRY(const auto sitting, house.sittings().find_by_attempt(attempt));
    ASSAY_TRY(const Digest published, server_core::published_result(house.ports(), attempt));
    ASSAY_TRY(const auto result, server_core::newest_result(house.ports(), attempt));
    if (result.digest != published) {
        return fail(Code::kRefused, "server.paper.newer"_id);
    }
    ASSAY_TRY(const record::SiteRoster roster, house.sittings().roster(*sitting));
    const auto person = std::ranges::find(roster.rows, attempt, &record::RosterRow::attempt);
    if (person == roster.rows.end()) {
        return fail(Code::kNotFound, "server.paper.erased"_id);
    }
    const std::string page = server_api::result_sheet(
        {*sitting, *person, result.object, published, offset}, session.texts);
    ASSAY_TRY_STATUS(write_new(session, options.out, as_bytes(page)));
    tell(session.say("server.printed"_id, {{"path", options.out}}));
    print({{"result", published.hex()}});
    return 0;
}

}  // namespace

void add_paper_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<PaperOptions>();
    CLI::App& pages = line.on_house(
        "print-sitting", "server.help.print-sitting"_id,
        [&session, options](House& house) { return print_sitting(session, house, *options); });
    line.required(pages, "--sitting", options->sitting, "server.help.sitting"_id);
    line.required(pages, "--out", options->out, "server.help.out"_id);
    line.option(pages, "--utc-offset", options->utc_offset, "server.help.utc-offset"_id);

    CLI::App& sheet = line.on_house(
        "print-result", "server.help.print-result"_id,
        [&session, options](House& house) { return print_result(session, house, *options); });
    line.required(sheet, "--attempt", options->attempt, "server.help.attempt"_id);
    line.required(sheet, "--out", options->out, "server.help.out"_id);
    line.option(sheet, "--utc-offset", options->utc_offset, "server.help.utc-offset"_id);
}

}  // namespace assay::server_cli
