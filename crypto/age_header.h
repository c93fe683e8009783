#pragma once

#include <array>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

// Internal to the age files of this folder: the text header of the format.
namespace assay::crypto::age {

constexpr std::size_t kFileKeyBytes = 16;
constexpr std::size_t kPayloadNonceBytes = 16;
/// Stanzas of a header, our own and foreign ones.
constexpr std::size_t kStanzasMax = 512;

struct Stanza {
    std::vector<std::string> arguments;  ///< the first is the type
    Bytes body;
};

struct Header {
    std::vector<Stanza> stanzas;
    Digest mac;
    std::size_t mac_covers = 0;  ///< bytes from the start that the MAC is over
    std::size_t bytes = 0;       ///< to the newline after the MAC
};

/// Reads the header at the start of `file`, which holds all of it or kAgeHeaderBytesMax bytes.
Result<Header> read_header(ByteView file);

/// The header with its MAC under the file key.
Bytes write_header(const std::vector<Stanza>& stanzas, const SecretBytes& file_key);

/// The MAC of the first header.mac_covers bytes of `file` is right, or crypto.age.mac.
Status check_mac(const Header& header, ByteView file, const SecretBytes& file_key);

Error broken_header();

}  // namespace assay::crypto::age
