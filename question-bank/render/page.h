#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"
#include "crypto/text/texts.h"
#include "question-bank/item/item.h"
#include "question-bank/item/responses.h"
#include "question-bank/render/words.h"

namespace assay::render {

inline constexpr std::size_t kPageBytesMax = std::size_t{16} * 1024 * 1024;

/// Aids that a candidate may have beside the item, in the order of their buttons.
inline constexpr std::array<std::string_view, 8> kTools = {
    "highlighter", "eliminator", "mask",       "line-reader",
    "notes",       "calculator", "scientific", "read-aloud"};

enum class Theme { kLight, kDark, kHighContrast };

/// Answers as the host stored them.
struct PageState {
    std::map<std::string, item::TextLines, std::less<>> responses;  ///< by response identifier
    std::map<std::string, std::string, std::less<>>
        texts;  ///< of the built-in editor and of drawings, by file name
    std::map<std::string, std::string, std::less<>> aids;  ///< what the tools kept, by tool
};

/// What a page is made of. `item` should be of the candidate view: nothing of its declarations,
/// rules or feedback that is not shown is written into the page in any case.
struct RenderRequest {
    const item::Item& item;
    const text::Texts& texts;
    text::Language language = text::Language::kChinese;
    PageState state = {};
    Theme theme = Theme::kLight;
    bool enabled = true;          ///< false: shown, not to be answered (review, pause, marking)
    std::uint64_t seed = 0;       ///< choice_order(interaction, seed_for(seed, response)) is shown
    item::Values variables = {};  ///< template variables: item::template_values
    item::Values outcomes = {};   ///< for feedback; empty while the exam runs
    item::View view = item::View::kCandidate;  ///< whose rubric blocks are shown
    /// Names of kTools that the sitting and the candidate's profile allow; an item may do without
    /// some (data-assay-without-tools on its body). Other names are left out.
    std::vector<std::string> tools = {};
    std::string item_path = {};  ///< path of the item in its package; references start there
    /// Where the package's files are: "assay-bank://exam/part/" or "/bank/". Ends in '/'.
    std::string bank_url = "assay-bank://exam/part/";
    /// Where player.js and player.css are: "assay-bank://exam/player/" or "/player/". Ends in '/'.
    std::string player_url = "assay-bank://exam/player/";
    /// In `language`; null: made anew, which costs more than the rest of the page.
    const PlayerWords* words = nullptr;
};

/// A whole HTML page with its content security policy. kLimit where it would be too large.
Result<std::string> render_item_page(const RenderRequest& request);

/// Any content of an item or a test (rubric, feedback) as safe HTML, without interactions' state.
Result<std::string> render_fragment(const RenderRequest& request, pugi::xml_node content);

/// The argument of `assayPlayer.setState(...)`: JSON that may stand in a script.
std::string state_json(const PageState& state);

/// The policy that stands in the page, for a host that also sends it as a header.
std::string content_security_policy(const RenderRequest& request);

}  // namespace assay::render
