#pragma once

#include <array>
#include <cstdio>
#include <string>

#include "crypto/base/disk.h"
#include "crypto/base/ids.h"

namespace assay::sitting {

/// Where the parts of one attempt lie on a terminal's disk. Nothing in it is readable without the
/// attempt's key or the store key; what is not encrypted holds random ids and digests only.
class SittingFolder {
  public:
    SittingFolder(const Path& root, const AttemptId& attempt) : path_(root / attempt.hex()) {}

    const Path& path() const { return path_; }
    Path start(Epoch epoch) const { return numbered("start", epoch, ".dsse.json"); }
    Path journal(Epoch epoch) const { return numbered("journal", epoch, ".records"); }
    Path wrapped_key(Epoch epoch) const { return numbered("journal", epoch, ".key.age"); }
    Path acknowledgement(Epoch epoch) const { return numbered("journal", epoch, ".ack.dsse.json"); }
    Path move(Epoch epoch) const { return numbered("move", epoch, ".dsse.json"); }
    Path reserve() const { return path_ / "reserve"; }
    Path evidence(const Digest& digest) const {
        return path_ / "evidence" / (digest.hex() + ".age");
    }
    Path file(const Digest& digest) const { return path_ / "files" / (digest.hex() + ".age"); }
    Path package(Epoch epoch) const { return numbered("package", epoch, ".age"); }
    Path statement(Epoch epoch) const { return numbered("package", epoch, ".dsse.json"); }

    Status make(Disk& disk) const {
        ASSAY_TRY_STATUS(disk.make_folders(path_ / "evidence"));
        return disk.make_folders(path_ / "files");
    }

  private:
    Path numbered(const char* name, Epoch epoch, const char* ending) const {
        std::array<char, 64> out{};
        (void)std::snprintf(out.data(), out.size(), "%s-%02u%s", name, epoch.value, ending);
        return path_ / out.data();
    }
    Path path_;
};

/// Limits of the files above.
inline constexpr std::uint64_t kSmallFileBytesMax = 1U << 20U;
inline constexpr std::uint64_t kCandidateFileBytesMax = 200U << 20U;
inline constexpr std::uint32_t kEpochsMax = 32;

}  // namespace assay::sitting
