#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "question-bank/item/xml_limits.h"

namespace assay::item {

/// A parsed file. Elements and attributes of QTI 3.0 and prefixed names are already spelt as in
/// 2.x: "qti-simple-choice" is "simpleChoice", "m:math" is "math".
struct Xml {
    std::shared_ptr<pugi::xml_document> document;
    std::vector<std::size_t> line_starts;

    pugi::xml_node root() const { return document->document_element(); }
    /// 0 where nobody knows.
    std::uint32_t line(pugi::xml_node node) const;
};

/// Parses without network, entities or inclusion. kInvalid with the line, kRefused for an internal
/// subset or entity, kLimit.
Result<Xml> parse_xml(ByteView bytes, const XmlLimits& limits);
Result<Xml> parse_xml(ByteView bytes);
/// The same with names as the author wrote them.
Result<Xml> parse_xml_as_written(ByteView bytes, const XmlLimits& limits);

/// Text of a node and everything below it, white space collapsed.
std::string plain_text(pugi::xml_node node);

/// Characters directly below a node, as they stand.
std::string raw_text(pugi::xml_node node);

/// The document as UTF-8 bytes, as it stands.
std::string xml_text(const pugi::xml_document& document);

/// Calls `visit` for `node` and every element below it in document order. Not recursive: depth is
/// the input's, not our stack's.
template <typename Visit>
void for_each_element(pugi::xml_node node, Visit visit) {
    pugi::xml_node at = node;
    while (at) {
        if (at.type() == pugi::node_element) {
            visit(at);
        }
        if (at.first_child()) {
            at = at.first_child();
            continue;
        }
        while (at && at != node && !at.next_sibling()) {
            at = at.parent();
        }
        at = at == node ? pugi::xml_node() : at.next_sibling();
    }
}

}  // namespace assay::item
