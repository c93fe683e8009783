// Files and recordings: upload, results of a practical task with the built-in editor, materials,
// media.
#include <algorithm>

#include "question-bank/render/interactions.h"

namespace assay::render {
namespace {

const item::NamedResult* result_for(const item::Item& item, const std::string& response) {
    const auto found = std::find_if(item.results.begin(), item.results.end(),
                                    [&](const auto& each) { return each.response == response; });
    return found == item.results.end() ? nullptr : &*found;
}

void draw_button(Painter& painter, const char* name, MessageId word, bool hidden = false) {
    const Tag button(painter.out(), "button",
                     {{"type", "button"},
                      {"class", std::string("action ") + name},
                      {hidden ? "hidden" : "", ""}});
    painter.out().text(painter.say(word));
}

std::string size_text(std::uint64_t bytes) {
    const std::uint64_t kibibyte = 1024;
    if (bytes >= kibibyte * kibibyte) {
        return std::to_string(bytes / (kibibyte * kibibyte)) + " MiB";
    }
    return bytes >= kibibyte ? std::to_string(bytes / kibibyte) + " KiB"
                             : std::to_string(bytes) + " B";
}

void draw_result_head(Painter& painter, const item::NamedResult& result) {
    Markup& out = painter.out();
    const Tag head(out, "div", {{"class", "result-head"}});
    {
        const Tag name(out, "strong", {{"class", "file-name"}});
        out.text(result.name);
    }
    const Tag facts(out, "span", {{"class", "facts"}});
    // Who edits it here is told in words what it is; others have to bring a file of that very type.
    const bool plain = result.edited_here && result.media_type == "text/plain";
    out.text(plain ? painter.say("render.word.plain-text"_id) : result.media_type);
    if (result.bytes_max > 0) {
        const Args size{{"size", size_text(result.bytes_max)}};
        out.text((result.media_type.empty() ? "" : " · ") +
                 painter.say("render.word.at-most"_id, size));
    }
}

void draw_editor(Painter& painter, const item::NamedResult& result) {
    const Tag area(painter.out(), "textarea",
                   {{"class", "field long fixed editor"},
                    {"rows", "14"},
                    {"spellcheck", "false"},
                    {"autocomplete", "off"},
                    {"data-result", result.name},
                    {"data-start", painter.address(result.starting_href)},
                    {"aria-label", result.name}});
}

void draw_picker(Painter& painter) {
    Markup& out = painter.out();
    {
        const Tag line(out, "div", {{"class", "file-line"}, {"role", "status"}});
    }
    const Tag actions(out, "div", {{"class", "actions"}});
    draw_button(painter, "pick", "render.word.pick-file"_id);
    draw_button(painter, "remove", "render.word.remove-file"_id, true);
}

/// The address of what a media element plays: data, src, or the first source inside.
std::string media_reference(pugi::xml_node node) {
    for (const char* name : {"data", "src"}) {
        if (const pugi::xml_attribute attribute = node.attribute(name)) {
            return attribute.value();
        }
    }
    for (const pugi::xml_node child : node.children()) {
        if (local_name(child) == "source") {
            return child.attribute("src").value();
        }
    }
    return {};
}

bool is_video(pugi::xml_node node) {
    const std::string_view type = node.attribute("type").value();
    return local_name(node) == "video" || type.starts_with("video/");
}

void draw_player(Painter& painter, pugi::xml_node node, const Attributes& rules) {
    const std::string url = painter.address(media_reference(node));
    Attributes attributes{{"class", "media"},
                          {"data-media", is_video(node) ? "video" : "audio"},
                          {"data-src", url},
                          {"data-type", node.attribute("type").value()}};
    attributes.insert(attributes.end(), rules.begin(), rules.end());
    const Tag media(painter.out(), "div", attributes);
    if (url.empty()) {
        painter.out().text(painter.say("render.word.no-media"_id));
    }
}

}  // namespace

void draw_upload(Painter& painter, const item::Interaction& interaction) {
    const item::NamedResult* result = result_for(painter.item(), interaction.response);
    const bool editor = result != nullptr && result->edited_here;
    const Frame frame(
        painter, interaction, "upload",
        {{"data-result", result == nullptr ? "" : result->name},
         {"data-type",
          result == nullptr ? std::string(interaction.attribute("type")) : result->media_type},
         {"data-bytes-max", std::to_string(result == nullptr ? 0 : result->bytes_max)}});
    const Tag card(painter.out(), "div", {{"class", "result"}});
    if (result != nullptr) {
        draw_result_head(painter, *result);
    }
    if (editor) {
        draw_editor(painter, *result);
    } else {
        draw_picker(painter);
    }
}

void draw_material(Painter& painter, pugi::xml_node link, const std::string& url) {
    Markup& out = painter.out();
    const Tag material(out, "span", {{"class", "material"}, {"data-src", url}});
    const Tag button(out, "button",
                     {{"type", "button"},
                      {"class", "action open-material"},
                      {"aria-expanded", "false"},
                      {"data-type", link.attribute("type").value()}});
    const std::string text = plain_text(link);
    out.text(text.empty() ? link.attribute("data-assay-material").value() : text);
}

void draw_media(Painter& painter, pugi::xml_node node) { draw_player(painter, node, {}); }

void draw_media_interaction(Painter& painter, const item::Interaction& interaction) {
    const Frame frame(painter, interaction, "media");
    const Attributes rules{
        {"data-min-plays", std::string(interaction.attribute("minPlays"))},
        {"data-max-plays", std::string(interaction.attribute("maxPlays"))},
        {"data-loop", interaction.attribute("loop") == "true" ? "1" : "0"},
        {"data-autostart", interaction.attribute("autostart") == "true" ? "1" : "0"}};
    for (const pugi::xml_node child : interaction.node.children()) {
        const std::string_view name = local_name(child);
        if (name == "object" || name == "audio" || name == "video") {
            draw_player(painter, child, rules);
        }
    }
}

}  // namespace assay::render
