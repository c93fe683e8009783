#include "question-bank/item/names.h"

#include <vector>

#include "question-bank/item/xml.h"

namespace assay::item {

namespace {

constexpr std::string_view kThree = "qti-";

bool is_content_namespace(std::string_view uri) {
    return uri.find("/xsd/imsqti") != std::string_view::npos ||
           uri.find("/xsd/qti") != std::string_view::npos ||
           uri.find("/xsd/ims_qti") != std::string_view::npos ||
           uri == "http://www.w3.org/1999/xhtml" || uri == "http://www.w3.org/1998/Math/MathML" ||
           uri == "http://www.w3.org/2000/svg" || uri.find("imscp") != std::string_view::npos;
}

void drop_prefix(pugi::xml_node element) {
    const std::string_view name = element.name();
    const auto colon = name.find(':');
    if (colon != std::string_view::npos && is_content_namespace(namespace_of(element))) {
        const std::string local(name.substr(colon + 1));
        element.set_name(local.c_str());
    }
}

void rename_attributes(pugi::xml_node element) {
    for (auto attribute : element.attributes()) {
        const std::string_view name = attribute.name();
        if (name.starts_with("data-") || name.starts_with("aria-") ||
            name.find(':') != std::string_view::npos || name.find('-') == std::string_view::npos) {
            continue;
        }
        attribute.set_name(camel_case(name).c_str());
    }
}

/// The content body only groups; in 2.x its children stand in its place.
void unwrap(pugi::xml_node body) {
    auto parent = body.parent();
    while (auto child = body.first_child()) {
        parent.insert_move_before(child, body);
    }
    parent.remove_child(body);
}

}  // namespace

std::string camel_case(std::string_view kebab) {
    if (kebab == "duration-lt") {
        return "durationLT";
    }
    if (kebab == "duration-gte") {
        return "durationGTE";
    }
    std::string out;
    bool upper = false;
    for (const char c : kebab) {
        if (c == '-') {
            upper = true;
            continue;
        }
        out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

std::string_view namespace_of(pugi::xml_node element) {
    const std::string_view name = element.name();
    const auto colon = name.find(':');
    const std::string wanted =
        colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
    for (auto at = element; at; at = at.parent()) {
        if (const auto attribute = at.attribute(wanted.c_str())) {
            return attribute.value();
        }
    }
    return {};
}

void normalise_names(pugi::xml_node root) {
    std::vector<pugi::xml_node> bodies;
    std::vector<pugi::xml_node> prefixed;
    for_each_element(root, [&](pugi::xml_node element) {
        const std::string_view name = element.name();
        if (name.find(':') != std::string_view::npos) {
            prefixed.push_back(element);
        }
    });
    for (const auto element : prefixed) {
        drop_prefix(element);
    }
    for_each_element(root, [&](pugi::xml_node element) {
        const std::string_view name = element.name();
        if (!name.starts_with(kThree)) {
            return;
        }
        const std::string two = camel_case(name.substr(kThree.size()));
        rename_attributes(element);
        element.set_name(two.c_str());
        if (two == "contentBody") {
            bodies.push_back(element);
        }
    });
    for (const auto body : bodies) {
        unwrap(body);
    }
}

}  // namespace assay::item
