#include <algorithm>
#include <array>

#include "server/cli/command_line.h"
#include "server/cli/files.h"
#include "server/cli/scoring_options.h"
#include "server/protocol/upload_note.h"

namespace assay::server_cli {
namespace {

constexpr std::string_view kPackageEnding = ".assay-package";
constexpr std::string_view kStatementEnding = ".dsse.json";

/// Each kind rests on the ones before it.
constexpr std::array<std::string_view, 6> kKinds{"enrolment", "room-opening", "release",
                                                 "start",     "move",         "seal"};

struct Import {
    std::string folder;
};

/// What a file on the stick is: a statement of kKinds, a package after all of them, or at the end
/// the note of a segment or a candidate's file, which lies beside it.
struct Found {
    std::size_t rank = kKinds.size();
    std::string name;
    Bytes bytes;
};
constexpr std::size_t kPackageRank = kKinds.size();
constexpr std::size_t kUploadRank = kKinds.size() + 1;
constexpr std::uint64_t kNoteBytesMax = 4'096;

std::optional<std::size_t> rank_of(const Bytes& file) {
    const auto envelope = crypto::Envelope::parse(file);
    if (!envelope.ok()) {
        return std::nullopt;
    }
    constexpr std::string_view kBegin = "\"predicateType\":\"urn:assay:v1:";
    const std::string_view payload = as_text(envelope->payload);
    const std::size_t at = payload.find(kBegin);
    for (std::size_t i = 0; at != std::string_view::npos && i < kKinds.size(); ++i) {
        if (payload.substr(at + kBegin.size()).starts_with(std::string(kKinds[i]) + '"')) {
            return i;
        }
    }
    return std::nullopt;
}

Result<std::vector<Found>> find_files(const Session& session, const Path& folder) {
    ASSAY_TRY(const auto names, session.disk.list(folder));
    std::vector<Found> out;
    for (const std::string& name : names) {
        if (name.ends_with(kPackageEnding)) {
            ASSAY_TRY(Bytes file, read_file(session.disk, folder / name, kPackageFileBytesMax));
            out.push_back({kPackageRank, name, std::move(file)});
        } else if (name.ends_with(protocol::kUploadNoteEnding)) {
            ASSAY_TRY(Bytes file, read_file(session.disk, folder / name, kNoteBytesMax));
            out.push_back({kUploadRank, name, std::move(file)});
        } else if (name.ends_with(kStatementEnding)) {
            ASSAY_TRY(Bytes file, read_statement(session, folder / name));
            if (const auto rank = rank_of(file)) {
                out.push_back({*rank, name, std::move(file)});
            }
        }
    }
    std::ranges::stable_sort(out, {}, &Found::rank);
    return out;
}

struct Taken {
    bool known = false;   ///< it was there before
    std::string receipt;  ///< the same each time; none for a segment or a file
};

Result<Taken> take_upload(const Session& session, House& house, const Path& folder,
                          const Found& found) {
    ASSAY_TRY(const auto note, record::read_document<protocol::UploadNote>(found.bytes));
    ASSAY_TRY(const auto file, session.disk.open_read_only(folder / (note.digest.hex() + ".age")));
    ASSAY_TRY(const bool known,
              house.shelf().bring({note.kind, note.attempt, note.name, note.digest}, *file));
    return Taken{known, {}};
}

Result<Taken> take(const Session& session, House& house, const Path& folder, const Found& found) {
    if (found.rank == kUploadRank) {
        return take_upload(session, house, folder, found);
    }
    if (found.rank < kKinds.size()) {
        const auto envelope = crypto::Envelope::parse(found.bytes);
        const bool known =
            envelope.ok() && house.ports().store.object(crypto::sha256(envelope->payload)).ok();
        ASSAY_TRY(const auto receipt,
                  house.statements().take({std::string(kKinds[found.rank]), found.bytes}));
        return Taken{known, receipt.proof};
    }
    ASSAY_TRY(const record::PackageUpload files, record::read_upload(found.bytes));
    ASSAY_TRY(const auto package, record::read_signed<record::Package>(files.statement));
    const bool known = house.ports().store.object(package.digest).ok();
    ASSAY_TRY(const auto reply, house.intake().take(package.digest, found.bytes));
    return Taken{known, reply.proof};
}

Result<int> import(const Session& session, House& house, const Import& options) {
    ASSAY_TRY(const auto files, find_files(session, options.folder));
    boost::json::array rows;
    std::size_t refused = 0;
    for (const Found& found : files) {
        const auto taken = take(session, house, options.folder, found);
        boost::json::object row{{"file", found.name}};
        if (taken.ok()) {
            row["what"] = taken->known ? "known" : "taken";
            if (!taken->receipt.empty()) {
                row["receipt"] = taken->receipt;
            }
        } else {
            row["what"] = "refused";
            row["id"] = taken.error().what.id.text();
            tell(found.name + ": " + session.texts.say_error(session.language, taken.error()));
            session.log.error(taken.error());
            ++refused;
        }
        rows.push_back(std::move(row));
    }
    tell(session.say("server.imported"_id, {{"count", std::to_string(files.size())},
                                            {"refused", std::to_string(refused)}}));
    print(rows);
    return refused == 0 ? 0 : exit_code(Code::kRefused);
}

}  // namespace

void add_import_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<Import>();
    CLI::App& added = line.on_house(
        "import", "server.help.import"_id,
        [&session, options](House& house) { return import(session, house, *options); });
    line.required(added, "path", options->folder, "server.help.path"_id);
}

}  // namespace assay::server_cli
