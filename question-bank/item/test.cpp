#include "question-bank/item/test.h"

#include <sstream>

#include "question-bank/item/number.h"
#include "question-bank/item/read_declaration.h"
#include "question-bank/item/read_document.h"
#include "question-bank/item/read_rule.h"
#include "question-bank/item/version.h"

namespace assay::item {

namespace {

bool is_true(pugi::xml_node node, const char* name, bool otherwise) {
    const std::string_view text = node.attribute(name).value();
    if (text.empty()) {
        return otherwise;
    }
    return text == "true" || text == "1";
}

std::optional<std::chrono::milliseconds> time_of(pugi::xml_node node, const char* name) {
    const auto seconds = real_from(node.attribute(name).value());
    const auto millis = seconds ? as_integer(*seconds * 1000) : std::nullopt;
    return millis && *millis >= 0 ? std::optional(std::chrono::milliseconds(*millis))
                                  : std::nullopt;
}

TimeLimits read_time(pugi::xml_node parent) {
    const auto node = parent.child("timeLimits");
    return {time_of(node, "minTime"), time_of(node, "maxTime"),
            is_true(node, "allowLateSubmission", false)};
}

SessionControl read_control(pugi::xml_node parent, SessionControl control) {
    const auto node = parent.child("itemSessionControl");
    const auto attempts = integer_from(node.attribute("maxAttempts").value());
    if (attempts && *attempts >= 0 && *attempts <= UINT32_MAX) {
        control.attempts_max = static_cast<std::uint32_t>(*attempts);
    }
    control.show_feedback = is_true(node, "showFeedback", control.show_feedback);
    control.allow_review = is_true(node, "allowReview", control.allow_review);
    control.show_solution = is_true(node, "showSolution", control.show_solution);
    control.allow_comment = is_true(node, "allowComment", control.allow_comment);
    control.allow_skipping = is_true(node, "allowSkipping", control.allow_skipping);
    control.validate_responses = is_true(node, "validateResponses", control.validate_responses);
    return control;
}

/// Reads the parts of one file.
class Reader {
  public:
    Reader(const Xml& xml, Test& test) : xml_(xml), test_(test) {}

    void read() {
        const auto root = xml_.root();
        test_.identifier = root.attribute("identifier").value();
        test_.title = root.attribute("title").value();
        test_.language = root.attribute("xml:lang").value();
        test_.time = read_time(root);
        for (const auto node : root.children("outcomeDeclaration")) {
            test_.outcomes.push_back(read_declaration(node, VariableKind::kOutcome,
                                                      {xml_, test_.version, test_.findings}));
        }
        for (const auto node : root.children("testPart")) {
            test_.parts.push_back(read_part(node));
        }
        if (const auto node = root.child("outcomeProcessing")) {
            test_.outcome_processing = read_rule(xml_, node, test_.findings);
        }
        read_feedback(root);
    }

    Section read_section(pugi::xml_node node, const SessionControl& inherited) {
        const auto control = read_control(node, inherited);
        Section out;
        out.identifier = node.attribute("identifier").value();
        out.title = node.attribute("title").value();
        out.visible = is_true(node, "visible", true);
        out.keep_together = is_true(node, "keepTogether", true);
        out.required = is_true(node, "required", false);
        out.fixed = is_true(node, "fixed", false);
        out.time = read_time(node);
        out.shuffle = is_true(node.child("ordering"), "shuffle", false);
        read_selection(node, out);
        read_jumps(node, out.preconditions, out.branches);
        for (const auto rubric : node.children("rubricBlock")) {
            out.rubrics.push_back(read_rubric(rubric));
        }
        for (const auto child : node.children()) {
            const std::string_view name = child.name();
            if (name == "assessmentSection") {
                out.children.push_back({{read_section(child, control)}, std::nullopt});
            } else if (name == "assessmentItemRef") {
                out.children.push_back({{}, read_item_ref(child, control)});
            } else if (name == "assessmentSectionRef") {
                test_.findings.push_back({{"item.test.section-reference"_id,
                                           {{"href", child.attribute("href").value()}}},
                                          xml_.line(child)});
            }
        }
        return out;
    }

  private:
    TestPart read_part(pugi::xml_node node) {
        const auto control = read_control(node, {});
        TestPart out;
        out.identifier = node.attribute("identifier").value();
        out.title = node.attribute("title").value();
        out.navigation = std::string_view(node.attribute("navigationMode").value()) == "linear"
                             ? Navigation::kLinear
                             : Navigation::kNonlinear;
        out.submission =
            std::string_view(node.attribute("submissionMode").value()) == "simultaneous"
                ? Submission::kSimultaneous
                : Submission::kIndividual;
        out.time = read_time(node);
        read_jumps(node, out.preconditions, out.branches);
        for (const auto child : node.children("assessmentSection")) {
            out.sections.push_back(read_section(child, control));
        }
        read_feedback(node);
        return out;
    }

    void read_jumps(pugi::xml_node node, std::vector<Rule>& preconditions,
                    std::vector<Branch>& branches) {
        for (const auto child : node.children("preCondition")) {
            preconditions.push_back(read_rule(xml_, child, test_.findings));
        }
        for (const auto child : node.children("branchRule")) {
            branches.push_back(
                {child.attribute("target").value(), read_rule(xml_, child, test_.findings)});
        }
    }

    static void read_selection(pugi::xml_node node, Section& out) {
        const auto selection = node.child("selection");
        const auto count = integer_from(selection.attribute("select").value());
        if (selection && count && *count >= 0 && *count <= UINT32_MAX) {
            out.selection = Selection{static_cast<std::uint32_t>(*count),
                                      is_true(selection, "withReplacement", false)};
        }
    }

    ItemRef read_item_ref(pugi::xml_node node, const SessionControl& inherited) {
        ItemRef out;
        out.identifier = node.attribute("identifier").value();
        out.href = node.attribute("href").value();
        std::istringstream categories(node.attribute("category").value());
        for (std::string category; categories >> category;) {
            out.categories.push_back(category);
        }
        for (const auto weight : node.children("weight")) {
            out.weights.push_back({weight.attribute("identifier").value(),
                                   real_from(weight.attribute("value").value()).value_or(1)});
        }
        for (const auto mapping : node.children("variableMapping")) {
            out.variable_mappings.emplace_back(mapping.attribute("sourceIdentifier").value(),
                                               mapping.attribute("targetIdentifier").value());
        }
        out.required = is_true(node, "required", false);
        out.fixed = is_true(node, "fixed", false);
        out.time = read_time(node);
        out.control = read_control(node, inherited);
        read_jumps(node, out.preconditions, out.branches);
        for (const auto preset : node.children("templateDefault")) {
            out.template_defaults.push_back(read_rule(xml_, preset, test_.findings));
        }
        return out;
    }

    void read_feedback(pugi::xml_node parent) {
        for (const auto node : parent.children("testFeedback")) {
            test_.feedback.push_back(
                {node.attribute("access").value(), node.attribute("outcomeIdentifier").value(),
                 node.attribute("identifier").value(),
                 std::string_view(node.attribute("showHide").value()) != "hide",
                 node.attribute("title").value(), node});
        }
    }

    const Xml& xml_;
    Test& test_;
};

void collect(const TestPart& part, const Section& section, std::vector<const Section*> around,
             std::vector<Test::Place>& out) {
    around.push_back(&section);
    for (const auto& child : section.children) {
        if (child.item) {
            out.push_back({&part, around, &*child.item});
        } else {
            collect(part, child.section.front(), around, out);
        }
    }
}

}  // namespace

std::vector<Test::Place> Test::places() const {
    std::vector<Place> out;
    for (const auto& part : parts) {
        for (const auto& section : part.sections) {
            collect(part, section, {}, out);
        }
    }
    return out;
}

Result<Test> read_test(ByteView bytes) {
    ASSAY_TRY(const auto xml, parse_xml(bytes));
    return test_of(xml);
}

Result<Test> test_of(const Xml& xml) {
    const std::string_view name = xml.root().name();
    if (name != "assessmentTest") {
        return fail(Code::kInvalid, "item.test.not-a-test"_id, {{"element", std::string(name)}});
    }
    Test test;
    test.document = xml.document;
    test.version = version_of(xml.root());
    Reader(xml, test).read();
    return test;
}

}  // namespace assay::item
