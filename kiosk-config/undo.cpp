#include "kiosk-config/undo.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace assay::kiosk {
namespace {

/// What the list holds once everything is back, until it is removed.
constexpr std::string_view kRestored = "restored\n";

Path list_path() { return Path(kUndoFolder) / "undo"; }

bool same(const Node& a, const Node& b) {
    return a.kind == b.kind && a.content == b.content && a.target == b.target &&
           (a.kind == Node::Kind::kLink || a.mode == b.mode);
}

Error malformed(std::size_t line) {
    return fail(Code::kCorrupt, "kiosk.undo.malformed"_id, {{"line", std::to_string(line)}});
}

/// Cuts the text before the next tab off.
std::string_view take_field(std::string_view& rest) {
    const std::size_t tab = std::min(rest.find('\t'), rest.size());
    const std::string_view field = rest.substr(0, tab);
    rest.remove_prefix(std::min(tab + 1, rest.size()));
    return field;
}

}  // namespace

Result<Undo::Line> Undo::parse(std::string_view text) {
    Line line{};
    const std::string_view kind = take_field(text);
    const std::string_view mode = take_field(text);
    line.path = Path(take_field(text));
    line.target = std::string(take_field(text));
    const auto [stop, failed] =
        std::from_chars(mode.data(), mode.data() + mode.size(), line.mode, 8);
    const bool known = kind.size() == 1 && std::string_view("nfld").find(kind) < 4;
    if (!known || failed != std::errc() || stop != mode.data() + mode.size() || line.path.empty() ||
        text != ".") {
        return malformed(0);
    }
    line.kind = kind.front();
    return line;
}

Result<Undo> Undo::open(Tree& tree) {
    Undo undo(tree);
    ASSAY_TRY(const Node list, tree.look(list_path()));
    std::string_view rest = as_text(list.content);
    if (rest == kRestored) {
        undo.restored_ = true;
        return undo;
    }
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        auto line = parse(rest.substr(0, end));
        if (!line.ok() || undo.lines_.size() >= kUndoLinesMax) {
            return malformed(undo.lines_.size() + 1);
        }
        undo.known_.insert(line->path);
        undo.lines_.push_back(std::move(*line));
        rest.remove_prefix(end + 1);
    }
    if (!rest.empty()) {
        // Torn by a crash before it was durable, so before its change: drop it.
        Node whole = list;
        whole.content.resize(list.content.size() - rest.size());
        ASSAY_TRY_STATUS(tree.put(list_path(), whole));
    }
    ASSAY_TRY_STATUS(undo.check_copies());
    return undo;
}

/// A copy is on disk before its line, so one may be there without its line, and never two.
Status Undo::check_copies() const {
    ASSAY_TRY(const std::vector<std::string> names, tree_.names(Path(kUndoFolder)));
    for (const std::string& name : names) {
        std::size_t number = 0;
        const char* const end = name.data() + name.size();
        const auto read = std::from_chars(name.data(), end, number);
        if (read.ec == std::errc() && read.ptr == end && number > lines_.size()) {
            return fail(Code::kCorrupt, "kiosk.undo.short"_id,
                        {{"path", (tree_.root() / list_path()).string()}, {"copy", name}});
        }
    }
    return Ok();
}

Status Undo::require_list() {
    if (!lines_.empty() || restored_) {
        return Ok();
    }
    const Args args{{"path", (tree_.root() / list_path()).string()}};
    ASSAY_TRY(const Node list, tree_.look(list_path()));
    if (list.kind != Node::Kind::kNothing) {
        return fail(Code::kCorrupt, "kiosk.undo.empty"_id, args);
    }
    // A crash before the first change leaves a folder that means nothing.
    ASSAY_TRY_STATUS(tree_.remove_folder(Path(kUndoFolder)));
    return fail(Code::kNotFound, "kiosk.undo.none"_id, args);
}

Path Undo::saved(std::size_t index) const { return Path(kUndoFolder) / std::to_string(index); }

Status Undo::prepare() {
    if (restored_) {
        ASSAY_TRY_STATUS(forget());
    }
    ASSAY_TRY(const Node folder, tree_.look(Path(kUndoFolder)));
    if (folder.kind == Node::Kind::kFolder) {
        return Ok();
    }
    return tree_.make_folder(Path(kUndoFolder));
}

Status Undo::note(const Line& line) {
    if (!known_.insert(line.path).second) {
        return Ok();
    }
    std::string text(1, line.kind);
    std::array<char, 12> mode{};
    const auto end = std::to_chars(mode.data(), mode.data() + mode.size(), line.mode, 8).ptr;
    text += '\t' + std::string(mode.data(), end) + '\t' + line.path.string() + '\t' + line.target +
            "\t.\n";
    ASSAY_TRY_STATUS(tree_.append(list_path(), as_bytes(text)));
    lines_.push_back(line);
    return Ok();
}

Status Undo::note_old(const Path& path, const Node& old) {
    if (known_.contains(path)) {
        return Ok();
    }
    switch (old.kind) {
        case Node::Kind::kNothing:
            return note({'n', 0, path, ""});
        case Node::Kind::kLink:
            return note({'l', 0, path, old.target});
        case Node::Kind::kFile: {
            Node copy = old;
            copy.mode = 0600;
            ASSAY_TRY_STATUS(tree_.put(saved(lines_.size()), copy));
            return note({'f', old.mode, path, ""});
        }
        default:
            return fail(Code::kConflict, "kiosk.undo.in-the-way"_id, {{"path", path.string()}});
    }
}

Status Undo::change(const Path& path, const Node& node) {
    ASSAY_TRY(const Node old, tree_.look(path));
    if (same(old, node)) {
        return Ok();
    }
    ASSAY_TRY_STATUS(prepare());
    ASSAY_TRY(const std::vector<Path> missing, tree_.missing_folders(path));
    for (const Path& folder : missing) {
        ASSAY_TRY_STATUS(note({'d', 0, folder, ""}));
        ASSAY_TRY_STATUS(tree_.make_folder(folder));
    }
    ASSAY_TRY_STATUS(note_old(path, old));
    return tree_.put(path, node);
}

Status Undo::put_back(std::size_t index) {
    const Line& line = lines_[index];
    switch (line.kind) {
        case 'f': {
            ASSAY_TRY(Node old, tree_.look(saved(index)));
            if (old.kind != Node::Kind::kFile) {
                return fail(Code::kCorrupt, "kiosk.undo.copy-missing"_id,
                            {{"path", "/" + line.path.string()}, {"copy", saved(index).string()}});
            }
            old.mode = line.mode;
            return tree_.put(line.path, old);
        }
        case 'l': {
            Node link;
            link.kind = Node::Kind::kLink;
            link.target = line.target;
            return tree_.put(line.path, link);
        }
        default:
            // A crash inside put() may have left its new file beside the old one.
            ASSAY_TRY_STATUS(tree_.remove(line.path.string() + ".assay-new"));
            return tree_.remove(line.path);
    }
}

Result<std::vector<NotBack>> Undo::restore() {
    ASSAY_TRY_STATUS(require_list());
    std::vector<NotBack> not_back;
    for (std::size_t index = lines_.size(); index-- > 0;) {
        const Status back = put_back(index);
        if (!back.ok()) {
            not_back.push_back({lines_[index].path, back.error()});
        }
    }
    if (not_back.empty()) {
        ASSAY_TRY_STATUS(forget());
    }
    return not_back;
}

/// Everything is back. The list says so before the copies go: one without the other means damage.
Status Undo::forget() {
    if (!restored_) {
        Node mark;
        mark.kind = Node::Kind::kFile;
        mark.mode = 0600;
        mark.content = to_bytes(kRestored);
        ASSAY_TRY_STATUS(tree_.put(list_path(), mark));
        restored_ = true;
    }
    lines_.clear();
    known_.clear();
    ASSAY_TRY(const std::vector<std::string> names, tree_.names(Path(kUndoFolder)));
    for (const std::string& name : names) {
        if (name != list_path().filename()) {
            ASSAY_TRY_STATUS(tree_.remove(Path(kUndoFolder) / name));
        }
    }
    ASSAY_TRY_STATUS(tree_.remove_folder(Path(kUndoFolder)));
    restored_ = false;
    return Ok();
}

}  // namespace assay::kiosk
