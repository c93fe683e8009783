#include "question-bank/render/allow.h"

#include <algorithm>
#include <array>

namespace assay::render {
namespace {

constexpr auto kHtmlKept = std::to_array<std::string_view>(
    {"abbr",    "address",    "article",  "aside",  "b",   "bdi", "bdo",   "blockquote", "caption",
     "cite",    "code",       "colgroup", "dd",     "del", "dfn", "div",   "dl",         "dt",
     "em",      "figcaption", "figure",   "footer", "h1",  "h2",  "h3",    "h4",         "h5",
     "h6",      "header",     "i",        "ins",    "kbd", "li",  "mark",  "ol",         "p",
     "pre",     "q",          "rb",       "rp",     "rt",  "rtc", "ruby",  "s",          "samp",
     "section", "small",      "span",     "strong", "sub", "sup", "table", "tbody",      "td",
     "tfoot",   "th",         "thead",    "time",   "tr",  "u",   "ul",    "var"});
constexpr auto kHtmlEmpty = std::to_array<std::string_view>({"br", "col", "hr", "wbr"});
// Names of old or of layout only, with what stands for them today.
constexpr auto kHtmlRenamed =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"acronym", "abbr"},
                                                                  {"big", "span"},
                                                                  {"center", "div"},
                                                                  {"font", "span"},
                                                                  {"label", "span"},
                                                                  {"main", "div"},
                                                                  {"nav", "div"},
                                                                  {"strike", "s"},
                                                                  {"tt", "code"},
                                                                  {"legend", "div"},
                                                                  {"fieldset", "div"},
                                                                  {"summary", "div"},
                                                                  {"details", "div"},
                                                                  {"prompt", "div"}});
constexpr auto kDropped = std::to_array<std::string_view>({"applet",
                                                           "area",
                                                           "base",
                                                           "button",
                                                           "canvas",
                                                           "datalist",
                                                           "dialog",
                                                           "embed",
                                                           "form",
                                                           "frame",
                                                           "frameset",
                                                           "head",
                                                           "iframe",
                                                           "input",
                                                           "keygen",
                                                           "link",
                                                           "map",
                                                           "meta",
                                                           "meter",
                                                           "noembed",
                                                           "noframes",
                                                           "noscript",
                                                           "optgroup",
                                                           "option",
                                                           "output",
                                                           "param",
                                                           "plaintext",
                                                           "portal",
                                                           "progress",
                                                           "script",
                                                           "select",
                                                           "slot",
                                                           "source",
                                                           "style",
                                                           "stylesheet",
                                                           "template",
                                                           "textarea",
                                                           "title",
                                                           "track",
                                                           "xmp",
                                                           "portableCustomInteraction",
                                                           "portableInfoControl",
                                                           "companionMaterialsInfo",
                                                           "catalogInfo",
                                                           "modalFeedback",
                                                           "apipAccessibility",
                                                           "responseProcessing"});
constexpr auto kSvgKept = std::to_array<std::string_view>(
    {"svg",      "g",        "path",           "rect",           "circle", "ellipse",
     "line",     "polyline", "polygon",        "text",           "tspan",  "defs",
     "title",    "desc",     "linearGradient", "radialGradient", "stop",   "marker",
     "clipPath", "mask",     "pattern",        "symbol",         "use",    "image"});
constexpr auto kMathKept = std::to_array<std::string_view>(
    {"math",        "mrow",    "mi",       "mn",      "mo",         "ms",
     "mtext",       "mspace",  "mfrac",    "msqrt",   "mroot",      "mstyle",
     "merror",      "mpadded", "mphantom", "mfenced", "menclose",   "msub",
     "msup",        "msubsup", "munder",   "mover",   "munderover", "mmultiscripts",
     "mprescripts", "none",    "mtable",   "mtr",     "mtd"});
constexpr auto kHtmlAttributes = std::to_array<std::string_view>(
    {"abbr", "alt", "aria-hidden", "aria-label", "aria-level", "colspan", "datetime", "dir",
     "height", "lang", "reversed", "rowspan", "scope", "span", "start", "title", "value", "width"});
constexpr auto kSvgAttributes = std::to_array<std::string_view>({"aria-hidden",
                                                                 "aria-label",
                                                                 "clip-rule",
                                                                 "cx",
                                                                 "cy",
                                                                 "d",
                                                                 "dominant-baseline",
                                                                 "dx",
                                                                 "dy",
                                                                 "fill",
                                                                 "fill-opacity",
                                                                 "fill-rule",
                                                                 "font-family",
                                                                 "font-size",
                                                                 "font-style",
                                                                 "font-weight",
                                                                 "fx",
                                                                 "fy",
                                                                 "gradientTransform",
                                                                 "gradientUnits",
                                                                 "height",
                                                                 "lang",
                                                                 "marker-end",
                                                                 "marker-mid",
                                                                 "marker-start",
                                                                 "markerHeight",
                                                                 "markerUnits",
                                                                 "markerWidth",
                                                                 "offset",
                                                                 "opacity",
                                                                 "orient",
                                                                 "patternTransform",
                                                                 "patternUnits",
                                                                 "points",
                                                                 "preserveAspectRatio",
                                                                 "r",
                                                                 "refX",
                                                                 "refY",
                                                                 "rotate",
                                                                 "rx",
                                                                 "ry",
                                                                 "spreadMethod",
                                                                 "stop-color",
                                                                 "stop-opacity",
                                                                 "stroke",
                                                                 "stroke-dasharray",
                                                                 "stroke-dashoffset",
                                                                 "stroke-linecap",
                                                                 "stroke-linejoin",
                                                                 "stroke-miterlimit",
                                                                 "stroke-opacity",
                                                                 "stroke-width",
                                                                 "text-anchor",
                                                                 "textLength",
                                                                 "transform",
                                                                 "vector-effect",
                                                                 "viewBox",
                                                                 "visibility",
                                                                 "width",
                                                                 "x",
                                                                 "x1",
                                                                 "x2",
                                                                 "y",
                                                                 "y1",
                                                                 "y2"});
constexpr auto kMathAttributes = std::to_array<std::string_view>(
    {"accent",      "accentunder",   "align",       "alttext",   "bevelled",     "columnalign",
     "columnlines", "columnspan",    "dir",         "display",   "displaystyle", "denomalign",
     "depth",       "fence",         "form",        "frame",     "height",       "largeop",
     "linebreak",   "linethickness", "lspace",      "mathsize",  "mathvariant",  "maxsize",
     "minsize",     "movablelimits", "notation",    "numalign",  "rowalign",     "rowlines",
     "rowspan",     "rspace",        "scriptlevel", "separator", "stretchy",     "symmetric",
     "voffset",     "width"});

template <std::size_t N>
std::optional<std::string_view> own(const std::array<std::string_view, N>& table,
                                    std::string_view name) {
    const auto found = std::find(table.begin(), table.end(), name);
    return found == table.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

Ruling html_ruling(std::string_view element) {
    if (const auto name = own(kHtmlKept, element)) {
        return {Fate::kKeep, *name};
    }
    if (const auto name = own(kHtmlEmpty, element)) {
        return {Fate::kEmpty, *name};
    }
    for (const auto& [old, name] : kHtmlRenamed) {
        if (old == element) {
            return {Fate::kKeep, name};
        }
    }
    return {own(kDropped, element) ? Fate::kDrop : Fate::kUnwrap, {}};
}

Ruling svg_ruling(std::string_view element) {
    if (const auto name = own(kSvgKept, element)) {
        return {Fate::kKeep, *name};
    }
    return {element == "a" || element == "switch" ? Fate::kUnwrap : Fate::kDrop, {}};
}

Ruling math_ruling(std::string_view element) {
    if (const auto name = own(kMathKept, element)) {
        return {Fate::kKeep, *name};
    }
    return {element == "semantics" || element == "maction" ? Fate::kUnwrap : Fate::kDrop, {}};
}

std::optional<std::string_view> html_attribute(std::string_view attribute) {
    return own(kHtmlAttributes, attribute);
}

std::optional<std::string_view> svg_attribute(std::string_view attribute) {
    return own(kSvgAttributes, attribute);
}

std::optional<std::string_view> math_attribute(std::string_view attribute) {
    return own(kMathAttributes, attribute);
}

}  // namespace assay::render
