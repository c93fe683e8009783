#pragma once

#include <string>

namespace assay::command {

/// The version of this build, as the root CMakeLists.txt states it: "0.1.0".
std::string version();

}  // namespace assay::command
