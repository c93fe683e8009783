#pragma once

#include "crypto/public_keys.h"

namespace assay::keys {

using crypto::kPublicKeysBytesMax;
using crypto::PublicKeys;

}  // namespace assay::keys
