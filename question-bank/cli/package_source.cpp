#include "question-bank/cli/package_source.h"

#include "question-bank/item/xml.h"

namespace assay::bank {

namespace {

Result<item::Package> package_of_file(ByteView bytes) {
    ASSAY_TRY(const auto xml, item::parse_xml(bytes));
    const bool test = std::string_view(xml.root().name()) == "assessmentTest";
    item::Resource resource;
    resource.identifier = xml.root().attribute("identifier").value();
    resource.kind = test ? item::ResourceKind::kTest : item::ResourceKind::kItem;
    resource.href = "content.xml";
    item::Package out;
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
    return package_of_file(bytes);
}

}  // namespace assay::bank
