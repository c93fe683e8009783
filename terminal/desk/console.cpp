#include "terminal/desk/console.h"

#include <algorithm>
#include <charconv>

#include "crypto/record/document.h"
#include "server/protocol/exchange.h"

namespace assay::desk {
namespace {

constexpr std::uint64_t kShareFileBytesMax = 64U << 10U;
constexpr std::int64_t kExtraSecondsMax = 24L * 3600;

std::vector<std::string> split(const std::string& line, std::size_t parts) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (out.size() + 1 < parts && at < line.size()) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        if (end > at) {
            out.push_back(line.substr(at, end - at));
        }
        at = end + 1;
    }
    if (at < line.size()) {
        out.push_back(line.substr(at));
    }
    return out;
}

std::string member(std::string_view name, const std::string& json) {
    return "\"" + std::string(name) + "\":" + json;
}

std::string refusal(const Error& error) {
    std::string out = to_string(protocol::write_refusal(error));
    return "{\"ok\":false," + out.substr(1);
}

}  // namespace

Result<std::vector<crypto::SecretBytes>> read_shares(ByteView file) {
    std::vector<crypto::SecretBytes> out;
    crypto::SecretBytes block = crypto::SecretBytes::zeros(file.size() + 1);
    std::size_t used = 0;
    const auto take = [&] {
        if (used > 0) {
            out.push_back(crypto::SecretBytes::copy_of(block.view().first(used)));
        }
        used = 0;
    };
    std::string_view rest = as_text(file);
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const bool number_row = line.find_first_of("0123456789") != std::string_view::npos;
        if (!number_row || line.find_first_not_of(" \r\t") == std::string_view::npos) {
            take();
        }
        if (line.find_first_not_of(" \r\t") == std::string_view::npos) {
            continue;
        }
        if (used > 0) {
            block.span()[used++] = ' ';
        }
        std::copy(line.begin(), line.end(),
                  block.span().begin() + static_cast<std::ptrdiff_t>(used));
        used += line.size();
        if (!number_row) {
            take();
        }
    }
    take();
    if (out.empty()) {
        return fail(Code::kInvalid, "desk.release.no-shares"_id);
    }
    return out;
}

const std::vector<Console::Command>& Console::commands() {
    static const std::vector<Command> kCommands{
        {"open", 0, &Console::open},       {"code", 0, &Console::code},
        {"release", 0, &Console::release}, {"release-offline", 1, &Console::release_offline},
        {"start", 0, &Console::start},     {"pause", 0, &Console::pause},
        {"resume", 0, &Console::resume},   {"extra", 3, &Console::extra},
        {"credit", 2, &Console::credit},   {"message", 1, &Console::message},
        {"move", 2, &Console::move},       {"seat", 2, &Console::seat},
        {"seal", 1, &Console::seal},       {"proof", 1, &Console::proof},
        {"view", 0, &Console::view},       {"export", 1, &Console::export_waiting},
        {"retry", 0, &Console::retry},     {"quit", 0, &Console::quit},
    };
    return kCommands;
}

std::string Console::run(const std::string& line) {
    if (line.size() > kCommandBytesMax) {
        return refusal(fail(Code::kLimit, "desk.console.long"_id,
                            {{"limit", std::to_string(kCommandBytesMax)}}));
    }
    const std::string name = line.substr(0, line.find(' '));
    const auto found =
        std::ranges::find_if(commands(), [&](const Command& each) { return each.name == name; });
    if (found == commands().end()) {
        return refusal(fail(Code::kUsage, "desk.console.command"_id, {{"command", name}}));
    }
    const std::string rest = line.size() > name.size() ? line.substr(name.size() + 1) : "";
    const Words words = split(rest, found->words);
    const bool seal = found->run == &Console::seal;  // may have nothing to decide
    if (words.size() != found->words && !(seal && words.empty())) {
        return refusal(fail(Code::kUsage, "desk.console.words"_id, {{"command", name}}));
    }
    const Result<std::string> said = (this->*found->run)(words);
    station_.nudge();
    if (!said.ok()) {
        tell_(said.error());
        return refusal(said.error());
    }
    return said->empty() ? "{\"ok\":true}" : "{\"ok\":true," + *said + '}';
}

Result<AttemptId> Console::attempt_at(const std::string& seat) {
    for (const CandidateRow& row : station_.room().view().candidates) {
        if (row.seat == seat) {
            return row.attempt;
        }
    }
    return fail(Code::kNotFound, "desk.console.seat"_id, {{"seat", seat}});
}

Result<MachineId> Console::terminal_named(const std::string& name) {
    for (const TerminalRow& row : station_.room().view().terminals) {
        const bool spare = name == "spare" && row.seat.empty() && !row.attempt;
        if (spare || row.machine.hex() == name || (!row.seat.empty() && row.seat == name)) {
            return row.machine;
        }
    }
    return fail(Code::kNotFound, "desk.console.terminal"_id, {{"terminal", name}});
}

Result<std::string> Console::open(const Words&) {
    ASSAY_TRY(const crypto::Pin pin, pin_());
    ASSAY_TRY_STATUS(station_.room().open_room(pin));
    return std::string();
}

Result<std::string> Console::code(const Words&) {
    ASSAY_TRY(const record::RoomCode code, station_.room().make_room_code());
    return member("code", record::JsonWriter::text(code.text()));
}

Result<std::string> Console::release(const Words&) {
    ASSAY_TRY_STATUS(station_.release_online());
    return std::string();
}

Result<std::string> Console::release_offline(const Words& words) {
    ASSAY_TRY(Bytes file, read_file(disk_, words[0], kShareFileBytesMax));
    const crypto::WipeLater wiper(file);
    ASSAY_TRY(const auto shares, read_shares(file));
    ASSAY_TRY_STATUS(station_.room().release_offline(shares));
    return std::string();
}

Result<std::string> Console::order(record::OrderKind kind, const std::string& text) {
    ASSAY_TRY_STATUS(station_.room().order(kind, std::nullopt, 0, text, "", {}));
    return std::string();
}

Result<std::string> Console::start(const Words&) { return order(record::OrderKind::kStart, ""); }
Result<std::string> Console::pause(const Words&) { return order(record::OrderKind::kPause, ""); }
Result<std::string> Console::resume(const Words&) { return order(record::OrderKind::kResume, ""); }
Result<std::string> Console::message(const Words& words) {
    return order(record::OrderKind::kMessage, words[0]);
}

Result<std::string> Console::extra(const Words& words) {
    ASSAY_TRY(const AttemptId attempt, attempt_at(words[0]));
    std::int64_t seconds = 0;
    const char* const end = words[1].data() + words[1].size();
    if (std::from_chars(words[1].data(), end, seconds).ptr != end || seconds <= 0 ||
        seconds > kExtraSecondsMax) {
        return fail(Code::kUsage, "desk.console.seconds"_id, {{"seconds", words[1]}});
    }
    ASSAY_TRY_STATUS(
        station_.room().order(record::OrderKind::kExtraTime, attempt, seconds, "", words[2], {}));
    return std::string();
}

Result<std::string> Console::credit(const Words& words) {
    ASSAY_TRY(const AttemptId attempt, attempt_at(words[0]));
    const RoomView view = station_.room().view();
    const auto row = std::ranges::find(view.candidates, attempt, &CandidateRow::attempt);
    const std::int64_t seconds = row->dark_ms / 1000;
    ASSAY_TRY_STATUS(station_.room().credit_dark(attempt, seconds, words[1], {}));
    return member("seconds", std::to_string(seconds));
}

Result<std::string> Console::move(const Words& words) {
    ASSAY_TRY(const AttemptId attempt, attempt_at(words[0]));
    ASSAY_TRY(const MachineId terminal, terminal_named(words[1]));
    ASSAY_TRY(const crypto::Pin pin, pin_());
    ASSAY_TRY_STATUS(station_.room().move(attempt, terminal, pin));
    return member("terminal", record::JsonWriter::text(terminal.hex()));
}

Result<std::string> Console::proof(const Words& words) {
    for (const CandidateRow& row : station_.room().view().candidates) {
        if (row.seat == words[0] && row.package) {
            ASSAY_TRY(const std::string proof, station_.room().site_proof(*row.package));
            return member("proof", record::JsonWriter::text(proof));
        }
    }
    return fail(Code::kNotFound, "desk.console.seat"_id, {{"seat", words[0]}});
}

Result<std::string> Console::export_waiting(const Words& words) {
    ASSAY_TRY(const Station::Exported out, station_.export_waiting(words[0]));
    return member("files", std::to_string(out.objects)) + ',' +
           member("uploads", std::to_string(out.uploads));
}

Result<std::string> Console::retry(const Words&) {
    ASSAY_TRY(const std::size_t count, station_.retry_refused());
    return member("count", std::to_string(count));
}

Result<std::string> Console::seat(const Words& words) {
    ASSAY_TRY(const MachineId terminal, terminal_named(words[0]));
    ASSAY_TRY_STATUS(station_.room().assign_seat(terminal, words[1]));
    return std::string();
}

Result<std::string> Console::seal(const Words& words) {
    std::map<AttemptId, record::Disposition> decided;
    for (const std::string& each : split(words.empty() ? "" : words[0], kCommandBytesMax)) {
        const std::size_t equals = std::min(each.find('='), each.size() - 1);
        ASSAY_TRY(const AttemptId attempt, attempt_at(each.substr(0, equals)));
        const auto word = record::from_word<record::Disposition>(each.substr(equals + 1));
        if (!word) {
            return fail(Code::kUsage, "desk.console.disposition"_id, {{"word", each}});
        }
        decided[attempt] = *word;
    }
    ASSAY_TRY_STATUS(station_.room().seal(decided));
    return std::string();
}

Result<std::string> Console::view(const Words&) {
    return member("view", record::JsonWriter::text(station_.view()));
}

Result<std::string> Console::quit(const Words&) {
    finished_ = true;
    return std::string();
}

}  // namespace assay::desk
