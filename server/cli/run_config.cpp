#include "server/cli/run_config.h"

#include <array>
#include <charconv>
#include <functional>
#include <set>

namespace assay::server_cli {
namespace {

using Set = bool (*)(RunOptions&, const std::string&);
using Show = std::string (*)(const RunOptions&);

struct Setting {
    const char* name;
    MessageId help;
    Set set;
    Show show;
};

template <typename Number>
bool to_number(const std::string& text, Number& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

template <auto Member>
Setting text_setting(const char* name, MessageId help) {
    return {name, help,
            [](RunOptions& options, const std::string& value) {
                std::invoke(Member, options) = value;
                return !value.empty();
            },
            [](const RunOptions& options) { return std::string(std::invoke(Member, options)); }};
}

template <auto Member>
Setting number_setting(const char* name, MessageId help) {
    return {name, help,
            [](RunOptions& options, const std::string& value) {
                return to_number(value, std::invoke(Member, options));
            },
            [](const RunOptions& options) { return std::to_string(std::invoke(Member, options)); }};
}

// Members of members, as one thing that std::invoke takes.
constexpr auto kFolder = [](auto& o) -> auto& { return o.house.folder; };
constexpr auto kKeys = [](auto& o) -> auto& { return o.house.keys.path; };
constexpr auto kMirror = [](auto& o) -> auto& { return o.house.log_mirror; };
constexpr auto kLastHead = [](auto& o) -> auto& { return o.house.last_head; };
constexpr auto kReserve = [](auto& o) -> auto& { return o.house.reserve_mib; };
constexpr auto kConnections = [](auto& o) -> auto& { return o.limits.connections; };
constexpr auto kPerAddress = [](auto& o) -> auto& { return o.limits.connections_per_address; };
constexpr auto kInFlight = [](auto& o) -> auto& { return o.limits.bytes_in_flight; };

const auto& settings() {
    static const std::array<Setting, 19> kSettings{{
        text_setting<kFolder>("folder", "server.help.folder"_id),
        text_setting<kKeys>("keys", "server.help.keys"_id),
        text_setting<kMirror>("log-mirror", "server.help.log-mirror"_id),
        text_setting<kLastHead>("last-head", "server.help.last-head"_id),
        text_setting<&RunOptions::listen>("listen", "server.help.listen"_id),
        number_setting<&RunOptions::port>("port", "server.help.port"_id),
        number_setting<&RunOptions::public_port>("public-port", "server.help.public-port"_id),
        number_setting<&RunOptions::web_port>("web-port", "server.help.web-port"_id),
        text_setting<&RunOptions::web_certificate>("web-certificate",
                                                   "server.help.web-certificate"_id),
        text_setting<&RunOptions::web_key>("web-key", "server.help.web-key"_id),
        text_setting<&RunOptions::witness_policy>("witness-policy",
                                                  "server.help.witness-policy"_id),
        text_setting<&RunOptions::ready_file>("ready-file", "server.help.ready-file"_id),
        number_setting<kReserve>("reserve-mib", "server.help.reserve-mib"_id),
        number_setting<&RunOptions::scrub_hours>("scrub-hours", "server.help.scrub-hours"_id),
        number_setting<&RunOptions::workers>("workers", "server.help.workers"_id),
        number_setting<&RunOptions::packages_per_second>("packages-per-second",
                                                         "server.help.packages-per-second"_id),
        number_setting<kConnections>("connections", "server.help.connections"_id),
        number_setting<kPerAddress>("connections-per-address", "server.help.per-address"_id),
        number_setting<kInFlight>("bytes-in-flight", "server.help.bytes-in-flight"_id),
    }};
    return kSettings;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

Error wrong(std::size_t line, const std::string& text) {
    return fail(Code::kUsage, "server.config.line"_id,
                {{"line", std::to_string(line)}, {"text", text}});
}

Status read_line(std::size_t number, std::string_view line, std::set<std::string>& seen,
                 RunOptions& into) {
    const std::string text = trimmed(line.substr(0, line.find('#')));
    if (text.empty()) {
        return Ok{};
    }
    const std::size_t equals = text.find('=');
    const std::string name = trimmed(std::string_view(text).substr(0, equals));
    for (const Setting& setting : settings()) {
        if (name == setting.name && equals != std::string::npos && seen.insert(name).second &&
            setting.set(into, trimmed(std::string_view(text).substr(equals + 1)))) {
            return Ok{};
        }
    }
    return wrong(number, text);
}

}  // namespace

Status read_config(std::string_view text, RunOptions& into) {
    std::set<std::string> seen;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        ASSAY_TRY_STATUS(read_line(number, text.substr(0, end), seen, into));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return Ok{};
}

std::string sample_config(const Session& session) {
    const RunOptions usual;
    std::string out;
    for (const Setting& setting : settings()) {
        out += "# " + session.say(setting.help) + "\n# " + setting.name + " = " +
               setting.show(usual) + "\n\n";
    }
    return out;
}

}  // namespace assay::server_cli
