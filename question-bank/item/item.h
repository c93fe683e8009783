#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "crypto/base/bytes.h"
#include "question-bank/item/declaration.h"
#include "question-bank/item/rule.h"

namespace assay::item {

inline constexpr std::size_t kItemBytesMax = std::size_t{8} * 1024 * 1024;
inline constexpr std::size_t kXmlDepthMax = 200;
inline constexpr std::size_t kXmlNodesMax = 200'000;

enum class QtiVersion { kUnknown, k20, k21, k22, k30 };

enum class InteractionKind {
    kChoice,
    kTextEntry,
    kExtendedText,
    kInlineChoice,
    kMatch,
    kOrder,
    kGapMatch,
    kAssociate,
    kHottext,
    kEndAttempt,
    kHotspot,
    kSlider,
    kSelectPoint,
    kGraphicGapMatch,
    kUpload,
    kMedia,
    kGraphicOrder,
    kGraphicAssociate,
    kPositionObject,
    kDrawing,
    kCustom,          ///< customInteraction: recognised, never executed
    kPortableCustom,  ///< portableCustomInteraction: recognised, never executed
};

/// "choiceInteraction", ...
std::string_view element_of(InteractionKind kind);
std::optional<InteractionKind> interaction_named(std::string_view element);

/// One thing that can be chosen, placed or filled: simpleChoice, inlineChoice, gapText, gapImg,
/// gap, hottext, simpleAssociableChoice, hotspotChoice, associableHotspot.
struct Choice {
    std::string identifier;
    std::string element;
    std::size_t set = 0;  ///< matchInteraction: 0 for the first simpleMatchSet, 1 for the second
    bool fixed = false;
    std::uint32_t match_max = 0;  ///< 0: no limit
    std::uint32_t match_min = 0;
    std::optional<Area> area;
    std::string label;  ///< plain text, or the alternative text of a picture
    pugi::xml_node node;
};

/// A place where the candidate answers. `node` is its element in the item's body (2.x names).
struct Interaction {
    InteractionKind kind = InteractionKind::kChoice;
    std::string response;  ///< identifier of the response variable
    std::vector<Choice> choices;
    bool shuffle = false;
    std::uint32_t choices_max = 0;  ///< 0: no limit
    std::uint32_t choices_min = 0;
    std::uint32_t line = 0;
    pugi::xml_node node;

    /// Empty where there is no such attribute (2.x spelling: "expectedLength").
    std::string_view attribute(const char* name) const;
};

enum class View { kAuthor, kCandidate, kProctor, kScorer, kTestConstructor, kTutor };

struct RubricBlock {
    std::vector<View> views;
    std::string use;
    pugi::xml_node node;
    bool for_view(View view) const;
};

struct ModalFeedback {
    std::string outcome;
    std::string identifier;
    bool show = true;
    std::string title;
    pugi::xml_node node;
};

/// A file that a practical task gives to the candidate: <a href data-assay-material="name">.
struct Material {
    std::string name;
    std::string href;
    std::string media_type;
};

inline constexpr std::uint64_t kDrawingBytesMax = std::uint64_t{1024} * 1024;
/// The file that a drawingInteraction of this response gives.
std::string drawing_name(std::string_view response);

/// A result that is asked for: an uploadInteraction with data-assay-result, or a drawing.
struct NamedResult {
    std::string response;
    std::string name;  ///< the file's name, e.g. "report.txt"
    std::string media_type;
    std::uint64_t bytes_max = 0;
    bool edited_here = false;  ///< in the page itself: data-assay-editor="plain-text", a drawing
    std::string
        starting_href;  ///< data-assay-start: the text that the editor begins with, or empty
};

/// Something read all the same, or that a person should look at: what, and in which line.
struct Finding {
    Message what;
    std::uint32_t line = 0;
};

/// An assessmentItem of QTI 2.0, 2.1, 2.2 or 3.0 in one model with the names of 2.x. Nodes point
/// into `document`, which is shared and never changed; an Item may be copied and used by many
/// threads.
struct Item {
    QtiVersion version = QtiVersion::kUnknown;
    std::string identifier;
    std::string title;
    std::string label;
    std::string language;  ///< xml:lang, or empty
    bool adaptive = false;
    bool time_dependent = false;
    std::vector<Declaration> responses;
    std::vector<Declaration> outcomes;
    std::vector<Declaration> templates;
    std::shared_ptr<const pugi::xml_document> document;
    pugi::xml_node body;
    std::vector<Interaction> interactions;  ///< in document order
    std::optional<Rule> response_processing;
    std::string response_template;  ///< URI of the template, or empty
    std::optional<Rule> template_processing;
    std::vector<ModalFeedback> modal_feedback;
    std::vector<RubricBlock> rubrics;
    std::vector<Material> materials;
    std::vector<NamedResult> results;
    std::vector<std::string> stylesheets;
    std::vector<std::string> references;  ///< every href, src and data in the body, as written
    std::vector<Finding> findings;        ///< what was read leniently and what cannot be done

    const Declaration* response(std::string_view wanted) const;
    const Declaration* outcome(std::string_view wanted) const;
    const Interaction* interaction_for(std::string_view response) const;
    /// A person has to mark it: an outcome is externalScored, or an answer is free text, a drawing
    /// or a file and no rule looks at it.
    bool needs_marker() const;
};

/// Reads an item. kInvalid with the line for what is not XML or not an item; kRefused for an
/// internal subset, an entity or a processing instruction that would load something; kLimit for
/// the limits above.
Result<Item> read_item(ByteView xml);

}  // namespace assay::item
