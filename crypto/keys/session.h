#pragma once

#include "crypto/command/new_file.h"
#include "crypto/command/pin.h"
#include "crypto/command/session.h"

namespace assay::keys {

using command::open_ring;
using command::PinSource;
using command::print;
using command::read_new_pin;
using command::read_pin;
using command::Session;
using command::tell;
using command::write_new;

}  // namespace assay::keys
