#include "question-bank/render/page.h"

#include "question-bank/render/markup.h"
#include "question-bank/render/painter.h"
#include "question-bank/render/words.h"

namespace assay::render {
namespace {

const char* theme_word(Theme theme) {
    switch (theme) {
        case Theme::kDark:
            return "dark";
        case Theme::kHighContrast:
            return "contrast";
        case Theme::kLight:
            break;
    }
    return "light";
}

/// The source expression that covers an address: the page's own origin, an origin, or a scheme.
std::string source_of(const std::string& url) {
    const auto colon = url.find(':');
    if (colon == std::string::npos) {
        return "'self'";
    }
    if (url.starts_with("http:") || url.starts_with("https:")) {
        return url.substr(0, url.find('/', colon + 3));
    }
    return url.substr(0, colon + 1);
}

std::string lines_json(const item::TextLines& lines) {
    std::string out = "[";
    for (const std::string& line : lines) {
        out += (out.size() == 1 ? "" : ",") + json_string(line);
    }
    return out + ']';
}

void write_head(const RenderRequest& request, Markup& out) {
    const Tag head(out, "head");
    out.empty("meta", {{"charset", "utf-8"}});
    out.empty("meta", {{"http-equiv", "Content-Security-Policy"},
                       {"content", content_security_policy(request)}});
    out.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    {
        const Tag title(out, "title");
        out.text(request.item.title.empty()
                     ? request.texts.say(request.language, "render.word.page"_id)
                     : request.item.title);
    }
    out.empty("link", {{"rel", "stylesheet"}, {"href", request.player_url + "player.css"}});
    const Tag script(out, "script", {{"src", request.player_url + "player.js"}, {"defer", ""}});
}

void write_body(const RenderRequest& request, Markup& out) {
    const std::string language = request.item.language.empty()
                                     ? text::language_tag(request.language)
                                     : request.item.language;
    const Tag body(out, "body",
                   {{"data-words", player_words(request.texts, request.language)},
                    {"data-state", state_json(request.state)},
                    {"data-enabled", request.enabled ? "1" : "0"}});
    {
        const Tag main(out, "main", {{"id", "item"}, {"lang", language}});
        Painter(request, out).children(request.item.body);
    }
    const Tag live(out, "div", {{"id", "live"}, {"role", "status"}, {"aria-live", "polite"}});
}

Result<std::string> checked(const Markup& out) {
    if (out.str().size() > kPageBytesMax) {
        return fail(Code::kLimit, "render.page.too-large"_id,
                    {{"limit", std::to_string(kPageBytesMax)}});
    }
    return out.str();
}

}  // namespace

std::string content_security_policy(const RenderRequest& request) {
    const std::string bank = source_of(request.bank_url);
    const std::string player = source_of(request.player_url);
    return "default-src 'none'; script-src " + player + "; style-src " + player + "; img-src " +
           bank + " data:; media-src blob:; connect-src " + bank +
           "; base-uri 'none'; form-action 'none'";
}

std::string state_json(const PageState& state) {
    std::string out = "{\"responses\":{";
    bool first = true;
    for (const auto& [identifier, lines] : state.responses) {
        out += (first ? "" : ",") + json_string(identifier) + ':' + lines_json(lines);
        first = false;
    }
    out += "},\"texts\":{";
    first = true;
    for (const auto& [name, text] : state.texts) {
        out += (first ? "" : ",") + json_string(name) + ':' + json_string(text);
        first = false;
    }
    return out + "}}";
}

Result<std::string> render_item_page(const RenderRequest& request) {
    Markup out;
    {
        const Tag html(out, "html",
                       {{"lang", text::language_tag(request.language)},
                        {"data-theme", theme_word(request.theme)}});
        write_head(request, out);
        write_body(request, out);
    }
    ASSAY_TRY(const std::string page, checked(out));
    return "<!DOCTYPE html>\n" + page + "\n";
}

Result<std::string> render_fragment(const RenderRequest& request, pugi::xml_node content) {
    Markup out;
    Painter(request, out).children(content);
    return checked(out);
}

}  // namespace assay::render
