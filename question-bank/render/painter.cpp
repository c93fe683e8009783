#include "question-bank/render/painter.h"

#include <algorithm>
#include <array>

#include "question-bank/item/package.h"
#include "question-bank/render/allow.h"
#include "question-bank/render/interactions.h"
#include "question-bank/render/style.h"

namespace assay::render {
namespace {

/// An author's id or class never meets one of ours, nor a name of the script.
std::string own_name(std::string_view name) { return "q-" + std::string(name); }

std::string own_names(std::string_view names) {
    std::string out;
    while (!names.empty()) {
        const auto end = names.find_first_of(" \t\r\n");
        const std::string_view name = names.substr(0, end);
        names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
        if (!name.empty()) {
            out += (out.empty() ? "" : " ") + own_name(name);
        }
    }
    return out;
}

bool is_block_inside(pugi::xml_node node) {
    static constexpr auto kBlocks =
        std::to_array<std::string_view>({"div", "table", "ul", "ol", "dl", "pre", "blockquote", "p",
                                         "section", "figure", "video", "audio", "object"});
    for (const pugi::xml_node child : node.children()) {
        const std::string_view name = local_name(child);
        const auto kind = item::interaction_named(name);
        if ((kind && !is_inline(*kind)) ||
            std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end() ||
            is_block_inside(child)) {
            return true;
        }
    }
    return false;
}

Attributes html_attributes(pugi::xml_node node) {
    Attributes out;
    for (const pugi::xml_attribute attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        if (const auto kept = html_attribute(name == "xml:lang" ? "lang" : name)) {
            out.emplace_back(*kept, attribute.value());
        } else if (name == "id") {
            out.emplace_back("id", own_name(attribute.value()));
        } else if (name == "class" || name == "headers" || name == "aria-labelledby" ||
                   name == "aria-describedby") {
            static constexpr auto kNames = std::to_array<std::string_view>(
                {"class", "headers", "aria-labelledby", "aria-describedby"});
            out.emplace_back(*std::find(kNames.begin(), kNames.end(), name),
                             own_names(attribute.value()));
        } else if (name == "style") {
            const std::string style = safe_style(attribute.value());
            out.emplace_back(style.empty() ? "" : "data-style", style);
        }
    }
    // The same attribute twice (lang and xml:lang) would be no XML.
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto twice = [](const auto& a, const auto& b) { return a.first == b.first; };
    out.erase(std::unique(out.begin(), out.end(), twice), out.end());
    return out;
}

/// A place to fill in that stands within a line.
bool is_blank(pugi::xml_node node) {
    const std::string_view name = local_name(node);
    const auto kind = item::interaction_named(name);
    return name == "gap" || (kind && is_inline(*kind));
}

bool is_text(pugi::xml_node node) {
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

/// The stops that `text` begins with.
std::string_view leading_stops(std::string_view text) {
    static constexpr auto kStops = std::to_array<std::string_view>(
        {"，", "。", "；", "：", "、", "？", "！", "）", "》", "」", "』", "】", "〉", "”",
         "’",  "…",  "％", ",",  ".",  ";",  ":",  "?",  "!",  ")",  "]",  "}",  "%"});
    std::size_t end = 0;
    const auto begins = [&](std::string_view stop) { return text.substr(end).starts_with(stop); };
    for (auto at = kStops.begin(); at != kStops.end();) {
        at = std::find_if(kStops.begin(), kStops.end(), begins);
        end += at == kStops.end() ? 0 : at->size();
    }
    return text.substr(0, end);
}

/// The stops that stay on the line of the blank before them, drawn with it.
std::string_view stops_behind(pugi::xml_node blank) {
    const pugi::xml_node next = blank.next_sibling();
    return is_text(next) ? leading_stops(next.value()) : std::string_view();
}

}  // namespace

std::string_view local_name(pugi::xml_node node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string plain_text(pugi::xml_node node) {
    std::string out;
    for (const pugi::xml_node child : node.children()) {
        std::string part = child.first_child() ? plain_text(child) : child.value();
        if (local_name(child) == "img") {
            part = child.attribute("alt").value();
        }
        for (const char c : part) {
            const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            if (!space) {
                out += c;
            } else if (!out.empty() && out.back() != ' ') {
                out += ' ';
            }
        }
    }
    return out;
}

std::string Painter::say(MessageId id, Args args) const {
    return request_.texts.say(request_.language, {id, std::move(args)});
}

void Painter::children(pugi::xml_node node) {
    if (depth_ >= kPaintDepthMax) {
        return;
    }
    ++depth_;
    for (const pugi::xml_node child : node.children()) {
        this->node(child);
    }
    --depth_;
}

void Painter::node(pugi::xml_node node) {
    if (is_text(node)) {
        std::string_view text = node.value();
        text.remove_prefix(is_blank(node.previous_sibling()) ? leading_stops(text).size() : 0);
        out_.text(text);
    } else if (node.type() == pugi::node_element) {
        const std::string_view stops = is_blank(node) ? stops_behind(node) : std::string_view();
        if (stops.empty()) {
            element(node, local_name(node));
            return;
        }
        // A browser breaks lines around a control wherever it likes.
        const Tag kept(out_, "span", {{"class", "kept"}});
        element(node, local_name(node));
        out_.text(stops);
    }
}

void Painter::element(pugi::xml_node node, std::string_view name) {
    if (item::interaction_named(name)) {
        draw_interaction(*this, node);
    } else if (!content_element(node, name) && !media_element(node, name)) {
        html(node, name);
    }
}

bool Painter::content_element(pugi::xml_node node, std::string_view name) {
    if (name == "gap") {
        draw_gap(*this, node);
    } else if (name == "hottext") {
        draw_hottext(*this, node);
    } else if (name == "printedVariable") {
        printed_variable(node);
    } else if (name == "rubricBlock") {
        for (const item::RubricBlock& rubric : item().rubrics) {
            if (rubric.node == node && rubric.for_view(request_.view)) {
                const Tag tag(out_, "div", {{"class", "rubric"}});
                children(node);
            }
        }
    } else if (name == "positionObjectStage") {
        for (const pugi::xml_node child : node.children()) {
            if (item::interaction_named(local_name(child))) {
                draw_interaction(*this, child);  // it draws the stage's picture itself
            }
        }
    } else if (name.starts_with("feedback") || name.starts_with("template")) {
        conditional(node, name);
    } else {
        return false;
    }
    return true;
}

bool Painter::media_element(pugi::xml_node node, std::string_view name) {
    if (name == "img") {
        image(node);
    } else if (name == "object") {
        object(node);
    } else if (name == "audio" || name == "video") {
        draw_media(*this, node);
    } else if (name == "a") {
        link(node);
    } else if (name == "svg") {
        svg(node);
    } else if (name == "math") {
        math(node);
    } else {
        return false;
    }
    return true;
}

void Painter::html(pugi::xml_node node, std::string_view name) {
    const Ruling ruling = html_ruling(name);
    if (ruling.fate == Fate::kDrop) {
        return;
    }
    if (ruling.fate == Fate::kUnwrap) {
        children(node);
        return;
    }
    Attributes attributes = html_attributes(node);
    if (ruling.fate == Fate::kEmpty) {
        out_.empty(ruling.name, attributes);
        return;
    }
    std::string_view written = ruling.name;
    if (written == "p" && is_block_inside(node)) {
        written = "div";  // a browser would end the paragraph before the block
        if (std::none_of(attributes.begin(), attributes.end(),
                         [](const auto& a) { return a.first == "class"; })) {
            attributes.emplace_back("class", "paragraph");
        }
    }
    const Tag tag(out_, written, attributes);
    children(node);
}

void Painter::conditional(pugi::xml_node node, std::string_view name) {
    const bool is_template = name.starts_with("template");
    const char* variable = is_template ? "templateIdentifier" : "outcomeIdentifier";
    const item::Values& values = is_template ? request_.variables : request_.outcomes;
    const auto found = values.find(node.attribute(variable).value());
    const std::string wanted = node.attribute("identifier").value();
    const auto is_wanted = [&](const item::Scalar& scalar) {
        const auto* text = std::get_if<std::string>(&scalar);
        return text != nullptr && *text == wanted;
    };
    const bool matches = found != values.end() && std::any_of(found->second.items.begin(),
                                                              found->second.items.end(), is_wanted);
    const std::string_view mode = node.attribute("showHide").as_string("show");
    if (matches == (mode != "hide")) {
        const Tag tag(out_, name.ends_with("Inline") ? "span" : "div",
                      {{"class", is_template ? "template" : "feedback"}});
        children(node);
    }
}

void Painter::printed_variable(pugi::xml_node node) {
    const std::string_view name = node.attribute("identifier").value();
    for (const item::Values* values : {&request_.variables, &request_.outcomes}) {
        const auto found = values->find(name);
        if (found != values->end()) {
            const item::TextLines lines = item::value_to_text(found->second);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                out_.text((i == 0 ? "" : node.attribute("delimiter").as_string(", ")) + lines[i]);
            }
            return;
        }
    }
}

}  // namespace assay::render
