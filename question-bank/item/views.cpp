#include "question-bank/item/views.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "question-bank/item/names.h"
#include "question-bank/item/path_rules.h"
#include "question-bank/item/xml.h"

namespace assay::item {

namespace {

constexpr std::array<std::string_view, 14> kScoringOnly = {
    "correctResponse",    "mapping",
    "areaMapping",        "matchTable",
    "interpolationTable", "responseProcessing",
    "outcomeProcessing",  "modalFeedback",
    "testFeedback",       "feedbackInline",
    "feedbackBlock",      "setCorrectResponse",
    "preCondition",       "branchRule",
};

/// The name in 2.x, whatever the author's spelling.
std::string plain_name(pugi::xml_node node) {
    std::string_view name = node.name();
    name = name.substr(name.find(':') + 1);
    return name.starts_with("qti-") ? camel_case(name.substr(4)) : std::string(name);
}

bool for_others(pugi::xml_node rubric) {
    std::istringstream views(rubric.attribute("view").value());
    bool any = false;
    for (std::string view; views >> view; any = true) {
        if (view == "candidate") {
            return false;
        }
    }
    return any;
}

bool scoring_only(pugi::xml_node node) {
    if (node.type() == pugi::node_comment || node.type() == pugi::node_pi) {
        return true;
    }
    if (node.type() != pugi::node_element) {
        return false;
    }
    const auto name = plain_name(node);
    if (std::find(kScoringOnly.begin(), kScoringOnly.end(), name) != kScoringOnly.end()) {
        return true;
    }
    if (name == "defaultValue" && plain_name(node.parent()) == "outcomeDeclaration") {
        return true;
    }
    return name == "rubricBlock" && for_others(node);
}

void strip(pugi::xml_node root) {
    std::vector<pugi::xml_node> out;
    pugi::xml_node at = root;
    while (at) {
        const bool drop = scoring_only(at);
        if (drop) {
            out.push_back(at);
        }
        if (!drop && at.first_child()) {
            at = at.first_child();
            continue;
        }
        while (at && at != root && !at.next_sibling()) {
            at = at.parent();
        }
        at = at == root ? pugi::xml_node() : at.next_sibling();
    }
    for (auto node : out) {
        node.parent().remove_child(node);
    }
    for_each_element(root, [](pugi::xml_node node) {
        if (plain_name(node) == "outcomeDeclaration") {
            for (const char* name : {"masteryValue", "mastery-value"}) {
                node.remove_attribute(name);
            }
        }
    });
}

void note_references(std::string_view path, const Package& package, ByteView view,
                     std::set<std::string>& out) {
    const auto xml = parse_xml(view);
    if (!xml.ok()) {
        return;
    }
    for_each_element(xml->root(), [&](pugi::xml_node node) {
        for (const auto attribute : node.attributes()) {
            const auto target = resolve(path, attribute.value());
            if (target && package.files.contains(*target)) {
                out.insert(*target);
            }
        }
    });
}

/// Files that a style sheet names in url(...).
void note_style(std::string_view path, const Package& package, std::set<std::string>& out) {
    const auto text = as_text(*package.file(path));
    for (auto at = text.find("url("); at != std::string_view::npos;
         at = text.find("url(", at + 4)) {
        auto name = text.substr(at + 4, text.find(')', at) - at - 4);
        while (!name.empty() && (name.front() == '"' || name.front() == '\'')) {
            name.remove_prefix(1);
        }
        while (!name.empty() && (name.back() == '"' || name.back() == '\'')) {
            name.remove_suffix(1);
        }
        const auto target = resolve(path, name);
        if (target && package.files.contains(*target)) {
            out.insert(*target);
        }
    }
}

/// The manifest without resources and files that the candidate does not get.
Result<Bytes> candidate_manifest(ByteView bytes, const std::set<std::string>& kept) {
    ASSAY_TRY(const auto xml,
              parse_xml_as_written(bytes, {kItemBytesMax, kXmlDepthMax, kXmlNodesMax}));
    std::vector<pugi::xml_node> gone;
    for_each_element(xml.root(), [&](pugi::xml_node node) {
        const auto name = plain_name(node);
        const auto href = node.attribute("href");
        const auto path = href ? resolve("", href.value()) : std::nullopt;
        const bool lost = href && (!path || !kept.contains(*path));
        if ((name == "file" && lost) || (name == "resource" && lost) || name == "metadata") {
            gone.push_back(node);
        }
    });
    // Innermost first, so that a node is gone only once.
    for (auto node = gone.rbegin(); node != gone.rend(); ++node) {
        node->parent().remove_child(*node);
    }
    strip(xml.root());
    return to_bytes(xml_text(*xml.document));
}

struct Gathered {
    std::map<std::string, Bytes> files;
    std::set<std::string> wanted;
};

constexpr const char* kManifest = "imsmanifest.xml";

/// A package that was put together in memory may name what it does not hold.
Result<ByteView> bytes_of(const Package& package, const std::string& path, const char* from) {
    const auto bytes = package.file(path);
    if (!bytes) {
        return fail(Code::kInvalid, "item.package.missing"_id, {{"path", path}, {"from", from}});
    }
    return *bytes;
}

Status add_content(const Package& package, const std::string& path, Gathered& out) {
    ASSAY_TRY(const auto bytes, bytes_of(package, path, kManifest));
    ASSAY_TRY(auto view, candidate_view(bytes));
    note_references(path, package, view, out.wanted);
    out.files[path] = std::move(view);
    return Ok{};
}

/// Referenced files, and what style sheets among them name, until nothing new comes.
Status add_wanted(const Package& package, Gathered& out) {
    std::set<std::string> done;
    while (!out.wanted.empty()) {
        const std::string path = *out.wanted.begin();
        out.wanted.erase(out.wanted.begin());
        if (!done.insert(path).second || out.files.contains(path)) {
            continue;
        }
        if (path.ends_with(".xml")) {
            ASSAY_TRY_STATUS(add_content(package, path, out));
            continue;
        }
        if (path.ends_with(".css")) {
            note_style(path, package, out.wanted);
        }
        out.files[path] = to_bytes(*package.file(path));
    }
    return Ok{};
}

}  // namespace

Result<Bytes> candidate_view(ByteView bytes) {
    ASSAY_TRY(const auto xml,
              parse_xml_as_written(bytes, {kItemBytesMax, kXmlDepthMax, kXmlNodesMax}));
    strip(xml.root());
    for (auto node : std::vector<pugi::xml_node>(xml.document->begin(), xml.document->end())) {
        if (node.type() != pugi::node_element) {
            xml.document->remove_child(node);
        }
    }
    return to_bytes(xml_text(*xml.document));
}

Result<std::map<std::string, Bytes>> candidate_files(const Package& package) {
    Gathered out;
    for (const auto& resource : package.resources) {
        const bool content =
            resource.kind == ResourceKind::kItem || resource.kind == ResourceKind::kTest;
        if (content && !out.files.contains(resource.href)) {
            ASSAY_TRY_STATUS(add_content(package, resource.href, out));
        }
    }
    ASSAY_TRY_STATUS(add_wanted(package, out));
    std::set<std::string> kept;
    for (const auto& [path, bytes] : out.files) {
        kept.insert(path);
    }
    ASSAY_TRY(const auto manifest, bytes_of(package, kManifest, kManifest));
    ASSAY_TRY(out.files[kManifest], candidate_manifest(manifest, kept));
    return std::move(out.files);
}

}  // namespace assay::item
