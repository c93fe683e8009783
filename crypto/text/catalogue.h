#pragma once

#include <map>
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/disk.h"
#include "crypto/base/result.h"

namespace assay::text {

inline constexpr std::uint64_t kCatalogueBytesMax = 8ull << 20;
inline constexpr std::uint32_t kCatalogueMessagesMax = 50'000;

/// The sentences of one language, by message id: a GNU gettext `.mo` file, either byte order.
class Catalogue {
  public:
    /// Speaks nothing.
    Catalogue() = default;

    /// Copies what it needs out of `bytes`. Errors: kInvalid, kLimit.
    static Result<Catalogue> parse(ByteView bytes);

    /// Nothing where the id has no sentence. The view lives as long as the catalogue.
    const std::string* find(std::string_view id) const;

    std::size_t size() const { return sentences_.size(); }
    const std::map<std::string, std::string, std::less<>>& sentences() const { return sentences_; }

  private:
    std::map<std::string, std::string, std::less<>> sentences_;
};

/// <locale folder>/<language>/LC_MESSAGES/assay.mo; `language` as gettext writes it: "zh_CN".
Result<Catalogue> load_catalogue(Disk& disk, const Path& locale_folder, std::string_view language);

/// share/locale of the tree that holds bin/<executable>.
Path locale_folder_beside(const Path& executable);

}  // namespace assay::text
