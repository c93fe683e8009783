#include "terminal/ui/page_source.h"

#include <array>
#include <charconv>

#include "question-bank/render/player.h"

namespace assay::terminal_ui {
namespace {

struct MimeRow {
    std::string_view ending;
    std::string_view mime;
};
constexpr std::array kMimes{
    MimeRow{".png", "image/png"},     MimeRow{".jpg", "image/jpeg"},
    MimeRow{".jpeg", "image/jpeg"},   MimeRow{".gif", "image/gif"},
    MimeRow{".svg", "image/svg+xml"}, MimeRow{".webp", "image/webp"},
    MimeRow{".mp3", "audio/mpeg"},    MimeRow{".ogg", "audio/ogg"},
    MimeRow{".wav", "audio/wav"},     MimeRow{".mp4", "video/mp4"},
    MimeRow{".webm", "video/webm"},   MimeRow{".css", "text/css"},
    MimeRow{".txt", "text/plain"},    MimeRow{".csv", "text/plain"},
    MimeRow{".md", "text/plain"},     MimeRow{".json", "text/plain"},
    MimeRow{".conf", "text/plain"},   MimeRow{".log", "text/plain"},
};

std::string mime_of(std::string_view path) {
    for (const MimeRow& row : kMimes) {
        if (path.ends_with(row.ending)) {
            return std::string(row.mime);
        }
    }
    return "application/octet-stream";
}

Error missing(const std::string& path) {
    return fail(Code::kNotFound, "terminal.page.missing"_id, {{"path", path}});
}

}  // namespace

Result<PageFile> PageSource::get(const std::string& shelf, const std::string& path) {
    if (shelf == "player" && path == "player.js") {
        return PageFile{"text/javascript", to_bytes(render::player_js())};
    }
    if (shelf == "player" && path == "player.css") {
        return PageFile{"text/css", to_bytes(render::player_css())};
    }
    if (shelf == "part") {
        return part_file(path);
    }
    if (shelf == "item") {
        return item_page(path);
    }
    return missing(path);
}

// "<number of the bank>/<file>": two parts may have files of one name.
Result<PageFile> PageSource::part_file(const std::string& path) {
    std::size_t bank = 0;
    const char* const end = path.data() + path.size();
    const auto [rest, error] = std::from_chars(path.data(), end, bank);
    if (error != std::errc() || rest == end || *rest != '/') {
        return missing(path);
    }
    const std::string name(rest + 1, end);
    ASSAY_TRY(Bytes bytes, session_.bank_file(bank, name));
    return PageFile{mime_of(name), std::move(bytes)};
}

render::PageState PageSource::state_of(const std::string& item) {
    render::PageState out;
    out.aids = aids_[item];
    const sitting::State state = session_.state();
    const auto known = state.items.find(item);
    if (known == state.items.end()) {
        return out;
    }
    if (!known->second.note.empty()) {
        out.aids["notes"] = known->second.note;
    }
    for (const auto& [name, response] : known->second.responses) {
        if (response.values) {
            out.responses[name] = *response.values;
        }
    }
    for (const auto& [name, file] : known->second.files) {
        if (const auto text = session_.saved_file(item, name); text.ok()) {
            out.texts[name] = to_string(*text);
        }
    }
    return out;
}

std::vector<std::string> PageSource::tools() const {
    std::vector<std::string> out;
    if (const auto rules = session_.rules()) {
        out = rules->tools;
    }
    if (const sitting::View view = session_.view(); view.person) {
        const auto& own = view.person->row.accommodations.other;
        out.insert(out.end(), own.begin(), own.end());
    }
    if (!speaks_) {
        std::erase(out, "read-aloud");
    }
    return out;
}

Result<PageFile> PageSource::item_page(const std::string& item) {
    const sitting::Paper::Entry* entry = paper_ ? paper_->find(item) : nullptr;
    if (entry == nullptr) {
        return missing(item);
    }
    render::RenderRequest request{*entry->item, texts_};
    request.language = language_;
    request.theme = theme_;
    request.state = state_of(item);
    request.seed = entry->seed;
    request.variables = entry->variables;
    request.item_path = entry->path;
    request.tools = tools();
    request.words = &words_;
    request.bank_url = kPartUrl + std::to_string(entry->bank) + '/';
    request.player_url = kPlayerUrl;
    ASSAY_TRY(const std::string page, render::render_item_page(request));
    return PageFile{"text/html; charset=utf-8", to_bytes(page)};
}

}  // namespace assay::terminal_ui
