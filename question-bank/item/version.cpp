#include "question-bank/item/version.h"

#include "question-bank/item/names.h"

namespace assay::item {

namespace {

QtiVersion version_in(std::string_view uri) {
    if (uri.find("v3p") != std::string_view::npos) {
        return QtiVersion::k30;
    }
    if (uri.find("v2p2") != std::string_view::npos) {
        return QtiVersion::k22;
    }
    if (uri.find("v2p1") != std::string_view::npos) {
        return QtiVersion::k21;
    }
    return uri.find("v2p0") != std::string_view::npos ? QtiVersion::k20 : QtiVersion::kUnknown;
}

}  // namespace

QtiVersion version_of(pugi::xml_node root) {
    const auto own = version_in(namespace_of(root));
    if (own != QtiVersion::kUnknown) {
        return own;
    }
    // A prefix that was dropped still stands among the declarations.
    for (const auto attribute : root.attributes()) {
        const auto found = version_in(attribute.value());
        if (found != QtiVersion::kUnknown) {
            return found;
        }
    }
    return QtiVersion::kUnknown;
}

std::string_view name_of(QtiVersion version) {
    switch (version) {
        case QtiVersion::k20:
            return "2.0";
        case QtiVersion::k21:
            return "2.1";
        case QtiVersion::k22:
            return "2.2";
        case QtiVersion::k30:
            return "3.0";
        default:
            return "unknown";
    }
}

}  // namespace assay::item
