#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "question-bank/item/item.h"

namespace assay::item {

enum class Navigation { kLinear, kNonlinear };
enum class Submission { kIndividual, kSimultaneous };

struct TimeLimits {
    std::optional<std::chrono::milliseconds> minimum;
    std::optional<std::chrono::milliseconds> maximum;
    bool allow_late = false;
};

/// itemSessionControl with the defaults of the standard; already inherited downwards.
struct SessionControl {
    std::uint32_t attempts_max = 1;  ///< 0: no limit
    bool show_feedback = false;
    bool allow_review = true;
    bool show_solution = false;
    bool allow_comment = false;
    bool allow_skipping = true;
    bool validate_responses = false;
};

struct Weight {
    std::string identifier;
    double value = 1;
};

/// A branch rule or precondition.
struct Branch {
    std::string target;
    Rule condition;
};

struct ItemRef {
    std::string identifier;
    std::string href;  ///< relative to the test's file
    std::vector<std::string> categories;
    std::vector<Weight> weights;
    std::vector<std::pair<std::string, std::string>> variable_mappings;  ///< source, target
    bool required = false;
    bool fixed = false;
    TimeLimits time;
    SessionControl control;
    std::vector<Rule> preconditions;
    std::vector<Branch> branches;
    std::vector<Rule> template_defaults;  ///< attribute templateIdentifier and one expression
};

struct Selection {
    std::uint32_t count = 0;
    bool with_replacement = false;
};

struct Section;

/// A child of a section: exactly one of the two.
struct SectionChild {
    std::vector<Section> section;  ///< none or one
    std::optional<ItemRef> item;
};

struct Section {
    std::string identifier;
    std::string title;
    bool visible = true;
    bool keep_together = true;
    bool required = false;
    bool fixed = false;
    std::optional<Selection> selection;
    bool shuffle = false;
    TimeLimits time;
    std::vector<RubricBlock> rubrics;
    std::vector<Rule> preconditions;
    std::vector<Branch> branches;
    std::vector<SectionChild> children;
};

struct TestPart {
    std::string identifier;
    std::string title;
    Navigation navigation = Navigation::kNonlinear;
    Submission submission = Submission::kIndividual;
    TimeLimits time;
    std::vector<Rule> preconditions;
    std::vector<Branch> branches;
    std::vector<Section> sections;
};

struct TestFeedback {
    std::string access;  ///< "atEnd" or "during"
    std::string outcome;
    std::string identifier;
    bool show = true;
    std::string title;
    pugi::xml_node node;
};

/// An assessmentTest. Nodes point into `document`.
struct Test {
    QtiVersion version = QtiVersion::kUnknown;
    std::string identifier;
    std::string title;
    std::string language;
    TimeLimits time;
    std::vector<Declaration> outcomes;
    std::vector<TestPart> parts;
    std::optional<Rule> outcome_processing;
    std::vector<TestFeedback> feedback;
    std::shared_ptr<const pugi::xml_document> document;
    std::vector<Finding> findings;

    /// Every item reference in document order, with the sections around it (outermost first).
    struct Place {
        const TestPart* part;
        std::vector<const Section*> sections;
        const ItemRef* item;
    };
    std::vector<Place> places() const;
};

/// Same errors as read_item.
Result<Test> read_test(ByteView xml);

inline constexpr std::size_t kSelectedMax = 1000;

/// What one candidate sees: item references in their order, after selection and ordering.
struct Form {
    std::uint64_t seed = 0;
    struct Entry {
        std::string identifier;  ///< of the reference; "Q1.2" is the second of a repeated one
        const ItemRef* item = nullptr;
        const TestPart* part = nullptr;
        std::vector<const Section*> sections;
    };
    std::vector<Entry> entries;
};

/// The same seed always gives the same form. Pointers live as long as `test`.
Form make_form(const Test& test, std::uint64_t seed);

}  // namespace assay::item
