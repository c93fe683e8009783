#include "question-bank/item/qti30.h"

#include <algorithm>
#include <array>
#include <vector>

#include "question-bank/item/operator.h"
#include "question-bank/item/read_declaration.h"
#include "question-bank/item/version.h"
#include "question-bank/item/xml.h"

namespace assay::item {

namespace {

constexpr const char* kNamespace = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";
constexpr std::string_view kTemplates = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/";

/// Elements of QTI whose name has no capital and that are no expression either.
constexpr std::array<std::string_view, 12> kPlainNames = {
    "value",     "mapping",  "prompt",     "gap",  "hottext", "weight",
    "selection", "ordering", "stylesheet", "card", "catalog", "interaction"};

/// Their content stands in a qti-content-body.
constexpr std::array<std::string_view, 5> kWithBody = {
    "rubricBlock", "feedbackBlock", "templateBlock", "modalFeedback", "testFeedback"};

template <typename List>
bool among(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool is_qti(std::string_view name) {
    return std::any_of(name.begin(), name.end(), is_upper) || among(kPlainNames, name) ||
           operator_named(name) != nullptr;
}

bool is_foreign(std::string_view name) { return name == "math" || name == "svg"; }

void set_namespace(pugi::xml_node node, const char* uri) {
    node.remove_attribute("xmlns");
    node.prepend_attribute("xmlns") = uri;
}

void rename_attributes(pugi::xml_node node) {
    for (auto attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        if (name.find(':') == name.npos && name != "xmlns" && !name.starts_with("data-")) {
            attribute.set_name(kebab_case(name).c_str());
        }
    }
}

/// The template of a version by its name in 3.0.
void rename_template(pugi::xml_node processing) {
    auto attribute = processing.attribute("template");
    const std::string_view uri = attribute.value();
    const auto slash = uri.rfind('/');
    const auto marked = uri.find("/rptemplates/") != uri.npos;
    if (attribute && marked && slash != uri.npos) {
        auto name = uri.substr(slash + 1);
        name = name.ends_with(".xml") ? name.substr(0, name.size() - 4) : name;
        attribute.set_value((std::string(kTemplates) + std::string(name) + ".xml").c_str());
    }
}

void wrap_content(pugi::xml_node block) {
    std::vector<pugi::xml_node> children;
    for (const auto child : block.children()) {
        children.push_back(child);
    }
    auto body = block.append_child("contentBody");
    for (const auto child : children) {
        body.append_move(child);
    }
}

/// Elements of QTI below `root`, not those inside formulas and drawings.
std::vector<pugi::xml_node> elements_of(pugi::xml_node root) {
    std::vector<pugi::xml_node> out;
    std::vector<pugi::xml_node> waiting = {root};
    while (!waiting.empty()) {
        auto node = waiting.back();
        waiting.pop_back();
        if (is_foreign(node.name())) {
            set_namespace(node, std::string_view(node.name()) == "math"
                                    ? "http://www.w3.org/1998/Math/MathML"
                                    : "http://www.w3.org/2000/svg");
            continue;
        }
        if (is_qti(node.name())) {
            out.push_back(node);
        }
        for (const auto child : node.children()) {
            if (child.type() == pugi::node_element) {
                waiting.push_back(child);
            }
        }
    }
    return out;
}

void spell_as_30(pugi::xml_node root, QtiVersion version) {
    const bool sensitive = map_is_case_sensitive(version);
    auto elements = elements_of(root);
    for (auto node : elements) {
        const std::string_view name = node.name();
        if (name == "mapEntry" && sensitive && !node.attribute("caseSensitive")) {
            node.append_attribute("caseSensitive") = "true";
        } else if (name == "responseProcessing") {
            rename_template(node);
        } else if (among(kWithBody, name) && node.first_child()) {
            wrap_content(node);
            elements.push_back(node.child("contentBody"));
        }
    }
    for (auto node : elements) {
        rename_attributes(node);
        node.set_name(("qti-" + kebab_case(node.name())).c_str());
    }
    root.remove_attribute("xsi:schemaLocation");
    set_namespace(root, kNamespace);
}

Bytes written(const pugi::xml_document& document, QtiVersion version) {
    pugi::xml_document copy;
    copy.reset(document);
    for (auto child = copy.first_child(); child;) {
        const auto next = child.next_sibling();
        if (child.type() != pugi::node_element) {
            copy.remove_child(child);
        }
        child = next;
    }
    spell_as_30(copy.document_element(), version);
    return to_bytes(xml_text(copy));  // with its declaration
}

const char* type_of(const Resource& resource) {
    switch (resource.kind) {
        case ResourceKind::kItem:
            return "imsqti_item_xmlv3p0";
        case ResourceKind::kTest:
            return "imsqti_test_xmlv3p0";
        case ResourceKind::kStimulus:
            return "imsqti_stimulus_xmlv3p0";
        default:
            return "webcontent";
    }
}

Bytes manifest_of(const Package& package) {
    pugi::xml_document document;
    auto root = document.append_child("manifest");
    root.append_attribute("xmlns") = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1";
    root.append_attribute("identifier") = package.identifier.c_str();
    if (!package.language.empty()) {
        root.append_attribute("xml:lang") = package.language.c_str();
    }
    auto metadata = root.append_child("metadata");
    metadata.append_child("schema").text() = "QTI Package";
    metadata.append_child("schemaversion").text() = "3.0.0";
    root.append_child("organizations");
    auto resources = root.append_child("resources");
    for (const auto& resource : package.resources) {
        auto node = resources.append_child("resource");
        node.append_attribute("identifier") = resource.identifier.c_str();
        node.append_attribute("type") = type_of(resource);
        if (!resource.href.empty()) {
            node.append_attribute("href") = resource.href.c_str();
        }
        for (const auto& file : resource.files) {
            node.append_child("file").append_attribute("href") = file.c_str();
        }
        for (const auto& dependency : resource.dependencies) {
            node.append_child("dependency").append_attribute("identifierref") = dependency.c_str();
        }
    }
    return to_bytes(xml_text(document));
}

}  // namespace

std::string kebab_case(std::string_view camel) {
    if (camel == "durationLT") {
        return "duration-lt";
    }
    if (camel == "durationGTE") {
        return "duration-gte";
    }
    std::string out;
    for (const char c : camel) {
        if (is_upper(c)) {
            out += '-';
        }
        out += is_upper(c) ? static_cast<char>(c + 32) : c;
    }
    return out;
}

Result<std::map<std::string, Bytes>> package_as_30(const Package& package) {
    auto out = package.files;
    for (const auto& resource : package.resources) {
        if (resource.kind == ResourceKind::kItem) {
            ASSAY_TRY(const auto item, read_item_at(package, resource.href));
            out[resource.href] = written(*item.document, item.version);
        } else if (resource.kind == ResourceKind::kTest) {
            ASSAY_TRY(const auto test, read_test_at(package, resource.href));
            out[resource.href] = written(*test.document, test.version);
        } else if (resource.kind == ResourceKind::kStimulus && package.file(resource.href)) {
            ASSAY_TRY(const auto xml, parse_xml(*package.file(resource.href), package.xml));
            out[resource.href] = written(*xml.document, version_of(xml.root()));
        }
    }
    out["imsmanifest.xml"] = manifest_of(package);
    return out;
}

}  // namespace assay::item
