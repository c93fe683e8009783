#pragma once

#include <string>
#include <string_view>

namespace assay {

/// Text for the content and the quoted attributes of HTML and XML: `&`, `<`, `>`, `"` and `'`
/// become entities, control characters that XML does not know are left out.
std::string escaped(std::string_view text);

/// The same, added to `out`.
void append_escaped(std::string& out, std::string_view text);

}  // namespace assay
