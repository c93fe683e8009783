// Pictures, objects, links and the addresses of the package's files.
#include <algorithm>
#include <array>

#include "question-bank/item/package.h"
#include "question-bank/render/interactions.h"
#include "question-bank/render/painter.h"

namespace assay::render {
namespace {

std::string percent_encoded(std::string_view path) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
    return out;
}

bool is_raster_data(std::string_view reference) {
    static constexpr auto kTypes =
        std::to_array<std::string_view>({"data:image/png;base64,", "data:image/jpeg;base64,",
                                         "data:image/gif;base64,", "data:image/webp;base64,"});
    for (const std::string_view type : kTypes) {
        if (reference.starts_with(type)) {
            return reference.find_first_not_of(
                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/= \r\n\t",
                       type.size()) == std::string_view::npos;
        }
    }
    return false;
}

/// A length as HTML has it: digits, perhaps with a percent sign.
std::string length(const char* value) {
    const std::string text(value);
    const auto end = text.find_first_not_of("0123456789.");
    const std::string digits = text.substr(0, end);
    return !digits.empty() && end != std::string::npos && text[end] == '%' ? digits + '%' : digits;
}

}  // namespace

std::string Painter::address(std::string_view reference) const {
    const auto path = item::resolve(request_.item_path, reference);
    return path && !path->empty() ? request_.bank_url + percent_encoded(*path) : std::string();
}

std::string Painter::picture_address(std::string_view reference) const {
    return is_raster_data(reference) ? std::string(reference) : address(reference);
}

void Painter::picture(std::string_view reference, std::string_view alt, const Attributes& more) {
    const std::string url = picture_address(reference);
    if (url.empty()) {
        const Tag tag(out_, "span", {{"class", "no-picture"}});
        out_.text(alt.empty() ? say("render.word.no-picture"_id) : std::string(alt));
        return;
    }
    Attributes attributes{{"src", url}, {"alt", std::string(alt)}, {"draggable", "false"}};
    attributes.insert(attributes.end(), more.begin(), more.end());
    out_.empty("img", attributes);
}

void Painter::image(pugi::xml_node node) {
    const std::string width = length(node.attribute("width").value());
    const std::string height = length(node.attribute("height").value());
    picture(node.attribute("src").value(), node.attribute("alt").value(),
            {{width.empty() ? "" : "width", width}, {height.empty() ? "" : "height", height}});
}

void Painter::object(pugi::xml_node node) {
    const std::string_view type = node.attribute("type").value();
    const std::string alt = plain_text(node);
    if (type.starts_with("image/")) {
        const std::string width = length(node.attribute("width").value());
        const std::string height = length(node.attribute("height").value());
        picture(node.attribute("data").value(), alt,
                {{width.empty() ? "" : "width", width}, {height.empty() ? "" : "height", height}});
    } else if (type.starts_with("audio/") || type.starts_with("video/")) {
        draw_media(*this, node);
    } else {
        children(node);  // what the author wrote for readers that cannot show it
    }
}

void Painter::link(pugi::xml_node node) {
    const std::string_view name = node.attribute("data-assay-material").value();
    const std::string url = address(node.attribute("href").value());
    if (name.empty() || url.empty()) {
        children(node);  // a candidate's page leads nowhere
        return;
    }
    draw_material(*this, node, url);
}

}  // namespace assay::render
