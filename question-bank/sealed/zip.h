#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::sealed {

/// Members of one zip.
inline constexpr std::size_t kZipMembersMax = 20'000;
/// One member read whole; larger ones are read by ranges.
inline constexpr std::uint64_t kMemberBytesMax = std::uint64_t{256} * 1024 * 1024;

/// Sorted by name, stored, all of 1980-01-01, mode 0644: the same files give the
/// same bytes. At least one file.
Bytes write_zip(const std::map<std::string, Bytes>& files);

/// Something that can be read anywhere.
struct RandomAccess {
    std::uint64_t size = 0;
    /// Up to out.size() bytes from an offset; fewer only at the end.
    std::function<Result<std::size_t>(std::uint64_t, std::span<std::uint8_t>)> read_at;
};

/// Reads members of a zip that write_zip made, as they are asked for. One thread.
class ZipReader {
  public:
    /// Reads the directory. An error of `source` comes out as it is; anything else that is wrong is
    /// sealed.zip.malformed (kCorrupt) with its reason.
    static Result<ZipReader> open(RandomAccess source);
    ZipReader(ZipReader&&) noexcept;
    ZipReader& operator=(ZipReader&&) noexcept;
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;
    ~ZipReader();

    /// Sorted.
    const std::vector<std::string>& names() const;
    Result<std::uint64_t> size(std::string_view name) const;
    Result<Bytes> read(std::string_view name);
    Result<std::size_t> read_range(std::string_view name, std::uint64_t offset,
                                   std::span<std::uint8_t> out);

  private:
    struct State;
    explicit ZipReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A zip in memory, all of it.
Result<std::map<std::string, Bytes>> read_zip(ByteView zip);

}  // namespace assay::sealed
