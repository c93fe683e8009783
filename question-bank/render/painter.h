#pragma once

#include <string>

#include "question-bank/render/markup.h"
#include "question-bank/render/page.h"

namespace assay::render {

inline constexpr std::size_t kPaintDepthMax = 250;

/// Walks the content of an item and writes safe HTML. One for a page; made by page.cpp.
class Painter {
  public:
    Painter(const RenderRequest& request, Markup& out) : request_(request), out_(out) {}

    /// Everything inside of `node`.
    void children(pugi::xml_node node);
    void node(pugi::xml_node node);

    Markup& out() { return out_; }
    const RenderRequest& request() const { return request_; }
    const item::Item& item() const { return request_.item; }
    std::string say(MessageId id, Args args = {}) const;
    /// "ia-3": an id of its own for each interaction of the page.
    std::string next_id() { return "ia-" + std::to_string(++count_); }
    /// Counts gaps, so that each can be named in the page.
    std::size_t next_gap() { return ++gaps_; }

    /// URL of a file of the package, or empty where the reference leaves it. A picture may also be
    /// `data:` of a raster type.
    std::string address(std::string_view reference) const;
    std::string picture_address(std::string_view reference) const;

    void picture(std::string_view reference, std::string_view alt, const Attributes& more = {});

  private:
    void element(pugi::xml_node node, std::string_view name);
    bool content_element(pugi::xml_node node, std::string_view name);
    bool media_element(pugi::xml_node node, std::string_view name);
    void html(pugi::xml_node node, std::string_view name);
    void image(pugi::xml_node node);
    void object(pugi::xml_node node);
    void link(pugi::xml_node node);
    void conditional(pugi::xml_node node, std::string_view name);
    void printed_variable(pugi::xml_node node);
    void svg(pugi::xml_node node);
    void math(pugi::xml_node node);
    void math_fenced(pugi::xml_node node);

    const RenderRequest& request_;
    Markup& out_;
    std::size_t count_ = 0;
    std::size_t gaps_ = 0;
    std::size_t depth_ = 0;
};

/// "math" of "m:math".
std::string_view local_name(pugi::xml_node node);

/// Plain text of a node and all below it, white space collapsed.
std::string plain_text(pugi::xml_node node);

}  // namespace assay::render
