#include "question-bank/item/xml.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "question-bank/item/item.h"
#include "question-bank/item/names.h"
#include "question-bank/item/number.h"
#include "question-bank/item/utf8.h"

namespace assay::item {

namespace {

constexpr unsigned kParse = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute |
                            pugi::parse_eol | pugi::parse_ws_pcdata | pugi::parse_doctype;

/// Value of encoding="..." in an XML declaration, or empty.
std::string declared_encoding(std::string_view text) {
    if (!text.starts_with("<?xml")) {
        return {};
    }
    const auto head = text.substr(0, text.find("?>"));
    const auto at = head.find("encoding");
    const auto open = at == std::string_view::npos ? at : head.find_first_of("\"'", at);
    if (open == std::string_view::npos) {
        return {};
    }
    const auto close = head.find(head[open], open + 1);
    return close == std::string_view::npos ? std::string()
                                           : std::string(head.substr(open + 1, close - open - 1));
}

bool named_like(std::string_view name, std::string_view wanted) {
    return std::equal(name.begin(), name.end(), wanted.begin(), wanted.end(),
                      [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

/// UTF-8 without a byte order mark; nothing where the bytes are not what they declare.
std::optional<std::string> as_utf8(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    } else if (text.starts_with("\xFF\xFE")) {
        return utf8_from(text, "UTF-16");
    } else if (text.starts_with("\xFE\xFF")) {
        return utf8_from(text, "UTF-16");
    }
    const auto encoding = declared_encoding(text);
    if (!encoding.empty() && !named_like(encoding, "utf-8") && !named_like(encoding, "utf-16") &&
        !named_like(encoding, "utf8")) {
        return utf8_from(text, encoding.c_str());
    }
    return std::string(text);
}

Error malformed(std::uint32_t line, const char* cause) {
    return fail(Code::kInvalid, "item.xml.malformed"_id,
                {{"line", std::to_string(line)}, {"cause", cause}});
}

std::uint32_t line_at(const std::vector<std::size_t>& starts, std::size_t offset) {
    const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
    return static_cast<std::uint32_t>(after - starts.begin());
}

std::vector<std::size_t> line_starts_of(std::string_view text) {
    std::vector<std::size_t> starts = {0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            starts.push_back(i + 1);
        }
    }
    return starts;
}

Status check_doctype(const Xml& xml) {
    for (const auto node : xml.document->children()) {
        const std::string_view text = node.value();
        if (node.type() == pugi::node_doctype && text.find('[') != std::string_view::npos) {
            return fail(Code::kRefused, "item.xml.internal-subset"_id);
        }
    }
    return Ok{};
}

Status check_size(const Xml& xml, const XmlLimits& limits) {
    std::size_t nodes = 0;
    std::size_t depth = 0;
    std::size_t deepest = 0;
    pugi::xml_node at = xml.document->first_child();
    while (at) {
        ++nodes;
        if (at.first_child()) {
            at = at.first_child();
            deepest = std::max(deepest, ++depth);
            continue;
        }
        while (at && !at.next_sibling()) {
            at = at.parent();
            --depth;
        }
        at = at ? at.next_sibling() : at;
        if (nodes > limits.nodes || deepest > limits.depth) {
            break;
        }
    }
    if (nodes > limits.nodes) {
        return fail(Code::kLimit, "item.xml.nodes"_id, {{"limit", std::to_string(limits.nodes)}});
    }
    if (deepest > limits.depth) {
        return fail(Code::kLimit, "item.xml.depth"_id, {{"limit", std::to_string(limits.depth)}});
    }
    return Ok{};
}

std::size_t count_roots(const pugi::xml_document& document) {
    std::size_t roots = 0;
    for (const auto node : document.children()) {
        roots += node.type() == pugi::node_element ? 1U : 0U;
    }
    return roots;
}

}  // namespace

std::uint32_t Xml::line(pugi::xml_node node) const {
    const auto offset = node.offset_debug();
    return offset < 0 ? 0 : line_at(line_starts, static_cast<std::size_t>(offset));
}

Result<Xml> parse_xml_as_written(ByteView bytes, const XmlLimits& limits) {
    if (bytes.size() > limits.bytes) {
        return fail(
            Code::kLimit, "item.xml.bytes"_id,
            {{"limit", std::to_string(limits.bytes)}, {"found", std::to_string(bytes.size())}});
    }
    const auto text = as_utf8(as_text(bytes));
    if (!text) {
        return fail(Code::kInvalid, "item.xml.encoding"_id);
    }
    if (text->find('\0') != std::string::npos || !is_utf8(*text)) {
        return fail(Code::kInvalid, "item.xml.encoding"_id);
    }
    Xml xml{std::make_shared<pugi::xml_document>(), line_starts_of(*text)};
    const auto parsed =
        xml.document->load_buffer(text->data(), text->size(), kParse, pugi::encoding_utf8);
    if (!parsed) {
        return malformed(line_at(xml.line_starts, static_cast<std::size_t>(parsed.offset)),
                         parsed.description());
    }
    if (count_roots(*xml.document) != 1) {
        return fail(Code::kInvalid, "item.xml.root"_id);
    }
    ASSAY_TRY_STATUS(check_doctype(xml));
    ASSAY_TRY_STATUS(check_size(xml, limits));
    return xml;
}

Result<Xml> parse_xml(ByteView bytes, const XmlLimits& limits) {
    ASSAY_TRY(auto xml, parse_xml_as_written(bytes, limits));
    normalise_names(xml.root());
    return xml;
}

Result<Xml> parse_xml(ByteView bytes) {
    return parse_xml(bytes, {kItemBytesMax, kXmlDepthMax, kXmlNodesMax});
}

std::string plain_text(pugi::xml_node node) {
    std::string raw;
    struct Walker final : pugi::xml_tree_walker {
        std::string* out = nullptr;
        bool for_each(pugi::xml_node& at) override {
            if (at.type() == pugi::node_pcdata || at.type() == pugi::node_cdata) {
                *out += at.value();
            }
            return true;
        }
    };
    Walker walker;
    walker.out = &raw;
    (void)node.traverse(walker);
    std::string out;
    for (const char c : raw) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    return std::string(trimmed(out));
}

std::string raw_text(pugi::xml_node node) {
    std::string out;
    for (const auto child : node.children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
            out += child.value();
        }
    }
    return out;
}

std::string xml_text(const pugi::xml_document& document) {
    std::ostringstream out;
    document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    return std::move(out).str();
}

}  // namespace assay::item
