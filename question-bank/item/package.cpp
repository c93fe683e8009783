#include "question-bank/item/package.h"

#include <algorithm>
#include <set>

#include "question-bank/item/number.h"
#include "question-bank/item/path_rules.h"
#include "question-bank/item/xml.h"

namespace assay::item {

namespace {

constexpr std::string_view kManifest = "imsmanifest.xml";

ResourceKind kind_of(std::string_view type) {
    if (type.find("imsqti_item") != std::string_view::npos ||
        type.find("imsqti_apipitem") != std::string_view::npos) {
        return ResourceKind::kItem;
    }
    if (type.find("imsqti_test") != std::string_view::npos ||
        type.find("imsqti_assessment") != std::string_view::npos ||
        type.find("imsqti_apiptest") != std::string_view::npos) {
        return ResourceKind::kTest;
    }
    return type.find("imsqti_stimulus") != std::string_view::npos ? ResourceKind::kStimulus
                                                                  : ResourceKind::kOther;
}

/// The local name "language" below general metadata, whatever its prefix.
std::string metadata_language(pugi::xml_node parent) {
    std::string out;
    for_each_element(parent.child("metadata"), [&](pugi::xml_node node) {
        const std::string_view name = node.name();
        if (out.empty() && name.substr(name.find(':') + 1) == "language" &&
            std::string_view(node.parent().name()).ends_with("general")) {
            out = plain_text(node);
        }
    });
    return out;
}

/// Reads the manifest of a package whose files are there already.
class ManifestReader {
  public:
    ManifestReader(const Xml& xml, Package& package) : xml_(xml), package_(package) {}

    Status read() {
        const auto root = xml_.root();
        package_.identifier = root.attribute("identifier").value();
        package_.language = root.attribute("xml:lang").value();
        if (package_.language.empty()) {
            package_.language = metadata_language(root);
        }
        check_metadata(root.child("metadata"));
        const auto resources = root.child("resources");
        const std::string base = std::string(root.attribute("xml:base").value()) +
                                 resources.attribute("xml:base").value();
        std::set<std::string> identifiers;
        for (const auto node : resources.children("resource")) {
            ASSAY_TRY(auto resource, read_resource(node, base));
            if (!identifiers.insert(resource.identifier).second) {
                note(node,
                     {"item.package.duplicate-item"_id, {{"identifier", resource.identifier}}});
            }
            package_.resources.push_back(std::move(resource));
        }
        return Ok{};
    }

  private:
    void note(pugi::xml_node node, Message what) {
        package_.findings.push_back({std::move(what), xml_.line(node)});
    }

    /// A title that says nothing: whoever looks for the package will not find it.
    void check_metadata(pugi::xml_node metadata) {
        for_each_element(metadata, [&](pugi::xml_node node) {
            const std::string_view name = node.name();
            if (name.substr(name.find(':') + 1) == "title" && plain_text(node).empty()) {
                note(node, {"item.package.no-title"_id, {}});
            }
        });
    }

    Result<std::string> inside(const std::string& href) const {
        auto path = resolve("", href);
        if (!path) {
            return fail(Code::kRefused, "item.package.outside"_id, {{"href", href}});
        }
        return std::move(*path);
    }

    Result<Resource> read_resource(pugi::xml_node node, const std::string& outer) {
        const std::string base = outer + node.attribute("xml:base").value();
        Resource out;
        out.identifier = node.attribute("identifier").value();
        out.type = node.attribute("type").value();
        out.kind = kind_of(out.type);
        out.language = metadata_language(node);
        const std::string href = node.attribute("href").value();
        const bool remote = href.find("://") != std::string::npos;
        if (!href.empty() && !remote) {
            ASSAY_TRY(out.href, inside(base + href));
        }
        ASSAY_TRY_STATUS(read_files(node, base, out));
        const bool readable = out.kind == ResourceKind::kItem || out.kind == ResourceKind::kTest;
        if (readable && !package_.files.contains(out.href)) {
            return fail(Code::kInvalid, "item.package.missing"_id,
                        {{"path", out.href}, {"from", std::string(kManifest)}});
        }
        for (const auto dependency : node.children("dependency")) {
            out.dependencies.emplace_back(dependency.attribute("identifierref").value());
        }
        return out;
    }

    Status read_files(pugi::xml_node node, const std::string& base, Resource& out) {
        for (const auto file : node.children("file")) {
            const std::string href = file.attribute("href").value();
            if (href.find("://") != std::string::npos) {
                note(file, {"item.package.remote"_id,
                            {{"from", std::string(kManifest)}, {"href", href}}});
                continue;
            }
            ASSAY_TRY(auto path, inside(base + href));
            if (!package_.files.contains(path)) {
                note(file, {"item.package.reference"_id,
                            {{"from", std::string(kManifest)}, {"href", href}}});
            }
            out.files.push_back(std::move(path));
        }
        return Ok{};
    }

    const Xml& xml_;
    Package& package_;
};

/// Where every file lies in one folder that holds the manifest, that folder is the package.
void lift_folder(Package& package) {
    if (package.files.empty() || package.files.contains(std::string(kManifest))) {
        return;
    }
    const std::string first = package.files.begin()->first;
    const auto slash = first.find('/');
    const std::string folder = first.substr(0, slash == std::string::npos ? 0 : slash + 1);
    const bool all = !folder.empty() &&
                     std::all_of(package.files.begin(), package.files.end(),
                                 [&](const auto& file) { return file.first.starts_with(folder); });
    if (!all || !package.files.contains(folder + std::string(kManifest))) {
        return;
    }
    std::map<std::string, Bytes> lifted;
    for (auto& [name, bytes] : package.files) {
        lifted[name.substr(folder.size())] = std::move(bytes);
    }
    package.files = std::move(lifted);
    package.findings.push_back({{"item.package.folder-moved"_id, {{"folder", folder}}}, 0});
}

/// A test says its own language where the manifest says nothing.
void add_test_languages(Package& package) {
    for (auto& resource : package.resources) {
        if (resource.kind != ResourceKind::kTest || !resource.language.empty()) {
            continue;
        }
        const auto xml = parse_xml(*package.file(resource.href), package.xml);
        if (xml.ok()) {
            resource.language = xml->root().attribute("xml:lang").value();
        }
    }
}

std::string lower_tag(std::string_view tag) {
    std::string out(tag);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        if (c == '_') {
            return '-';
        }
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace

std::optional<ByteView> Package::file(std::string_view path) const {
    const auto found = files.find(std::string(path));
    return found == files.end() ? std::nullopt : std::optional(ByteView(found->second));
}

const Resource* Package::resource(std::string_view wanted) const {
    const auto found = std::find_if(resources.begin(), resources.end(),
                                    [&](const auto& r) { return r.identifier == wanted; });
    return found == resources.end() ? nullptr : &*found;
}

const Resource* Package::resource_at(std::string_view path) const {
    const auto found = std::find_if(resources.begin(), resources.end(),
                                    [&](const auto& r) { return r.href == path; });
    return found == resources.end() ? nullptr : &*found;
}

std::vector<const Resource*> Package::of_kind(ResourceKind kind) const {
    std::vector<const Resource*> out;
    for (const auto& one : resources) {
        if (one.kind == kind) {
            out.push_back(&one);
        }
    }
    return out;
}

Result<Package> make_package(std::map<std::string, Bytes> files, const PackageLimits& limits) {
    Package package;
    package.files = std::move(files);
    package.xml = limits.xml;
    if (package.files.size() > limits.entries) {
        return fail(Code::kLimit, "item.package.entries"_id,
                    {{"limit", std::to_string(limits.entries)}});
    }
    lift_folder(package);
    const auto manifest = package.file(kManifest);
    if (!manifest) {
        return fail(Code::kInvalid, "item.package.no-manifest"_id);
    }
    ASSAY_TRY(const auto xml, parse_xml(*manifest, limits.xml));
    const std::string_view name = xml.root().name();
    if (name != "manifest") {
        return fail(Code::kInvalid, "item.package.not-a-manifest"_id,
                    {{"element", std::string(name)}});
    }
    ASSAY_TRY_STATUS(ManifestReader(xml, package).read());
    add_test_languages(package);
    return package;
}

const Resource* test_in_language(const Package& package, std::string_view language) {
    const auto tests = package.of_kind(ResourceKind::kTest);
    const auto wanted = lower_tag(language);
    const auto primary = wanted.substr(0, wanted.find('-'));
    for (const auto* test : tests) {
        if (lower_tag(test->language) == wanted) {
            return test;
        }
    }
    for (const auto* test : tests) {
        const auto own = lower_tag(test->language);
        if (own.substr(0, own.find('-')) == primary) {
            return test;
        }
    }
    return tests.empty() ? nullptr : tests.front();
}

}  // namespace assay::item
