#pragma once

#include <map>
#include <string>

#include "crypto/age.h"
#include "crypto/base/disk.h"
#include "crypto/base/random.h"
#include "crypto/record/signed.h"

namespace assay::desk {

inline constexpr std::uint64_t kDeskFileBytesMax = 64U << 20U;

/// The desk's files. Statements and sealed things lie as they are; what is personal or secret only
/// as an age file to the desk's own key. Every write is durable when it returns. Names are
/// "shelf/name"; a shelf is a folder. Not thread-safe: the room's lock guards it.
class DeskFolder {
  public:
    DeskFolder(Disk& disk, Path root, Random& random, const crypto::AgeIdentity& own);

    Status put(const std::string& name, ByteView bytes);
    Result<Bytes> get(const std::string& name);
    bool has(const std::string& name);

    /// The same through the desk's own age key.
    Status put_sealed(const std::string& name, ByteView plain);
    Result<Bytes> get_sealed(const std::string& name);

    /// Names on a shelf that end in `ending`, sorted, without the ending; empty where there is no
    /// shelf.
    std::vector<std::string> names(const std::string& shelf, const std::string& ending);

    Path path(const std::string& name) const { return root_ / name; }
    Disk& disk() { return disk_; }

    template <typename T>
    Status put_signed(const std::string& name, const record::Signed<T>& object) {
        return put(name, as_bytes(object.json()));
    }
    template <typename T>
    Result<record::Signed<T>> get_signed(const std::string& name) {
        ASSAY_TRY(const Bytes bytes, get(name));
        return record::read_signed<T>(bytes);
    }

  private:
    Disk& disk_;
    Path root_;
    Random& random_;
    crypto::AgeIdentity own_;
};

}  // namespace assay::desk
