#pragma once

#include <optional>

#include "crypto/command/command_line.h"
#include "crypto/key_ring.h"
#include "crypto/secret_kinds.h"

namespace assay::command {

/// A new PIN: fewer characters are guessed in minutes.
/// Of a new PIN, as a person counts them: UTF-8 sequences.
constexpr std::size_t kPinCharactersMin = 6;
constexpr std::size_t kPinBytesMax = 256;

/// A file descriptor of the caller, or the terminal. Never an argument or a variable: other
/// processes can read those.
struct PinSource {
    std::optional<int> fd;
};

/// --pin-fd, or another name for a second PIN.
void pin_option(CommandLine& line, CLI::App& command, PinSource& source,
                const char* name = "--pin-fd");

/// One line without its newline; nothing after it is taken from a descriptor.
Result<crypto::Pin> read_pin(const Session& session, const PinSource& source);

/// At least kPinCharactersMin; a terminal is asked twice.
Result<crypto::Pin> read_new_pin(const Session& session, const PinSource& source);

/// A key ring by path, opened with its PIN. Errors: kDenied for a wrong PIN.
Result<crypto::KeyRing> open_ring(const Session& session, const Path& path,
                                  const PinSource& source);

}  // namespace assay::command
