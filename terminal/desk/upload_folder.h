#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "crypto/base/disk.h"
#include "crypto/base/random.h"
#include "server/http/tus.h"

namespace assay::desk {

inline constexpr std::uint64_t kUploadBytesMax = 256U << 20U;  ///< a candidate's file, sealed
inline constexpr std::uint64_t kUploadsMax = 20000;            ///< evidence segments of a room

/// Evidence segments and candidates' files on their way: tus uploads as files of a folder.
/// `<id>.part` grows; when its digest is right it becomes `<digest>.age` beside `<digest>.meta`
/// (the lines digest, length, kind, attempt, name). Wrong digests become `<id>.wrong`. `.meta`
/// becomes `.passed` when the server has it, `.refused` when it said no for good. Thread-safe.
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
    /// How many they are, without a look at the disk but the first time.
    std::size_t waiting();
    /// The server has it.
    Status passed_on(const Digest& digest);
    /// The server said no for good: the bytes stay and are not sent again by themselves.
    Status refused(const Digest& digest);
    /// What was refused waits once more; how many.
    Result<std::size_t> retry_refused();

    /// What is here of one attempt, passed on or not.
    struct Held {
        std::uint64_t segments = 0;
        std::set<Digest> files;
    };
    Held held(const AttemptId& attempt);
    /// Copies what waits, and what was refused, to a stick, for `assay-server import`:
    /// `<digest>.age` and beside it `<digest>.upload.json` (protocol::UploadNote), which comes
    /// last. What lies there whole is left as it is. Gives the number of uploads.
    Result<std::size_t> export_waiting(const Path& stick);

  private:
    struct Upload {
        std::unique_ptr<File> file;
        std::uint64_t length = 0;
        std::uint64_t durable = 0;
        std::string meta;  ///< digest, length, kind, attempt, name: a line each
    };
    Result<Upload*> open(const std::string& id);
    std::vector<Done> listed(std::string_view ending);
    Status settle(const Digest& digest, const char* ending);
    Status copy_to(const Path& to, const Done& upload);
    void note_held(const Done& upload);
    void read_held();
    Path path(const std::string& name) const { return folder_ / name; }

    std::mutex lock_;
    Disk& disk_;
    Path folder_;
    Random& random_;
    std::map<std::string, Upload> open_;
    std::map<std::string, std::map<Digest, std::string>> held_;  ///< attempt, file -> kind
    std::set<Digest> waiting_;
    bool held_read_ = false;
};

}  // namespace assay::desk
