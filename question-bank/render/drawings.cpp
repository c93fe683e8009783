// SVG rewritten and MathML kept, element by element.
#include "question-bank/render/allow.h"
#include "question-bank/render/painter.h"
#include "question-bank/render/style.h"

namespace assay::render {
namespace {

/// Paint servers, clips and markers may name an element of the same drawing, nothing else.
std::string local_paint(std::string_view value) {
    static constexpr std::string_view kStart = "url(#";
    if (!value.starts_with(kStart) || !value.ends_with(")")) {
        return value.find("url") == std::string_view::npos &&
                       value.find('\\') == std::string_view::npos
                   ? std::string(value)
                   : std::string();
    }
    const std::string_view id = value.substr(kStart.size(), value.size() - kStart.size() - 1);
    return id.find_first_of("()'\"\\ ") == std::string_view::npos
               ? "url(#q-" + std::string(id) + ")"
               : std::string();
}

Attributes svg_attributes(const Painter& painter, pugi::xml_node node, std::string_view name) {
    Attributes out;
    bool linked = false;
    for (const pugi::xml_attribute attribute : node.attributes()) {
        const std::string_view key = attribute.name();
        if (const auto kept = svg_attribute(key)) {
            const std::string value = local_paint(attribute.value());
            out.emplace_back(value.empty() ? "" : *kept, value);
        } else if (key == "clip-path" || key == "mask") {
            const std::string value = local_paint(attribute.value());
            const std::string_view own = key == "mask" ? "mask" : "clip-path";
            out.emplace_back(value.empty() ? "" : own, value);
        } else if (key == "id") {
            out.emplace_back("id", "q-" + std::string(attribute.value()));
        } else if (key == "style") {
            const std::string style = safe_style(attribute.value());
            out.emplace_back(style.empty() ? "" : "data-style", style);
        } else if ((key == "href" || key == "xlink:href") && !linked) {
            const std::string_view target = attribute.value();
            linked = true;
            if (name == "image") {
                const std::string url = painter.picture_address(target);
                out.emplace_back(url.empty() ? "" : "href", url);
            } else if (target.starts_with("#")) {
                out.emplace_back("href", "#q-" + std::string(target.substr(1)));
            }
        }
    }
    return out;
}

}  // namespace

void Painter::svg(pugi::xml_node node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        out_.text(node.value());
        return;
    }
    const Ruling ruling = svg_ruling(local_name(node));
    if (node.type() != pugi::node_element || ruling.fate == Fate::kDrop ||
        depth_ >= kPaintDepthMax) {
        return;
    }
    ++depth_;
    const bool keep = ruling.fate == Fate::kKeep;
    if (keep) {
        out_.open(ruling.name, svg_attributes(*this, node, ruling.name));
    }
    for (const pugi::xml_node child : node.children()) {
        svg(child);
    }
    if (keep) {
        out_.close(ruling.name);
    }
    --depth_;
}

void Painter::math(pugi::xml_node node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        out_.text(node.value());
        return;
    }
    const Ruling ruling = math_ruling(local_name(node));
    if (node.type() != pugi::node_element || ruling.fate == Fate::kDrop ||
        depth_ >= kPaintDepthMax) {
        return;
    }
    ++depth_;
    if (ruling.name == "mfenced") {
        math_fenced(node);
    } else {
        const bool keep = ruling.fate == Fate::kKeep;
        if (keep) {
            Attributes attributes;
            for (const pugi::xml_attribute attribute : node.attributes()) {
                const auto kept = math_attribute(attribute.name());
                attributes.emplace_back(kept.value_or(""), attribute.value());
            }
            out_.open(ruling.name, attributes);
        }
        for (const pugi::xml_node child : node.children()) {
            if (local_name(child) == "printedVariable") {
                printed_variable(child);
            } else {
                math(child);
            }
        }
        if (keep) {
            out_.close(ruling.name);
        }
    }
    --depth_;
}

/// Browsers no longer draw mfenced: the same row with its brackets and separators written out.
void Painter::math_fenced(pugi::xml_node node) {
    const auto bracket = [&](const char* text) {
        const Tag tag(out_, "mo", {{"fence", "true"}});
        out_.text(text);
    };
    const Tag row(out_, "mrow");
    bracket(node.attribute("open").as_string("("));
    const std::string_view written = node.attribute("separators").as_string(",");
    const bool ascii = written.empty() || static_cast<unsigned char>(written[0]) < 0x80;
    const std::string_view separators = ascii ? written : ",";
    bool first = true;
    for (const pugi::xml_node child : node.children()) {
        if (child.type() != pugi::node_element) {
            continue;
        }
        if (!first && !separators.empty()) {
            const Tag tag(out_, "mo", {{"separator", "true"}});
            out_.text(separators.substr(0, 1));
        }
        first = false;
        math(child);
    }
    bracket(node.attribute("close").as_string(")"));
}

}  // namespace assay::render
