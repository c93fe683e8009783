#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terminal/sitting/paper.h"
#include "terminal/sitting/step.h"

namespace assay::sitting {

inline constexpr std::size_t kPageMessageBytesMax = 1U << 20U;

/// What the item player tells the host (question-bank/render/README.md, "Page to host").
struct PageMessage {
    static constexpr std::string_view kName = "page-message";
    std::string type;
    std::optional<std::string> id;
    std::optional<std::vector<std::string>> value;
    std::optional<std::string> result;
    std::optional<std::string> text;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("type", s.type);
        v.field("id", s.id);
        v.field("value", s.value);
        v.field("result", s.result);
        v.field("text", s.text);
    }
};

Result<PageMessage> read_page_message(ByteView json);

/// What the candidate entered, as an answer: width and spaces of what was typed are normalised
/// here, once, by item::capture, and the raw text goes along.
Result<AnswerChanged> captured(const Paper& paper, const std::string& item,
                               const std::string& response, const std::vector<std::string>& lines);

}  // namespace assay::sitting
