#pragma once

#include <optional>
#include <string_view>

namespace assay::render {

/// What becomes of an element of an item.
enum class Fate {
    kKeep,    ///< written under `name`
    kEmpty,   ///< the same, and it never has content
    kUnwrap,  ///< only its content is written: unknown elements, links
    kDrop,    ///< gone with its content: script, frames, forms
};

struct Ruling {
    Fate fate;
    std::string_view name;  ///< from our own table, never from the item
};

Ruling html_ruling(std::string_view element);
Ruling svg_ruling(std::string_view element);
Ruling math_ruling(std::string_view element);

/// The attribute's own name where it may stay as it is written, or nothing. Attributes that hold
/// an address, an id, a class or a style are not among them: body.cpp rewrites those.
std::optional<std::string_view> html_attribute(std::string_view attribute);
std::optional<std::string_view> svg_attribute(std::string_view attribute);
std::optional<std::string_view> math_attribute(std::string_view attribute);

}  // namespace assay::render
