#include "question-bank/render/page.h"

#include <algorithm>

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

bool names_tool(std::string_view names, std::string_view wanted) {
    while (!names.empty()) {
        const auto end = std::min(names.find(' '), names.size());
        if (names.substr(0, end) == wanted) {
            return true;
        }
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return false;
}

/// Tools of the request, less those that the item does without.
std::string tools_of(const RenderRequest& request) {
    const std::string_view without =
        request.item.body.attribute("data-assay-without-tools").value();
    std::string out;
    for (const std::string_view tool : kTools) {
        const bool allowed =
            std::find(request.tools.begin(), request.tools.end(), tool) != request.tools.end();
        if (allowed && !names_tool(without, tool)) {
            out += (out.empty() ? "" : " ") + std::string(tool);
        }
    }
    return out;
}

std::string words_of(const RenderRequest& request, bool tools) {
    return request.words != nullptr ? request.words->json(tools)
                                    : PlayerWords(request.texts, request.language).json(tools);
}

std::string texts_json(const std::map<std::string, std::string, std::less<>>& texts) {
    std::string out;
    for (const auto& [name, text] : texts) {
        out += (out.empty() ? "" : ",") + json_string(name) + ':' + json_string(text);
    }
    return '{' + out + '}';
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
    const std::string tools = tools_of(request);
    const Tag body(out, "body",
                   {{"data-words", words_of(request, !tools.empty())},
                    {"data-state", state_json(request.state)},
                    {"data-enabled", request.enabled ? "1" : "0"},
                    {"data-tools", tools}});
    {
        const Tag main(out, "main", {{"id", "item"}, {"lang", language}});
        Painter(request, out).children(request.item.body);
    }
    const Tag live(out, "div", {{"id", "live"}, {"role", "status"}, {"aria-live", "polite"}});
}

Result<std::string> checked(Markup& out) {
    if (out.str().size() > kPageBytesMax) {
        return fail(Code::kLimit, "render.page.too-large"_id,
                    {{"limit", std::to_string(kPageBytesMax)}});
    }
    return out.take();
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
    return out + "},\"texts\":" + texts_json(state.texts) +
           (state.aids.empty() ? "" : ",\"aids\":" + texts_json(state.aids)) + '}';
}

Result<std::string> render_item_page(const RenderRequest& request) {
    Markup out("<!DOCTYPE html>\n");
    {
        const Tag html(out, "html",
                       {{"lang", text::language_tag(request.language)},
                        {"data-theme", theme_word(request.theme)}});
        write_head(request, out);
        write_body(request, out);
    }
    ASSAY_TRY(std::string page, checked(out));
    page += '\n';
    return page;
}

Result<std::string> render_fragment(const RenderRequest& request, pugi::xml_node content) {
    Markup out;
    Painter(request, out).children(content);
    return checked(out);
}

}  // namespace assay::render
