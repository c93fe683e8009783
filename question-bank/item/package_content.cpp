// Items and tests of a package, with what they take from other files of it.
#include <algorithm>

#include "question-bank/item/package.h"
#include "question-bank/item/path_rules.h"
#include "question-bank/item/read_document.h"
#include "question-bank/item/read_rule.h"

namespace assay::item {

namespace {

constexpr int kIncludeDepthMax = 8;

Error missing(std::string_view path, std::string_view from) {
    return fail(Code::kInvalid, "item.package.missing"_id,
                {{"path", std::string(path)}, {"from", std::string(from)}});
}

/// The file that a reference names, parsed; what it names must be in the package.
struct Included {
    std::string path;
    Xml xml;
};

Result<Included> include(const Package& package, std::string_view from, const char* reference) {
    const auto path = resolve(from, reference);
    if (!path) {
        return fail(Code::kRefused, "item.package.outside"_id, {{"href", reference}});
    }
    const auto bytes = package.file(*path);
    if (!bytes) {
        return missing(*path, from);
    }
    ASSAY_TRY(auto xml, parse_xml(*bytes, package.xml));
    return Included{*path, std::move(xml)};
}

/// References below `node` that were written in the file `was`, written for the file `now`.
void rebase(pugi::xml_node node, std::string_view was, std::string_view now) {
    for_each_element(node, [&](pugi::xml_node element) {
        for (const char* name : {"href", "src", "data", "poster"}) {
            auto attribute = element.attribute(name);
            const auto path = attribute ? resolve(was, attribute.value()) : std::nullopt;
            if (path) {
                attribute.set_value(relative_to(now, *path).c_str());
            }
        }
    });
}

bool is_include(pugi::xml_node node) {
    const std::string_view name = node.name();
    return name.substr(name.find(':') + 1) == "include" && node.attribute("href");
}

std::vector<pugi::xml_node> elements_where(pugi::xml_node root, bool (*wanted)(pugi::xml_node)) {
    std::vector<pugi::xml_node> out;
    for_each_element(root, [&](pugi::xml_node node) {
        if (wanted(node)) {
            out.push_back(node);
        }
    });
    return out;
}

/// Replaces includes and section references by what they name.
Status splice(const Package& package, std::string_view from, pugi::xml_node root, int depth) {
    const auto places = elements_where(root, [](pugi::xml_node node) {
        return is_include(node) || std::string_view(node.name()) == "assessmentSectionRef";
    });
    if (!places.empty() && depth >= kIncludeDepthMax) {
        return fail(Code::kLimit, "item.package.includes"_id,
                    {{"limit", std::to_string(kIncludeDepthMax)}});
    }
    for (auto place : places) {
        ASSAY_TRY(auto part, include(package, from, place.attribute("href").value()));
        rebase(part.xml.root(), part.path, from);
        ASSAY_TRY_STATUS(splice(package, from, part.xml.root(), depth + 1));
        place.parent().insert_copy_before(part.xml.root(), place);
        place.parent().remove_child(place);
    }
    return Ok{};
}

/// A shared stimulus stands before the body of each item that names it.
Status add_stimuli(const Package& package, std::string_view from, pugi::xml_node root) {
    for (const auto reference : root.children("assessmentStimulusRef")) {
        ASSAY_TRY(auto part, include(package, from, reference.attribute("href").value()));
        rebase(part.xml.root(), part.path, from);
        auto body = root.child("itemBody");
        auto holder = body.prepend_child("div");
        holder.append_attribute("class") = "assay-stimulus";
        for (const auto child : part.xml.root().child("stimulusBody").children()) {
            holder.append_copy(child);
        }
    }
    return Ok{};
}

/// Rules of a template that lies in the package, where the URI names none that we know.
Status add_template(const Package& package, std::string_view from, Item& item) {
    const auto node = item.document->document_element().child("responseProcessing");
    if (item.response_processing || item.response_template.empty()) {
        return Ok{};
    }
    for (const char* name : {"templateLocation", "template"}) {
        const auto path = resolve(from, node.attribute(name).value());
        const auto bytes = path ? package.file(*path) : std::nullopt;
        if (bytes) {
            ASSAY_TRY(const auto xml, parse_xml(*bytes, package.xml));
            item.response_processing = read_rule(xml, xml.root(), item.findings);
            std::erase_if(item.findings, [](const Finding& finding) {
                return finding.what.id == "item.template.unknown"_id;
            });
            return Ok{};
        }
    }
    return Ok{};
}

bool takes_other_files(pugi::xml_node node) {
    const std::string_view name = node.name();
    return is_include(node) || name == "assessmentStimulusRef" || name == "assessmentSectionRef";
}

/// The file parsed; where it takes something from other files, the whole written out and parsed
/// again, so that its lines are those of one text.
Result<Xml> whole(const Package& package, std::string_view path) {
    const auto bytes = package.file(path);
    if (!bytes) {
        return missing(path, "imsmanifest.xml");
    }
    ASSAY_TRY(auto xml, parse_xml(*bytes, package.xml));
    if (elements_where(xml.root(), takes_other_files).empty()) {
        return xml;
    }
    ASSAY_TRY_STATUS(splice(package, path, xml.root(), 0));
    ASSAY_TRY_STATUS(add_stimuli(package, path, xml.root()));
    return parse_xml(to_bytes(xml_text(*xml.document)), package.xml);
}

}  // namespace

std::vector<std::string> parts_named_by(ByteView bytes, std::string_view from) {
    std::vector<std::string> out;
    const auto xml = parse_xml(bytes);
    if (!xml.ok()) {
        return out;
    }
    const auto add = [&](const char* reference) {
        if (auto path = resolve(from, reference)) {
            out.push_back(std::move(*path));
        }
    };
    for (const auto node : elements_where(xml->root(), takes_other_files)) {
        add(node.attribute("href").value());
    }
    const auto processing = xml->root().child("responseProcessing");
    add(processing.attribute("templateLocation").value());
    add(processing.attribute("template").value());
    return out;
}

Result<Item> read_item_at(const Package& package, std::string_view path) {
    ASSAY_TRY(const auto xml, whole(package, path));
    ASSAY_TRY(auto item, item_of(xml));
    ASSAY_TRY_STATUS(add_template(package, path, item));
    return item;
}

Result<Test> read_test_at(const Package& package, std::string_view path) {
    ASSAY_TRY(const auto xml, whole(package, path));
    ASSAY_TRY(auto test, test_of(xml));
    for (const auto& place : test.places()) {
        const auto target = resolve(path, place.item->href);
        if (!target) {
            return fail(Code::kRefused, "item.package.outside"_id, {{"href", place.item->href}});
        }
        if (!package.files.contains(*target)) {
            return missing(*target, path);
        }
    }
    return test;
}

}  // namespace assay::item
