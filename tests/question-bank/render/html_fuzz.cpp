// Any item: the page reads again as XML, and what the item brought holds only elements and
// attributes of ours, no handler, and no address but the bank's.
#include <cstdint>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "crypto/base/check.h"
#include "question-bank/render/allow.h"
#include "question-bank/render/page.h"

namespace {

using assay::render::Fate;

bool is_ours(std::string_view name) {
    return name == "main" || name == "button" || name == "input" || name == "textarea" ||
           name == "img" || name == "label" || name == "output";
}

bool is_allowed_element(std::string_view name) {
    const auto kept = [](assay::render::Ruling ruling) {
        return ruling.fate == Fate::kKeep || ruling.fate == Fate::kEmpty;
    };
    return is_ours(name) || kept(assay::render::html_ruling(name)) ||
           kept(assay::render::svg_ruling(name)) || kept(assay::render::math_ruling(name));
}

bool is_allowed_address(std::string_view value) {
    return value.empty() || value.starts_with("assay-bank://exam/part/") ||
           value.starts_with("#q-") || value.starts_with("data:image/png;") ||
           value.starts_with("data:image/jpeg;") || value.starts_with("data:image/gif;") ||
           value.starts_with("data:image/webp;");
}

void check_attribute(const pugi::xml_attribute& attribute) {
    const std::string_view name = attribute.name();
    const std::string_view value = attribute.value();
    ASSAY_CHECK(!name.starts_with("on") && name != "style" && name != "action");
    ASSAY_CHECK(name != "srcdoc" && name != "formaction" && name != "xlink:href");
    if (name == "src" || name == "href" || name == "data-src" || name == "data-start" ||
        name == "data-piece") {
        ASSAY_CHECK(is_allowed_address(value));
    }
}

void check_node(const pugi::xml_node& node) {
    if (node.type() == pugi::node_element) {
        ASSAY_CHECK(is_allowed_element(node.name()));
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            check_attribute(attribute);
        }
    }
    for (const pugi::xml_node& child : node.children()) {
        check_node(child);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto item = assay::item::read_item({data, size});
    if (!item.ok()) {
        return 0;
    }
    const assay::text::Texts texts;
    const assay::render::RenderRequest request{.item = *item, .texts = texts};
    const auto page = assay::render::render_item_page(request);
    if (!page.ok()) {
        return 0;
    }
    pugi::xml_document document;
    const unsigned how = pugi::parse_default | pugi::parse_doctype | pugi::parse_fragment;
    ASSAY_CHECK(!!document.load_buffer(page->data(), page->size(), how, pugi::encoding_utf8));
    const pugi::xml_node main = document.child("html").child("body").child("main");
    ASSAY_CHECK(!!main);
    check_node(main);
    return 0;
}
