#pragma once

#include <string>
#include <string_view>

namespace assay::import {

/// Text as XHTML: escaped, a paragraph a line.
std::string paragraphs(std::string_view text);
/// Text as XHTML in one piece: escaped, line ends as <br/>.
std::string inline_text(std::string_view text);

/// HTML as editors write it, as well-formed XHTML of an allow-list: other elements lose their tags,
/// script and style their content too; entities become characters; what is open is closed.
std::string xhtml_of(std::string_view html);

/// What a person reads of XHTML, white space collapsed.
std::string text_of(std::string_view xhtml);

}  // namespace assay::import
