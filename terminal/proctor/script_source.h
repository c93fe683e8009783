#pragma once

#include "terminal/proctor/script.h"

namespace assay::proctor {

Result<std::unique_ptr<FrameSource>> make_scripted(const Script& script, const SourcePorts& ports);
Result<std::unique_ptr<FrameSource>> open_script(const std::string& path, const SourcePorts& ports);

}  // namespace assay::proctor
