#pragma once

#include <boost/json.hpp>

#include "crypto/command/command_line.h"
#include "crypto/command/pin.h"

namespace assay::server_cli {

using command::Action;
using command::open_ring;
using command::PinSource;
using command::Session;
using command::tell;

/// One JSON document and a line break on standard output, for scripts.
void print(const boost::json::value& document);

/// A text for a file on standard output.
void print_text(const std::string& text);

}  // namespace assay::server_cli
