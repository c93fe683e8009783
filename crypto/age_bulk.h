#pragma once

#include "crypto/age.h"

// Large age files, as fast as the cipher goes. Errors and guarantees are those of
// age_decrypt_stream: what reached the sink is authentic, and only success says that it is all.
namespace assay::crypto {

/// Sealed and plain bytes that one thread of age_decrypt_two_threads holds.
constexpr std::size_t kBulkBatchBytes = std::size_t{4} * 64 * 1024;

/// A file that lies in memory, without copies: the sink sees each chunk (64 KiB of plain bytes, the
/// last shorter) before the next is opened. Returns the plain size. One thread.
Result<std::uint64_t> age_decrypt_memory(ByteView file, const AgeIdentity& identity,
                                         const Sink& sink);

/// A stream, by the caller's thread and a second one: each takes a batch, opens it, and hands it on
/// when it is its turn. `source` and `sink` are called in order and never both at once with
/// themselves, but from either thread. About 1.2 MiB of memory, whatever the size. Without a second
/// thread (the system refuses one, the file is short) the caller's does it all.
Result<std::uint64_t> age_decrypt_two_threads(const Source& source, const AgeIdentity& identity,
                                              const Sink& sink);

}  // namespace assay::crypto
