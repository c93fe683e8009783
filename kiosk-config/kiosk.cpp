#include "kiosk-config/kiosk.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace assay::kiosk {
namespace {

constexpr std::size_t kDesksMax = 8;
constexpr const char* kRunning = "run/systemd/system";  ///< there while systemd runs the machine

Error bad_desk(std::string_view text) {
    return fail(Code::kUsage, "kiosk.desk.form"_id, {{"desk", std::string(text)}});
}

bool read_number(std::string_view text, int max, int& out) {
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    return !text.empty() && failed == std::errc() && stop == text.data() + text.size() &&
           out >= 0 && out <= max;
}

bool is_address(std::string_view text) {
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = part < 3 ? text.find('.') : text.size();
        int number = 0;
        if (dot == std::string_view::npos || !read_number(text.substr(0, dot), 255, number)) {
            return false;
        }
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return true;
}

template <typename List>
std::string joined(const List& list) {
    std::ostringstream out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        out << (i == 0 ? "" : ", ") << list[i];
    }
    return out.str();
}

/// The lines of a fstab that mount swap; comments do not.
bool mounts_swap(std::string_view line) {
    std::istringstream fields{std::string(line)};
    std::string device;
    std::string place;
    std::string type;
    fields >> device >> place >> type;
    return !device.empty() && device.front() != '#' && type == "swap";
}

std::string without_swap(std::string_view fstab) {
    std::string out;
    while (!fstab.empty()) {
        const std::size_t end = std::min(fstab.find('\n'), fstab.size() - 1) + 1;
        const std::string_view line = fstab.substr(0, end);
        out += mounts_swap(line) ? "# assay-kiosk: " : "";
        out += line;
        fstab.remove_prefix(end);
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    return text;
}

Error problem(MessageId id, const Step& step, std::string found = "") {
    return fail(Code::kRefused, id,
                {{"path", "/" + std::string(step.path)},
                 {"wanted", std::string(step.value)},
                 {"found", std::move(found)}});
}

/// The row that lays `path` down, or something below it.
std::string_view row_of(const Path& path) {
    const std::string below = path.string() + "/";
    for (const Measure& measure : measures()) {
        for (const Step& step : measure.steps) {
            if (step.path == path.string() || step.path.starts_with(below)) {
                return measure.id;
            }
        }
    }
    return "";
}

}  // namespace

Result<Desk> Desk::parse(std::string_view text) {
    Desk desk;
    std::string_view rest = text;
    while (!rest.empty() && desk.addresses.size() < kDesksMax) {
        const std::string_view one = rest.substr(0, std::min(rest.find(','), rest.size()));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        const std::size_t colon = one.find(':');
        int port = 0;
        if (colon == std::string_view::npos || !is_address(one.substr(0, colon)) ||
            !read_number(one.substr(colon + 1), 65535, port) || port == 0) {
            return bad_desk(text);
        }
        desk.addresses.emplace_back(one.substr(0, colon));
        if (std::find(desk.ports.begin(), desk.ports.end(), port) == desk.ports.end()) {
            desk.ports.push_back(port);
        }
    }
    return desk.addresses.empty() || !rest.empty() ? Result<Desk>(bad_desk(text)) : desk;
}

Bytes Desk::rules() const {
    return to_bytes("define desk_addresses = { " + joined(addresses) +
                    " }\ndefine desk_ports = { " + joined(ports) + " }\n");
}

Result<Node> Kiosk::wanted(const Step& step) const {
    Node node;
    if (step.kind == StepKind::kFile) {
        SystemDisk disk;
        node.kind = Node::Kind::kFile;
        node.mode = step.mode;
        ASSAY_TRY(node.content, read_file(disk, files_ / step.path, kConfigBytesMax));
    } else {
        node.kind = Node::Kind::kLink;
        node.target = step.kind == StepKind::kMask ? "/dev/null" : std::string(step.value);
    }
    return node;
}

Status Kiosk::drop_swap(Undo& undo, const Path& path) {
    ASSAY_TRY(Node node, tree_.look(path));
    if (node.kind != Node::Kind::kFile) {
        return Ok();
    }
    node.content = to_bytes(without_swap(as_text(node.content)));
    return undo.change(path, node);
}

Status Kiosk::apply_step(Undo& undo, const Step& step, const Desk& desk) {
    switch (step.kind) {
        case StepKind::kFile:
        case StepKind::kMask:
        case StepKind::kLink: {
            ASSAY_TRY(const Node node, wanted(step));
            return undo.change(step.path, node);
        }
        case StepKind::kDesk: {
            Node node;
            node.kind = Node::Kind::kFile;
            node.mode = step.mode;
            node.content = desk.rules();
            return undo.change(step.path, node);
        }
        case StepKind::kNoSwap:
            return drop_swap(undo, step.path);
        case StepKind::kLive:
        case StepKind::kNoLive:
        case StepKind::kSocket:
        case StepKind::kProgram:
            break;
    }
    return Ok();
}

Status Kiosk::require_machine() const {
    ASSAY_TRY(const Node etc, tree_.look("etc"));
    if (etc.kind != Node::Kind::kFolder) {
        return fail(Code::kInvalid, "kiosk.tree.not-a-machine"_id,
                    {{"path", tree_.root().string()}});
    }
    return Ok();
}

Status Kiosk::apply(const Desk& desk) {
    ASSAY_TRY_STATUS(require_machine());
    ASSAY_TRY(Undo undo, Undo::open(tree_));
    for (const Measure& measure : measures()) {
        for (const Step& step : measure.steps) {
            ASSAY_TRY_STATUS(apply_step(undo, step, desk));
        }
    }
    return Ok();
}

Result<std::vector<NotReverted>> Kiosk::revert() {
    ASSAY_TRY_STATUS(require_machine());
    ASSAY_TRY(Undo undo, Undo::open(tree_));
    ASSAY_TRY(const std::vector<NotBack> found, undo.restore());
    std::vector<NotReverted> out;
    for (const NotBack& each : found) {
        out.push_back({row_of(each.path), each.path, each.why});
    }
    return out;
}

Result<std::vector<Error>> Kiosk::live_problems(const Step& step) const {
    ASSAY_TRY(const Node node, tree_.look(step.path));
    if (node.kind == Node::Kind::kNothing) {
        return std::vector<Error>();  // a copy of a tree has no running kernel
    }
    ASSAY_TRY(const Bytes content, tree_.read_live(step.path));
    const std::string_view found = trimmed(as_text(content));
    const bool good = step.kind == StepKind::kLive ? found == step.value
                                                   : found.find('\n') == std::string_view::npos;
    if (good) {
        return std::vector<Error>();
    }
    const bool value = step.kind == StepKind::kLive;
    return std::vector<Error>{value ? problem("kiosk.state.live"_id, step, std::string(found))
                                    : problem("kiosk.state.swap-active"_id, step)};
}

Result<std::vector<Error>> Kiosk::socket_problems(const Step& step) const {
    ASSAY_TRY(const Node running, tree_.look(kRunning));
    ASSAY_TRY(const Node found, tree_.look(step.path));
    if (running.kind == Node::Kind::kNothing || found.kind == Node::Kind::kOther) {
        return std::vector<Error>();  // a copy of a tree has no sockets
    }
    return std::vector<Error>{problem("kiosk.state.socket"_id, step)};
}

Result<std::vector<Error>> Kiosk::problems(const Step& step) const {
    if (step.kind == StepKind::kLive || step.kind == StepKind::kNoLive) {
        return live_problems(step);
    }
    if (step.kind == StepKind::kSocket) {
        return socket_problems(step);
    }
    ASSAY_TRY(const Node found, tree_.look(step.path));
    const bool missing = found.kind == Node::Kind::kNothing;
    std::vector<Error> out;
    switch (step.kind) {
        case StepKind::kProgram:
            if (missing) {
                out.push_back(problem("kiosk.state.program"_id, step));
            }
            return out;
        case StepKind::kNoSwap:
            if (without_swap(as_text(found.content)) != as_text(found.content)) {
                out.push_back(problem("kiosk.state.swap-line"_id, step));
            }
            return out;
        case StepKind::kDesk:
            if (!as_text(found.content).starts_with("define desk_addresses = { ")) {
                out.push_back(problem("kiosk.state.desk"_id, step));
            }
            return out;
        default:
            break;
    }
    ASSAY_TRY(const Node want, wanted(step));
    const bool same = found.kind == want.kind && found.content == want.content &&
                      found.target == want.target &&
                      (want.kind == Node::Kind::kLink || found.mode == want.mode);
    if (!same) {
        out.push_back(missing ? problem("kiosk.state.missing"_id, step)
                              : problem("kiosk.state.differs"_id, step));
    }
    return out;
}

Result<std::vector<RowState>> Kiosk::verify() const {
    ASSAY_TRY_STATUS(require_machine());
    std::vector<RowState> rows;
    for (const Measure& measure : measures()) {
        RowState row{&measure, {}};
        for (const Step& step : measure.steps) {
            ASSAY_TRY(std::vector<Error> found, problems(step));
            row.problems.insert(row.problems.end(), found.begin(), found.end());
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace assay::kiosk
