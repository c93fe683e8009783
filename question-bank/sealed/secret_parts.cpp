#include "question-bank/sealed/secret_parts.h"

#include <algorithm>

namespace assay::sealed {
namespace {

constexpr std::size_t kDepthMax = 200;

/// "qti-correct-response" and "imsqti:correctResponse" as "correctResponse".
std::string plain_name(std::string_view name) {
    name = name.substr(name.find(':') + 1);
    std::string out;
    const bool qti3 = name.starts_with("qti-");
    for (std::size_t i = qti3 ? 4 : 0; i < name.size(); ++i) {
        const bool joins = name[i] == '-' && i + 1 < name.size() && !name.starts_with("data-");
        if (joins) {
            ++i;
            out +=
                name[i] >= 'a' && name[i] <= 'z' ? static_cast<char>(name[i] - 'a' + 'A') : name[i];
        } else {
            out += name[i];
        }
    }
    return out;
}

/// Whatever stands on or below these tells a key, a rule or what only scorers may read.
bool is_secret_element(const pugi::xml_node& element, std::string_view name) {
    static const std::set<std::string_view> kSecret{"correctResponse",
                                                    "mapping",
                                                    "mapEntry",
                                                    "areaMapping",
                                                    "areaMapEntry",
                                                    "responseProcessing",
                                                    "outcomeProcessing",
                                                    "matchTable",
                                                    "interpolationTable",
                                                    "modalFeedback",
                                                    "feedbackInline",
                                                    "feedbackBlock",
                                                    "testFeedback",
                                                    "setCorrectResponse",
                                                    "responseProcessingFragment",
                                                    "outcomeProcessingFragment",
                                                    "preCondition",
                                                    "branchRule"};
    if (kSecret.contains(name)) {
        return true;
    }
    if (name == "rubricBlock") {
        const std::string views = std::string(" ") + element.attribute("view").value() + ' ';
        return views.find(" candidate ") == std::string::npos;
    }
    return name == "defaultValue" && plain_name(element.parent().name()) == "outcomeDeclaration";
}

/// normalMaximum stays: it is what an item is worth, which a paper may say.
bool is_secret_attribute(std::string_view element, std::string_view name) {
    return element == "outcomeDeclaration" && name == "masteryValue";
}

bool is_identifier(std::string_view attribute) {
    static const std::set<std::string_view> kNames{"identifier",
                                                   "responseIdentifier",
                                                   "outcomeIdentifier",
                                                   "templateIdentifier",
                                                   "class",
                                                   "matchGroup",
                                                   "name",
                                                   "id",
                                                   "xml:lang",
                                                   "lang"};
    return kNames.contains(attribute);
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

bool XmlParts::read(ByteView xml) {
    pugi::xml_document document;
    const unsigned options = pugi::parse_full | pugi::parse_ws_pcdata_single;
    if (!document.load_buffer(xml.data(), xml.size(), options)) {
        return false;
    }
    return walk(document, false, 0);
}

bool XmlParts::walk(const pugi::xml_node& node, bool secret, std::size_t depth) {
    if (depth > kDepthMax) {
        return false;
    }
    const std::string place = plain_name(node.name());
    for (const pugi::xml_node& child : node.children()) {
        switch (child.type()) {
            case pugi::node_element:
                if (!enter(child, secret, depth)) {
                    return false;
                }
                break;
            case pugi::node_pcdata:
            case pugi::node_cdata:
                note(place, child.value(), secret);
                break;
            case pugi::node_declaration:
                break;
            default:
                // Comments, processing instructions, document types: authors' notes or worse.
                forbidden_.push_back({place, "", "comment"});
                note(place, child.value(), true);
        }
    }
    return true;
}

bool XmlParts::enter(const pugi::xml_node& element, bool secret, std::size_t depth) {
    const std::string name = plain_name(element.name());
    const bool tells = is_secret_element(element, name);
    if (tells) {
        forbidden_.push_back({name, "", "element"});
    }
    for (const pugi::xml_attribute& attribute : element.attributes()) {
        note_attribute(name, attribute, secret || tells);
    }
    return walk(element, secret || tells, depth + 1);
}

void XmlParts::note_attribute(const std::string& element, const pugi::xml_attribute& attribute,
                              bool secret) {
    const std::string name = plain_name(attribute.name());
    const std::string place = element + '@' + name;
    if (is_secret_attribute(element, name)) {
        forbidden_.push_back({place, "", "attribute"});
        secret = true;
    }
    note(place, attribute.value(), secret);
    if (!secret && is_identifier(name)) {
        identifiers_.emplace(attribute.value());
    }
}

void XmlParts::note(const std::string& place, std::string_view value, bool secret) {
    const std::string_view text = trimmed(value);
    if (text.empty()) {
        return;
    }
    values_.push_back({place, std::string(text), ""});
    (secret ? secret_ : open_).emplace(text);
}

}  // namespace assay::sealed
