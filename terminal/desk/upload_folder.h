#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "crypto/base/disk.h"
#include "crypto/base/random.h"
#include "server/http/tus.h"

namespace assay::desk {

inline constexpr std::uint64_t kUploadBytesMax = 256U << 20U;  ///< a candidate's file, sealed
inline constexpr std::uint64_t kUploadsMax = 20000;            ///< evidence segments of a room

/// Evidence segments and candidates' files on their way: tus uploads as files of a folder.
/// `<id>.part` grows; when its digest is right it becomes `<digest>.age` beside `<digest>.meta`
/// (the lines kind, attempt, name). Wrong digests become `<id>.wrong`. Thread-safe.
class UploadFolder final : public http::TusStore {
  public:
    UploadFolder(Disk& disk, Path folder, Random& random);

    Result<std::string> create(const http::Request& request, const http::TusMetadata& metadata,
                               std::uint64_t length) override;
    Result<http::TusState> find(const http::Request& request, const std::string& id) override;
    Status append(const std::string& id, std::uint64_t offset, ByteView piece) override;
    Result<std::uint64_t> sync(const std::string& id) override;
    Status rewind(const std::string& id, std::uint64_t offset) override;
    Status drop(const std::string& id) override;
    Status finish(const std::string& id) override;

    /// A whole upload.
    struct Done {
        Digest digest;
        std::string kind;
        std::string attempt;  ///< hex
        std::string name;
        Path file;
        std::uint64_t bytes = 0;
    };
    /// Finished ones that were not yet passed on.
    std::vector<Done> finished();
    /// The server has it.
    Status passed_on(const Digest& digest);

  private:
    struct Upload {
        std::unique_ptr<File> file;
        std::uint64_t length = 0;
        std::uint64_t durable = 0;
        std::string meta;  ///< digest, length, kind, attempt, name: a line each
    };
    Result<Upload*> open(const std::string& id);
    Path path(const std::string& name) const { return folder_ / name; }

    std::mutex lock_;
    Disk& disk_;
    Path folder_;
    Random& random_;
    std::map<std::string, Upload> open_;
};

}  // namespace assay::desk
