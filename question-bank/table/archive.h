#pragma once

#include <memory>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

struct zip;

namespace assay::table {

inline constexpr std::size_t kArchiveEntriesMax = 100'000;
inline constexpr std::uint64_t kArchiveRatioMax = 200;     ///< unpacked to packed, of one entry
inline constexpr std::uint64_t kRatioFreeBytes = 1 << 20;  ///< smaller entries may have any ratio

/// A zip file in memory, read entry by entry. One thread at a time.
class Archive {
  public:
    struct Entry {
        std::uint64_t index = 0;
        std::string name;  ///< UTF-8, whatever the program that packed it wrote
        std::uint64_t size = 0;
        std::uint64_t packed = 0;
        bool encrypted = false;
    };

    /// kInvalid for what is no zip, kLimit for too many entries.
    static Result<Archive> open(Bytes bytes);

    const std::vector<Entry>& entries() const { return entries_; }
    const Entry* find(std::string_view name) const;
    /// At most `limit` bytes, counted while they are unpacked. kInvalid, kRefused, kLimit.
    Result<Bytes> read(const Entry& entry, std::uint64_t limit) const;

  private:
    Archive() = default;

    std::shared_ptr<const Bytes> bytes_;  // libzip reads from it until the end
    std::shared_ptr<zip> zip_;
    std::vector<Entry> entries_;
};

}  // namespace assay::table
