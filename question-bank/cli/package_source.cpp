#include "question-bank/cli/package_source.h"

#include "question-bank/item/xml.h"

namespace assay::bank {

namespace {

constexpr std::uint64_t kMibBytes = std::uint64_t{1024} * 1024;
/// What a machine of a site or an author has memory for.
constexpr std::uint64_t kLimitMibMax = 4096;
constexpr std::size_t kLimitEntriesMax = 1'000'000;
constexpr std::uint64_t kLimitRatioMax = 10'000;

Result<item::Package> package_of_file(ByteView bytes, const item::PackageLimits& limits) {
    ASSAY_TRY(const auto xml, item::parse_xml(bytes, limits.xml));
    const bool test = std::string_view(xml.root().name()) == "assessmentTest";
    item::Resource resource;
    resource.identifier = xml.root().attribute("identifier").value();
    resource.kind = test ? item::ResourceKind::kTest : item::ResourceKind::kItem;
    resource.href = "content.xml";
    item::Package out;
    out.xml = limits.xml;
    out.identifier = resource.identifier;
    out.resources.push_back(std::move(resource));
    out.files["content.xml"] = to_bytes(bytes);
    out.files["imsmanifest.xml"] = to_bytes("<manifest/>");
    return out;
}

}  // namespace

Result<item::Package> open_package(Disk& disk, const Path& path,
                                   const item::PackageLimits& limits) {
    if (path.extension() != ".xml") {
        return item::read_package(disk, path, limits);
    }
    ASSAY_TRY(const auto bytes, read_file(disk, path, item::kItemBytesMax));
    return package_of_file(bytes, limits);
}

LimitOptions::LimitOptions() {
    const item::PackageLimits usual;
    unpacked_mib = usual.unpacked_bytes / kMibBytes;
    packed_mib = usual.archive_bytes / kMibBytes;
    entries = usual.entries;
    ratio = usual.ratio;
    depth = usual.xml.depth;
    nodes = usual.xml.nodes;
}

item::PackageLimits LimitOptions::limits() const {
    item::PackageLimits out;
    out.unpacked_bytes = unpacked_mib * kMibBytes;
    out.archive_bytes = packed_mib * kMibBytes;
    out.entries = entries;
    out.ratio = ratio;
    out.xml.depth = depth;
    out.xml.nodes = nodes;
    return out;
}

void limit_options(CommandLine& line, CLI::App& command, LimitOptions& options) {
    const auto within = [](CLI::Option* option, auto most) {
        option->capture_default_str()->check(CLI::Range(decltype(most){1}, most));
    };
    within(line.option(command, "--max-unpacked-mib", options.unpacked_mib,
                       "bank.help.max-unpacked"_id),
           kLimitMibMax);
    within(line.option(command, "--max-packed-mib", options.packed_mib, "bank.help.max-packed"_id),
           kLimitMibMax);
    within(line.option(command, "--max-entries", options.entries, "bank.help.max-entries"_id),
           kLimitEntriesMax);
    within(line.option(command, "--max-ratio", options.ratio, "bank.help.max-ratio"_id),
           kLimitRatioMax);
    // Every reader of the content has these two, so that they can only be lowered.
    within(line.option(command, "--max-depth", options.depth, "bank.help.max-depth"_id),
           item::kXmlDepthMax);
    within(line.option(command, "--max-nodes", options.nodes, "bank.help.max-nodes"_id),
           item::kXmlNodesMax);
}

}  // namespace assay::bank
