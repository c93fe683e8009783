// Any bytes as the manifest of a package with one item: no resource leaves the package, and what a
// reference resolves to has no ".." in it.
#include <cstdlib>

#include "question-bank/item/package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    std::map<std::string, Bytes> files;
    files["imsmanifest.xml"] = to_bytes(ByteView(data, size));
    files["q.xml"] = to_bytes("<assessmentItem identifier=\"Q\"><itemBody/></assessmentItem>");
    const auto package = item::make_package(std::move(files));
    if (!package.ok()) {
        return 0;
    }
    for (const auto& resource : package->resources) {
        if (("/" + resource.href + "/").find("/../") != std::string::npos ||
            resource.href.starts_with('/')) {
            std::abort();
        }
        const bool readable = resource.kind == item::ResourceKind::kItem ||
                              resource.kind == item::ResourceKind::kTest;
        if (readable && !package->file(resource.href)) {
            std::abort();
        }
    }
    return 0;
}
