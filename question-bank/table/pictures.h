#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/disk.h"
#include "crypto/base/result.h"

namespace assay::table {

inline constexpr std::uint64_t kPictureBytesMax = std::uint64_t{8} << 20;
inline constexpr std::uint64_t kPictureArchiveBytesMax = std::uint64_t{512} << 20;

struct Picture {
    std::string name;             ///< as it is called there: "张三_01.JPG"
    const char* media_type = "";  ///< image/jpeg or image/png, by its bytes
    Bytes bytes;
};

/// Pictures that are found by what stands before the dot of their name: a candidate's number, an
/// item's picture. Other files are passed over. Loads a picture only when it is asked for.
class Pictures {
  public:
    /// The files of one folder, without those of folders below. `disk` must outlive the object.
    static Result<Pictures> from_folder(Disk& disk, const Path& folder);
    /// The files of a zip, in whatever folders; names in UTF-8 or GB18030.
    static Result<Pictures> from_zip(Bytes zip);

    /// Case and spaces around it do not count. kNotFound; kConflict where two have that stem;
    /// kInvalid where it is neither JPEG nor PNG; kLimit.
    Result<Picture> find(std::string_view stem) const;
    /// Every stem, sorted, as it is written.
    std::vector<std::string> stems() const;

  private:
    using Load = std::function<Result<Bytes>()>;
    struct Place {
        std::string name;
        std::string stem;
        Load load;
    };
    void add(const std::string& name, Load load);

    std::multimap<std::string, Place, std::less<>> places_;  // by the stem in lower case
};

}  // namespace assay::table
