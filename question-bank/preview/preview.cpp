#include "question-bank/preview/preview.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "question-bank/item/views.h"
#include "question-bank/preview/page.h"
#include "question-bank/preview/walk.h"
#include "question-bank/preview/words.h"
#include "question-bank/render/page.h"
#include "question-bank/render/player.h"

namespace assay::preview {

namespace {

namespace json = boost::json;

constexpr const char* kOwnPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'";

/// A seed is written in text: a browser's numbers have 53 bits.
std::uint64_t seed_from(std::string_view text) {
    std::uint64_t out = 1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() ? out : 1;
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// N of "item/N" where it is below `count`, else kNone.
std::size_t number_after(std::string_view prefix, std::string_view path, std::size_t count) {
    if (!path.starts_with(prefix)) {
        return kNone;
    }
    path.remove_prefix(prefix.size());
    std::size_t out = kNone;
    const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), out);
    return error == std::errc() && end == path.data() + path.size() && out < count ? out : kNone;
}

std::string text_member(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::optional<std::size_t> number_member(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    const auto* number = value == nullptr ? nullptr : value->if_int64();
    return number == nullptr || *number < 0 ? std::nullopt
                                            : std::optional(static_cast<std::size_t>(*number));
}

std::string text_of(const Request& request, std::string_view name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

/// Lines by name out of an address, in the form of a body.
Lines lines_of_text(const std::string& text) {
    boost::system::error_code error;
    const auto value = json::parse(text.empty() ? "{}" : text, error);
    return error ? Lines() : lines_from(&value);
}

render::Theme theme_of(std::string_view name) {
    if (name == "dark") {
        return render::Theme::kDark;
    }
    return name == "contrast" ? render::Theme::kHighContrast : render::Theme::kLight;
}

struct TypeOfEnding {
    std::string_view ending;
    const char* type;
};
constexpr std::array<TypeOfEnding, 16> kTypes{{{".png", "image/png"},
                                               {".jpg", "image/jpeg"},
                                               {".jpeg", "image/jpeg"},
                                               {".gif", "image/gif"},
                                               {".webp", "image/webp"},
                                               {".svg", "image/svg+xml"},
                                               {".css", "text/css"},
                                               {".txt", "text/plain; charset=utf-8"},
                                               {".csv", "text/csv; charset=utf-8"},
                                               {".mp3", "audio/mpeg"},
                                               {".ogg", "audio/ogg"},
                                               {".wav", "audio/wav"},
                                               {".m4a", "audio/mp4"},
                                               {".mp4", "video/mp4"},
                                               {".webm", "video/webm"},
                                               {".ogv", "video/ogg"}}};

const char* type_of(std::string_view path) {
    const auto found = std::ranges::find_if(
        kTypes, [&](const TypeOfEnding& each) { return path.ends_with(each.ending); });
    return found == kTypes.end() ? "application/octet-stream" : found->type;
}

Reply own(const char* type, std::string body) { return {200, type, kOwnPolicy, std::move(body)}; }
Reply own_json(const json::object& object) {
    return own("application/json", json::serialize(object));
}

json::object listed(const std::string& path, const item::Item& item) {
    json::array interactions;
    for (const auto& each : item.interactions) {
        interactions.emplace_back(item::element_of(each.kind));
    }
    return {{"path", path},
            {"title", item.title.empty() ? item.identifier : item.title},
            {"language", item.language},
            {"interactions", std::move(interactions)}};
}

/// The candidate's files without items that cannot be read: those have none.
Result<std::map<std::string, Bytes>> readable_files(const item::Package& whole) {
    item::Package package = whole;
    const auto is_broken = [&whole](const item::Resource& each) {
        return (each.kind == item::ResourceKind::kItem &&
                !item::read_item_at(whole, each.href).ok()) ||
               (each.kind == item::ResourceKind::kTest &&
                !item::read_test_at(whole, each.href).ok());
    };
    std::erase_if(package.resources, is_broken);
    return item::candidate_files(package);
}

}  // namespace

Result<Preview> Preview::make(item::Package package, const text::Texts& texts,
                              text::Language language, std::string base) {
    Preview out(std::move(package), texts, language, std::move(base));
    out.candidate_.resources = out.package_.resources;
    ASSAY_TRY(out.candidate_.files, readable_files(out.package_));
    for (const auto* resource : out.package_.of_kind(item::ResourceKind::kTest)) {
        out.tests_.push_back({resource->href, item::read_test_at(out.package_, resource->href)});
    }
    for (const auto& entry : out.tests_) {
        if (!entry.test.ok()) {
            continue;
        }
        for (const auto& place : entry.test->places()) {
            out.add_item(item::resolve(entry.path, place.item->href).value_or(""));
        }
    }
    for (const auto* resource : out.package_.of_kind(item::ResourceKind::kItem)) {
        out.add_item(resource->href);
    }
    return out;
}

void Preview::add_item(const std::string& path) {
    if (std::ranges::find(items_, path, &Entry::path) == items_.end()) {
        items_.push_back(
            {path, item::read_item_at(package_, path), item::read_item_at(candidate_, path)});
    }
}

Reply Preview::answer(const Request& request) const {
    std::string_view path = request.path;
    if (!path.starts_with(base_)) {
        return Reply::empty(404);
    }
    path.remove_prefix(base_.size());
    return request.method == "POST" ? post(path, request) : get(path, request);
}

text::Language Preview::language_of(const Request& request) const {
    const auto found = request.query.find("language");
    const bool asked = found != request.query.end() && !found->second.empty();
    return asked ? text::language_from(found->second) : language_;
}

Reply Preview::get(std::string_view path, const Request& request) const {
    if (path.empty()) {
        return own("text/html; charset=utf-8", page_html());
    }
    if (path == "preview.js" || path == "player/player.js") {
        return own("text/javascript; charset=utf-8",
                   path == "preview.js" ? page_js() : render::player_js());
    }
    if (path == "preview.css" || path == "player/player.css") {
        return own("text/css; charset=utf-8",
                   path == "preview.css" ? page_css() : render::player_css());
    }
    if (path == "content.json") {
        return own_json(content(language_of(request)));
    }
    if (path.starts_with("bank/")) {
        return bank_file(path.substr(5));
    }
    const auto number = number_after("item/", path, items_.size());
    return number != kNone ? item_page(number, request) : Reply::empty(404);
}

Reply Preview::post(std::string_view path, const Request& request) const {
    boost::system::error_code error;
    const auto value = json::parse(request.body, error);
    const auto* asked = error ? nullptr : value.if_object();
    if (asked == nullptr) {
        return Reply::empty(400);
    }
    const auto item = number_after("item/", path, items_.size());
    if (item != kNone) {
        return own_json(trial(item, *asked, language_of(request)));
    }
    const auto test = number_after("test/", path, tests_.size());
    return test != kNone ? own_json(walk(test, *asked, language_of(request))) : Reply::empty(404);
}

Reply Preview::item_page(std::size_t number, const Request& request) const {
    const Entry& entry = items_[number];
    const auto language = language_of(request);
    if (!entry.candidate.ok()) {
        return {200, "text/plain; charset=utf-8", "",
                texts_.say(language, entry.candidate.error().what)};
    }
    // Feedback stands in the item with its key only; what it says is no key.
    const bool answered = request.query.contains("outcomes") && entry.whole.ok();
    const item::Item& drawn = answered ? *entry.whole : *entry.candidate;
    render::RenderRequest wanted{drawn, texts_};
    wanted.language = language;
    wanted.theme = theme_of(text_of(request, "theme"));
    item::Circumstances circumstances;
    circumstances.seed = seed_from(text_of(request, "seed"));
    circumstances.settings =
        values_from(drawn.templates, lines_of_text(text_of(request, "settings")));
    wanted.seed = circumstances.seed;
    wanted.outcomes = values_from(drawn.outcomes, lines_of_text(text_of(request, "outcomes")));
    if (text_of(request, "tools") == "1") {
        wanted.tools.assign(render::kTools.begin(), render::kTools.end());
    }
    auto variables = item::template_values(*entry.candidate, circumstances);
    if (variables.ok()) {
        wanted.variables = std::move(*variables);
    }
    wanted.item_path = entry.path;
    wanted.bank_url = base_ + "bank/";
    wanted.player_url = base_ + "player/";
    auto page = render::render_item_page(wanted);
    if (!page.ok()) {
        return {200, "text/plain; charset=utf-8", "", texts_.say(language, page.error().what)};
    }
    return {200, "text/html; charset=utf-8", render::content_security_policy(wanted),
            std::move(*page)};
}

Reply Preview::bank_file(std::string_view path) const {
    const auto bytes = candidate_.file(path);
    return bytes ? Reply{200, type_of(path), "", std::string(as_text(*bytes))} : Reply::empty(404);
}

json::object Preview::content(text::Language language) const {
    json::array items;
    for (const auto& entry : items_) {
        if (entry.whole.ok()) {
            items.push_back(listed(entry.path, *entry.whole));
        } else {
            items.push_back(
                json::object{{"path", entry.path},
                             {"title", entry.path},
                             {"interactions", json::array()},
                             {"error", texts_.say(language, entry.whole.error().what)}});
        }
    }
    json::array tests;
    for (const auto& entry : tests_) {
        json::object one{{"path", entry.path}};
        if (entry.test.ok()) {
            one["title"] = entry.test->title.empty() ? entry.test->identifier : entry.test->title;
        } else {
            one["title"] = entry.path;
            one["error"] = texts_.say(language, entry.test.error().what);
        }
        tests.push_back(std::move(one));
    }
    return {{"title", package_.identifier},
            {"language", text::language_tag(language)},
            {"words", page_words(texts_, language)},
            {"items", std::move(items)},
            {"tests", std::move(tests)}};
}

json::object Preview::trial(std::size_t number, const json::object& asked,
                            text::Language language) const {
    const Entry& entry = items_[number];
    if (!entry.whole.ok()) {
        return {{"error", texts_.say(language, entry.whole.error().what)}};
    }
    const auto attempts = number_member(asked, "attempts").value_or(1);
    return try_item(
        {*entry.whole, lines_from(asked.if_contains("responses")),
         seed_from(text_member(asked, "seed")), static_cast<std::int64_t>(attempts),
         lines_from(asked.if_contains("earlier")),
         values_from(entry.whole->templates, lines_from(asked.if_contains("settings")))},
        texts_, language);
}

json::object Preview::walk(std::size_t number, const json::object& asked,
                           text::Language language) const {
    const TestEntry& entry = tests_[number];
    if (!entry.test.ok()) {
        return {{"error", texts_.say(language, entry.test.error().what)}};
    }
    Walk walk{*entry.test,
              seed_from(text_member(asked, "seed")),
              number_member(asked, "current"),
              {},
              {}};
    const auto* responses = asked.if_contains("responses");
    if (responses != nullptr && responses->is_object()) {
        for (const auto& [name, lines] : responses->as_object()) {
            walk.responses[std::string(name)] = lines_from(&lines);
        }
    }
    walk.find = [&](const item::ItemRef& reference) {
        const auto path = item::resolve(entry.path, reference.href).value_or("");
        const auto found = std::ranges::find(items_, path, &Entry::path);
        const bool read = found != items_.end() && found->whole.ok();
        return Listed{static_cast<std::size_t>(found - items_.begin()),
                      read ? &*found->whole : nullptr};
    };
    return walk_test(walk, texts_, language);
}

}  // namespace assay::preview
