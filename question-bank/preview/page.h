#pragma once

#include <string>

namespace assay::preview {

/// The preview's own page: markup, script and style, the same for every package.
std::string page_html();
std::string page_js();
std::string page_css();

}  // namespace assay::preview
