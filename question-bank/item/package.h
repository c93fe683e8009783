#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/disk.h"
#include "question-bank/item/item.h"
#include "question-bank/item/test.h"
#include "question-bank/item/xml_limits.h"

namespace assay::item {

/// Limits on what comes from outside; the README says why each has its value.
struct PackageLimits {
    std::uint64_t archive_bytes = std::uint64_t{256} * 1024 * 1024;
    std::uint64_t unpacked_bytes = std::uint64_t{64} * 1024 * 1024;
    std::size_t entries = 20'000;
    std::uint64_t ratio = 50;  ///< unpacked to packed of one entry; small entries are let through
    std::size_t name_bytes = 512;
    std::size_t folder_depth = 32;
    XmlLimits xml{kItemBytesMax, kXmlDepthMax, kXmlNodesMax};  ///< of each file that is parsed
};

enum class ResourceKind { kItem, kTest, kStimulus, kOther };

struct Resource {
    std::string identifier;
    std::string type;  ///< as written, "imsqti_item_xmlv3p0"
    ResourceKind kind = ResourceKind::kOther;
    std::string href;  ///< path in the package
    std::string language;
    std::vector<std::string> files;         ///< paths in the package
    std::vector<std::string> dependencies;  ///< identifiers of resources
};

/// A content package in memory. Paths use '/', have no "." or ".." and are relative to the folder
/// of the manifest.
struct Package {
    std::string identifier;
    std::string language;  ///< xml:lang of the manifest, or of its general metadata
    std::vector<Resource> resources;
    std::map<std::string, Bytes> files;
    std::vector<Finding> findings;
    XmlLimits xml{kItemBytesMax, kXmlDepthMax, kXmlNodesMax};

    /// Nothing where the package has no such file.
    std::optional<ByteView> file(std::string_view path) const;
    const Resource* resource(std::string_view identifier) const;
    /// The resource whose href is `path`.
    const Resource* resource_at(std::string_view path) const;
    std::vector<const Resource*> of_kind(ResourceKind kind) const;
};

/// Reads a zip file or a folder. kInvalid, kRefused (a name or entry that is not allowed, with
/// the name) or kLimit.
Result<Package> read_package(Disk& disk, const Path& path, const PackageLimits& limits = {});
Result<Package> read_package_zip(ByteView zip, const PackageLimits& limits = {});
/// From files that are in memory already, e.g. a part of an opened bank.
Result<Package> make_package(std::map<std::string, Bytes> files, const PackageLimits& limits = {});

/// Path in the package that `reference` (an href, src or data) in the file `from` names. Nothing
/// for other schemes, absolute paths and what leaves the package. Percent codes are decoded once.
std::optional<std::string> resolve(std::string_view from, std::string_view reference);

/// The item at `path`, with fragments and stimulus references resolved inside the package.
Result<Item> read_item_at(const Package& package, std::string_view path);
/// Paths of the files that the item in the file `from` takes something from: includes, stimuli, a
/// template beside it. Empty where it is no XML.
std::vector<std::string> parts_named_by(ByteView xml, std::string_view from);
/// The test at `path`, with its section references resolved inside the package.
Result<Test> read_test_at(const Package& package, std::string_view path);

/// The languages a package's tests come in. A package may hold one test per language with the
/// same identifiers; this finds the test for `language` ("zh-CN" also finds "zh"), else the first.
const Resource* test_in_language(const Package& package, std::string_view language);

}  // namespace assay::item
