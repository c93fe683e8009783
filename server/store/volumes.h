#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "crypto/base/disk.h"
#include "crypto/base/random.h"

namespace assay::store {

/// A volume takes no further frame beyond this.
inline constexpr std::uint64_t kVolumeBytesMax = std::uint64_t{256} * 1024 * 1024;
/// Content of one frame.
inline constexpr std::uint64_t kFrameBytesMax = std::uint64_t{64} * 1024 * 1024;

/// Where something lies: which volume, which byte.
struct Place {
    std::uint64_t volume = 0;
    std::uint64_t offset = 0;

    friend auto operator<=>(const Place&, const Place&) = default;
};

/// Append-only files of frames, the truth of the embedded store. A frame is written with one append
/// and one sync before the next begins, so only the last can be torn; open() cuts a torn one off,
/// and says kCorrupt where a later frame proves that the bad one was complete once.
///
/// append() from one thread; read() from any.
class Volumes {
  public:
    /// Called for each frame from `from` on, in order, with the place of its content.
    using Visit = std::function<Status(Place content, ByteView bytes)>;

    /// `closed_at` is for tests. The ports must outlive the object.
    static Result<std::unique_ptr<Volumes>> open(Path folder, Disk& disk, Random& random,
                                                 std::uint64_t closed_at = kVolumeBytesMax);

    /// Where the content of the next frame will lie. Makes a new volume where the last is full.
    Result<Place> next();
    /// One frame, durable after success; `content` must begin at next(). A full disk leaves the
    /// volume as it was; after any other failure the object appends nothing more.
    Status append(ByteView content);
    /// The end of the last frame: what replay() starts from after a restart.
    Place end() const { return end_; }

    /// Exactly `size` bytes; kCorrupt where the volume is shorter.
    Result<Bytes> read(Place place, std::size_t size);
    /// Every frame from `from` (an earlier end(), or {} for all), each checked.
    Status replay(Place from, const Visit& visit);

  private:
    using Tag = std::array<std::uint8_t, 16>;
    struct Volume {
        Tag tag{};
        std::unique_ptr<File> file;
        std::unique_ptr<File> reader;  ///< a file is used by one thread at a time
        std::uint64_t size = 0;
    };
    struct Frame {
        std::uint64_t sequence;
        Bytes content;
    };

    Volumes(Path folder, Disk& disk, Random& random, std::uint64_t closed_at);
    Path path(std::uint64_t number) const;
    Status load();
    Status load_volume(std::uint64_t number, bool last);
    Status create(std::uint64_t number);
    Status repair_tail();
    Result<std::optional<Frame>> frame_at(Volume& volume, std::uint64_t offset);
    Result<bool> later_frame(Volume& volume, std::uint64_t offset, std::uint64_t sequence);
    Digest frame_digest(const Volume& volume, ByteView header, ByteView content) const;

    Path folder_;
    Disk* disk_;
    Random* random_;
    std::uint64_t closed_at_;
    std::vector<Volume> volumes_;  ///< number i + 1 at place i
    std::uint64_t sequence_ = 0;   ///< of the last frame
    Place end_;
    bool broken_ = false;
    std::mutex reading_;  ///< guards the readers, and volumes_ against a new one
};

}  // namespace assay::store
