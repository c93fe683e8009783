#include "question-bank/import/markup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "crypto/base/escape.h"

namespace assay::import {

namespace {

constexpr std::array<std::string_view, 34> kAllowed = {
    "p",     "br",   "b",   "strong", "i",          "em",   "u",      "s",  "sub",
    "sup",   "ul",   "ol",  "li",     "table",      "tr",   "td",     "th", "thead",
    "tbody", "span", "div", "pre",    "blockquote", "code", "h1",     "h2", "h3",
    "h4",    "h5",   "h6",  "img",    "hr",         "dl",   "caption"};
constexpr std::array<std::string_view, 3> kVoid = {"br", "hr", "img"};
constexpr std::array<std::string_view, 4> kDropped = {"script", "style", "head", "title"};
constexpr std::array<std::string_view, 7> kAttributes = {"src",     "alt",     "width", "height",
                                                         "colspan", "rowspan", "lang"};

struct Entity {
    std::string_view name;
    std::string_view text;
};
constexpr std::array<Entity, 16> kEntities = {{{"amp", "&"},
                                               {"lt", "<"},
                                               {"gt", ">"},
                                               {"quot", "\""},
                                               {"apos", "'"},
                                               {"nbsp", "\u00A0"},
                                               {"ndash", "–"},
                                               {"mdash", "—"},
                                               {"hellip", "…"},
                                               {"times", "×"},
                                               {"divide", "÷"},
                                               {"deg", "°"},
                                               {"ldquo", "“"},
                                               {"rdquo", "”"},
                                               {"lsquo", "‘"},
                                               {"rsquo", "’"}}};

template <typename List>
bool among(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void append_utf8(std::string& out, std::uint32_t c) {
    const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
    if (c < 0x20 && c != '\t' && c != '\n') {
        return;
    }
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0U | c >> 6U);
        byte(0x80U | (c & 0x3FU));
    } else if (c < 0x10000 && (c < 0xD800 || c > 0xDFFF)) {
        byte(0xE0U | c >> 12U);
        byte(0x80U | (c >> 6U & 0x3FU));
        byte(0x80U | (c & 0x3FU));
    } else if (c >= 0x10000 && c <= 0x10FFFF) {
        byte(0xF0U | c >> 18U);
        byte(0x80U | (c >> 12U & 0x3FU));
        byte(0x80U | (c >> 6U & 0x3FU));
        byte(0x80U | (c & 0x3FU));
    }
}

/// The entity that `text` begins with after '&', as characters; how much of `text` it takes.
std::size_t read_entity(std::string_view text, std::string& out) {
    constexpr std::size_t kLongest = 10;
    const auto end = text.substr(0, kLongest).find(';');
    if (end == std::string_view::npos) {
        return 0;
    }
    const auto name = text.substr(0, end);
    for (const auto& entity : kEntities) {
        if (entity.name == name) {
            out += entity.text;
            return end + 1;
        }
    }
    const bool hex = name.starts_with("#x") || name.starts_with("#X");
    if (!name.starts_with("#")) {
        return 0;
    }
    const auto digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto read =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
        return 0;
    }
    append_utf8(out, code);
    return end + 1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto taken = text[i] == '&' ? read_entity(text.substr(i + 1), out) : 0;
        if (taken == 0) {
            out += text[i];
        }
        i += taken;
    }
    return out;
}

/// Reads HTML tag by tag; `open_` are the elements that still want an end.
class Tidier {
  public:
    explicit Tidier(std::string_view html) : html_(html) {}

    std::string tidy() {
        while (at_ < html_.size()) {
            if (html_[at_] == '<' && at_ + 1 < html_.size() && begins_tag(html_[at_ + 1])) {
                tag();
            } else {
                text();
            }
        }
        while (!open_.empty()) {
            close();
        }
        return std::move(out_);
    }

  private:
    static bool begins_tag(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '!' || c == '?';
    }

    void close() {
        out_ += "</" + open_.back() + '>';
        open_.pop_back();
    }

    void text() {
        const auto end = std::min(html_.find('<', at_ + 1), html_.size());
        out_ += escaped(decoded(html_.substr(at_, end - at_)));
        at_ = end;
    }

    void tag() {
        if (html_.substr(at_).starts_with("<!--")) {
            const auto end = html_.find("-->", at_);
            at_ = end == std::string_view::npos ? html_.size() : end + 3;
            return;
        }
        const auto end = std::min(html_.find('>', at_), html_.size());
        auto inside = html_.substr(at_ + 1, end - at_ - 1);
        at_ = std::min(end + 1, html_.size());
        const bool closing = inside.starts_with('/');
        inside.remove_prefix(closing ? 1 : 0);
        const auto stop = std::min(inside.find_first_of(" \t\r\n/"), inside.size());
        const auto name = lower(inside.substr(0, stop));
        if (closing) {
            end_tag(name);
        } else {
            start_tag(name, inside.substr(stop));
        }
    }

    void end_tag(const std::string& name) {
        if (among(kVoid, name) || !among(open_, name)) {
            return;
        }
        while (open_.back() != name) {
            close();
        }
        close();
    }

    void start_tag(const std::string& name, std::string_view attributes) {
        if (among(kDropped, name)) {
            const auto end = lower(html_.substr(at_)).find("</" + name);
            at_ = end == std::string_view::npos ? html_.size() : at_ + end;
            return;
        }
        constexpr std::size_t kDepthMax = 60;
        if (!among(kAllowed, name) || open_.size() >= kDepthMax) {
            return;
        }
        if (!open_.empty() && open_.back() == name && (name == "p" || name == "li")) {
            close();
        }
        out_ += '<' + name;
        write_attributes(attributes);
        if (among(kVoid, name)) {
            out_ += "/>";
        } else {
            out_ += '>';
            open_.push_back(name);
        }
    }

    void write_attributes(std::string_view text) {
        std::vector<std::string> seen;
        while (!text.empty()) {
            const auto start = text.find_first_not_of(" \t\r\n/");
            if (start == std::string_view::npos) {
                return;
            }
            text.remove_prefix(start);
            const auto stop = std::min(text.find_first_of(" \t\r\n=/"), text.size());
            const auto name = lower(text.substr(0, std::max<std::size_t>(stop, 1)));
            text.remove_prefix(std::max<std::size_t>(stop, 1));
            const auto value = attribute_value(text);
            if (among(kAttributes, name) && !among(seen, name)) {
                seen.push_back(name);
                out_ += ' ' + name + "=\"" + escaped(decoded(value)) + '"';
            }
        }
    }

    static std::string_view attribute_value(std::string_view& text) {
        const auto equals = text.find_first_not_of(" \t\r\n");
        if (equals == std::string_view::npos || text[equals] != '=') {
            return {};
        }
        text.remove_prefix(equals + 1);
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
        const char quote = text.empty() ? ' ' : text.front();
        if (quote == '"' || quote == '\'') {
            const auto end = std::min(text.find(quote, 1), text.size());
            const auto value = text.substr(1, end - 1);
            text.remove_prefix(std::min(end + 1, text.size()));
            return value;
        }
        const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
        const auto value = text.substr(0, end);
        text.remove_prefix(end);
        return value;
    }

    std::string_view html_;
    std::size_t at_ = 0;
    std::string out_;
    std::vector<std::string> open_;
};

}  // namespace

std::string paragraphs(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!std::all_of(line.begin(), line.end(), is_space)) {
            out += "<p>" + escaped(line) + "</p>";
        }
    }
    return out;
}

std::string inline_text(std::string_view text) {
    std::string out;
    for (const char c : escaped(text)) {
        out += c == '\n' ? "<br/>" : std::string(1, c);
    }
    return out;
}

std::string xhtml_of(std::string_view html) { return Tidier(html).tidy(); }

std::string text_of(std::string_view xhtml) {
    std::string plain;
    while (!xhtml.empty()) {
        const auto open = std::min(xhtml.find('<'), xhtml.size());
        plain += decoded(xhtml.substr(0, open));
        const auto close = std::min(xhtml.find('>', open), xhtml.size());
        const auto tag = xhtml.substr(open, close - open);
        // Runs of letters keep together; blocks are words of their own.
        plain += tag.starts_with("<p") || tag.starts_with("</p") || tag.starts_with("<br") ||
                         tag.starts_with("<li") || tag.starts_with("<div")
                     ? " "
                     : "";
        xhtml.remove_prefix(std::min(close + 1, xhtml.size()));
    }
    std::string out;
    for (const char c : plain) {
        if (!is_space(c)) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

}  // namespace assay::import
