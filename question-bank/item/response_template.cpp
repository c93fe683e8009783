#include "question-bank/item/response_template.h"

#include <array>

#include <pugixml.hpp>

#include "question-bank/item/read_rule.h"

namespace assay::item {

namespace {

struct Template {
    std::string_view name;
    const char* rules;
};

constexpr std::array<Template, 6> kTemplates = {{
    {"match_correct",
     R"(<responseProcessing><responseCondition>
        <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
        </responseIf>
        <responseElse>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>
        </responseElse></responseCondition></responseProcessing>)"},
    {"map_response",
     R"(<responseProcessing><responseCondition>
        <responseIf><isNull><variable identifier="RESPONSE"/></isNull>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>
        </responseIf>
        <responseElse>
          <setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>
        </responseElse></responseCondition></responseProcessing>)"},
    {"map_response_point",
     R"(<responseProcessing><responseCondition>
        <responseIf><isNull><variable identifier="RESPONSE"/></isNull>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>
        </responseIf>
        <responseElse>
          <setOutcomeValue identifier="SCORE"><mapResponsePoint identifier="RESPONSE"/></setOutcomeValue>
        </responseElse></responseCondition></responseProcessing>)"},
    {"CC2_match",
     R"(<responseProcessing><responseCondition>
        <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
        </responseIf>
        <responseElse>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>
        </responseElse></responseCondition></responseProcessing>)"},
    {"CC2_match_basic",
     R"(<responseProcessing><responseCondition>
        <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
          <setOutcomeValue identifier="SCORE"><variable identifier="MAXSCORE"/></setOutcomeValue>
          <setOutcomeValue identifier="FEEDBACKBASIC">
            <baseValue baseType="identifier">correct</baseValue></setOutcomeValue>
        </responseIf>
        <responseElse>
          <setOutcomeValue identifier="FEEDBACKBASIC">
            <baseValue baseType="identifier">incorrect</baseValue></setOutcomeValue>
        </responseElse></responseCondition></responseProcessing>)"},
    {"CC2_map_response",
     R"(<responseProcessing><responseCondition>
        <responseIf><isNull><variable identifier="RESPONSE"/></isNull>
          <setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>
        </responseIf>
        <responseElse>
          <setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>
        </responseElse></responseCondition>
        <responseCondition>
        <responseIf><equal toleranceMode="exact"><variable identifier="MAXSCORE"/>
          <variable identifier="SCORE"/></equal>
          <setOutcomeValue identifier="FEEDBACK">
            <baseValue baseType="identifier">correct</baseValue></setOutcomeValue>
        </responseIf>
        <responseElse>
          <setOutcomeValue identifier="FEEDBACK">
            <baseValue baseType="identifier">incorrect</baseValue></setOutcomeValue>
        </responseElse></responseCondition></responseProcessing>)"},
}};

std::string_view last_part(std::string_view uri) {
    while (uri.ends_with('/')) {
        uri.remove_suffix(1);
    }
    const auto slash = uri.find_last_of("/:");
    auto name = slash == std::string_view::npos ? uri : uri.substr(slash + 1);
    if (name.ends_with(".xml")) {
        name.remove_suffix(4);
    }
    return name;
}

}  // namespace

std::optional<Rule> response_template(std::string_view uri) {
    const auto name = last_part(uri);
    for (const auto& known : kTemplates) {
        if (known.name == name) {
            pugi::xml_document document;
            ASSAY_CHECK(document.load_string(known.rules).status == pugi::status_ok);
            return read_rule(document.document_element());
        }
    }
    return std::nullopt;
}

}  // namespace assay::item
