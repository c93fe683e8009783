#include "question-bank/item/item.h"

#include <algorithm>
#include <sstream>

#include "question-bank/item/interaction.h"
#include "question-bank/item/number.h"
#include "question-bank/item/read_declaration.h"
#include "question-bank/item/read_document.h"
#include "question-bank/item/read_rule.h"
#include "question-bank/item/response_template.h"
#include "question-bank/item/version.h"

namespace assay::item {

namespace {

View view_named(std::string_view name) {
    if (name == "author") {
        return View::kAuthor;
    }
    if (name == "proctor") {
        return View::kProctor;
    }
    if (name == "scorer") {
        return View::kScorer;
    }
    if (name == "testConstructor") {
        return View::kTestConstructor;
    }
    return name == "tutor" ? View::kTutor : View::kCandidate;
}

void read_feedback(pugi::xml_node root, Item& item) {
    for (const auto node : root.children("modalFeedback")) {
        item.modal_feedback.push_back(
            {node.attribute("outcomeIdentifier").value(), node.attribute("identifier").value(),
             std::string_view(node.attribute("showHide").value()) != "hide",
             node.attribute("title").value(), node});
    }
}

/// Rubric blocks, practical tasks and references: what the body holds besides interactions.
void read_body_parts(Item& item) {
    for_each_element(item.body, [&](pugi::xml_node node) {
        const std::string_view name = node.name();
        if (name == "rubricBlock") {
            item.rubrics.push_back(read_rubric(node));
        }
        for (const char* attribute : {"href", "src", "data", "xlink:href", "poster"}) {
            if (const auto found = node.attribute(attribute)) {
                item.references.emplace_back(found.value());
            }
        }
        if (const auto material = node.attribute("data-assay-material")) {
            item.materials.push_back(
                {material.value(), node.attribute("href").value(), node.attribute("type").value()});
        }
    });
}

void read_results(Item& item) {
    for (const auto& interaction : item.interactions) {
        if (interaction.kind == InteractionKind::kDrawing) {
            item.results.push_back({.response = interaction.response,
                                    .name = drawing_name(interaction.response),
                                    .media_type = "image/svg+xml",
                                    .bytes_max = kDrawingBytesMax,
                                    .edited_here = true,
                                    .starting_href = {}});
            continue;
        }
        const auto name = interaction.node.attribute("data-assay-result");
        if (interaction.kind != InteractionKind::kUpload || !name) {
            continue;
        }
        const auto most = integer_from(interaction.attribute("data-assay-bytes-max"));
        NamedResult result;
        result.response = interaction.response;
        result.name = name.value();
        result.media_type = interaction.attribute("type");
        result.bytes_max = most && *most > 0 ? static_cast<std::uint64_t>(*most) : 0;
        result.edited_here = interaction.attribute("data-assay-editor") == "plain-text";
        result.starting_href = interaction.attribute("data-assay-start");
        if (!result.starting_href.empty()) {
            item.references.push_back(result.starting_href);
        }
        item.results.push_back(std::move(result));
    }
}

void read_processing(const Xml& xml, Item& item) {
    const auto node = xml.root().child("responseProcessing");
    item.response_template = std::string(trimmed(node.attribute("template").value()));
    if (node.first_child()) {
        auto rule = read_rule(xml, node, item.findings);
        if (!rule.children.empty()) {
            item.response_processing = std::move(rule);
        }
    }
    if (!item.response_processing && !item.response_template.empty()) {
        item.response_processing = response_template(item.response_template);
        if (!item.response_processing) {
            item.findings.push_back(
                {{"item.template.unknown"_id, {{"template", item.response_template}}},
                 xml.line(node)});
        }
    }
    if (const auto templates = xml.root().child("templateProcessing")) {
        item.template_processing = read_rule(xml, templates, item.findings);
    }
}

/// "exact", "width" or "punctuation" on the interaction, carried to its response variable.
void read_folds(Item& item) {
    for (const auto& interaction : item.interactions) {
        const auto name = interaction.attribute("data-assay-fold");
        for (auto& declaration : item.responses) {
            if (name.empty() || declaration.identifier != interaction.response) {
                continue;
            }
            declaration.fold = name == "exact"         ? Fold::kExact
                               : name == "width"       ? Fold::kWidth
                               : name == "punctuation" ? Fold::kPunctuation
                                                       : Fold::kUnset;
            if (declaration.fold == Fold::kUnset) {
                item.findings.push_back(
                    {{"item.interaction.fold"_id, {{"value", std::string(name)}}},
                     interaction.line});
            }
        }
    }
}

void check_bindings(Item& item) {
    for (const auto& interaction : item.interactions) {
        if (interaction.kind == InteractionKind::kCustom ||
            interaction.kind == InteractionKind::kPortableCustom) {
            item.findings.push_back({{"item.interaction.custom"_id,
                                      {{"element", std::string(element_of(interaction.kind))}}},
                                     interaction.line});
        }
        if (item.response(interaction.response) == nullptr) {
            item.findings.push_back({{"item.interaction.unbound"_id,
                                      {{"element", std::string(element_of(interaction.kind))},
                                       {"response", interaction.response}}},
                                     interaction.line});
        }
    }
}

const Declaration* declaration_named(const std::vector<Declaration>& all, std::string_view wanted) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.identifier == wanted; });
    return found == all.end() ? nullptr : &*found;
}

bool mentions(const Rule& rule, std::string_view identifier) {
    return rule.attribute("identifier") == identifier ||
           std::any_of(rule.children.begin(), rule.children.end(),
                       [&](const Rule& child) { return mentions(child, identifier); });
}

bool free_answer(const Item& item, const Interaction& interaction) {
    switch (interaction.kind) {
        case InteractionKind::kUpload:
        case InteractionKind::kDrawing:
            return true;
        case InteractionKind::kExtendedText:
            return !item.response_processing ||
                   !mentions(*item.response_processing, interaction.response);
        default:
            return false;
    }
}

}  // namespace

std::string drawing_name(std::string_view response) { return std::string(response) + ".svg"; }

std::string_view Interaction::attribute(const char* name) const {
    return node.attribute(name).value();
}

bool RubricBlock::for_view(View view) const {
    return std::find(views.begin(), views.end(), view) != views.end();
}

RubricBlock read_rubric(pugi::xml_node node) {
    RubricBlock block;
    std::istringstream views(node.attribute("view").value());
    for (std::string view; views >> view;) {
        block.views.push_back(view_named(view));
    }
    if (block.views.empty()) {
        block.views.push_back(View::kCandidate);
    }
    block.use = node.attribute("use").value();
    block.node = node;
    return block;
}

const Declaration* Item::response(std::string_view wanted) const {
    return declaration_named(responses, wanted);
}

const Declaration* Item::outcome(std::string_view wanted) const {
    return declaration_named(outcomes, wanted);
}

const Interaction* Item::interaction_for(std::string_view wanted) const {
    const auto found = std::find_if(interactions.begin(), interactions.end(),
                                    [&](const auto& i) { return i.response == wanted; });
    return found == interactions.end() ? nullptr : &*found;
}

bool Item::needs_marker() const {
    return std::any_of(outcomes.begin(), outcomes.end(),
                       [](const auto& o) { return o.external_scored == "human"; }) ||
           std::any_of(interactions.begin(), interactions.end(),
                       [&](const auto& i) { return free_answer(*this, i); });
}

Result<Item> read_item(ByteView bytes) {
    ASSAY_TRY(const auto xml, parse_xml(bytes));
    return item_of(xml);
}

Result<Item> item_of(const Xml& xml) {
    const auto root = xml.root();
    if (std::string_view(root.name()) != "assessmentItem") {
        return fail(Code::kInvalid, "item.item.not-an-item"_id, {{"element", root.name()}});
    }
    Item item;
    item.document = xml.document;
    item.version = version_of(root);
    item.identifier = root.attribute("identifier").value();
    item.title = root.attribute("title").value();
    item.label = root.attribute("label").value();
    item.language = root.attribute("xml:lang").value();
    item.adaptive = std::string_view(root.attribute("adaptive").value()) == "true";
    item.time_dependent = std::string_view(root.attribute("timeDependent").value()) == "true";
    read_declarations(root, {xml, item.version, item.findings}, item);
    item.body = root.child("itemBody");
    item.interactions = read_interactions(xml, item.body);
    read_processing(xml, item);
    read_feedback(root, item);
    read_body_parts(item);
    read_results(item);
    for (const auto sheet : root.children("stylesheet")) {
        item.stylesheets.emplace_back(sheet.attribute("href").value());
    }
    read_folds(item);
    check_bindings(item);
    return item;
}

}  // namespace assay::item
