#pragma once

#include "crypto/keys/public_keys.h"
#include "crypto/record/key_list.h"

namespace assay::keys {

/// Puts those keys of a holder into a row that the row's role needs: each role has its own, and no
/// key two purposes. kNotFound names a key that the holder does not have.
Status fill_keys(record::KeyRow& row, const PublicKeys& keys);

}  // namespace assay::keys
