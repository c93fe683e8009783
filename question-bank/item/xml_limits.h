#pragma once

#include <cstddef>

namespace assay::item {

/// What one XML file may come to before it is refused.
struct XmlLimits {
    std::size_t bytes;
    std::size_t depth;
    std::size_t nodes;
};

}  // namespace assay::item
