// The sentences of the standard about each operator, as rows: what it is given and what it gives.
#include <sstream>

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "question-bank/item/operator.h"
#include "question-bank/item/read_rule.h"
#include "question-bank/item/responses.h"

namespace assay::item {
namespace {

/// `call`: the element and its attributes. `operands`: a type letter and a value each, N for NULL,
/// M(...) and O(...) for containers of one type; a value with a space stands in quotes. `gives`:
/// the values with commas, "" for NULL, "error" for a fault.
struct Row {
    const char* call;
    const char* operands;
    const char* gives;
};

const std::vector<Row> kRows = {
    {"and", "B true B true", "true"},
    {"and", "B true N", ""},
    {"and", "B false N", "false"},
    {"or", "B false N", ""},
    {"or", "B true N", "true"},
    {"or", "B false B false", "false"},
    {"not", "B true", "false"},
    {"not", "N", ""},
    {"anyN min=3 max=4", "B true B true B false N", ""},
    {"anyN min=3 max=4", "B true B false B false N", "false"},
    {"anyN min=3 max=4", "B true B true B true N", "true"},
    {"anyN min=1 max=1", "B true B true", "false"},
    {"match", "I 2 I 2", "true"},
    {"match", "S a S A", "false"},
    {"match", "P 'A B' P 'B A'", "true"},
    {"match", "D 'A B' D 'B A'", "false"},
    {"match", "M(d A B) M(d B A)", "true"},
    {"match", "O(d A B) O(d B A)", "false"},
    {"match", "M(d A A B) M(d A B B)", "false"},
    {"match", "I 2 N", ""},
    {"match", "I 2 F 2", "error"},
    {"lt", "I 1 F 1.5", "true"},
    {"lt", "I 2 I 2", "false"},
    {"lte", "I 2 I 2", "true"},
    {"gt", "F 2.5 I 2", "true"},
    {"gte", "I 1 I 2", "false"},
    {"gte", "N I 2", ""},
    {"durationLT", "T PT9S T PT10S", "true"},
    {"durationGTE", "T PT10S T PT10S", "true"},
    {"equal", "F 0.1 F 0.1", "true"},
    {"equal", "I 2 F 2", "true"},
    {"equal", "N I 2", ""},
    {"equal toleranceMode=absolute tolerance=0.1", "F 10 F 10.1", "true"},
    {"equal toleranceMode=absolute tolerance='0.1 0.2'", "F 10 F 10.2", "true"},
    {"equal toleranceMode=absolute tolerance='0.1 0.2'", "F 10 F 9.8", "false"},
    {"equal toleranceMode=absolute tolerance=0.1 includeUpperBound=false", "F 10 F 10.1", "false"},
    {"equal toleranceMode=absolute tolerance=0.1 includeLowerBound=false", "F 10 F 9.9", "false"},
    {"equal toleranceMode=relative tolerance=10", "F 100 F 90", "true"},
    {"equal toleranceMode=relative tolerance=10", "F 100 F 89", "false"},
    {"equal toleranceMode=relative tolerance=10", "F -100 F -110", "true"},
    {"equalRounded roundingMode=significantFigures figures=3", "F 3.175 F 3.183", "true"},
    {"equalRounded roundingMode=significantFigures figures=3", "F 3.1749 F 3.183", "false"},
    {"equalRounded roundingMode=decimalPlaces figures=1", "F 1.25 F 1.3", "true"},
    {"inside shape=rect coords=0,0,5,3", "p '2 2'", "true"},
    {"inside shape=rect coords=0,0,5,3", "p '6 2'", "false"},
    {"inside shape=circle coords=0,0,5", "p '3 4'", "true"},
    {"inside shape=rect coords=0,0,5,3", "M(p '9 9' '1 1')", "true"},
    {"inside shape=rect coords=0,0,5,3", "N", ""},
    {"multiple", "d A d B M(d C D)", "A,B,C,D"},
    {"multiple", "N N", ""},
    {"multiple", "d A N", "A"},
    {"multiple", "d A I 1", "error"},
    {"multiple", "O(d A)", "error"},
    {"ordered", "d A O(d C D) d B", "A,C,D,B"},
    {"containerSize", "M(d A B)", "2"},
    {"containerSize", "N", "0"},
    {"isNull", "N", "true"},
    {"isNull", "S ''", "true"},
    {"isNull", "I 0", "false"},
    {"index n=2", "O(d A B C)", "B"},
    {"index n=4", "O(d A B C)", ""},
    {"index n=0", "O(d A)", "error"},
    {"index n=1", "M(d A)", "error"},
    {"member", "d B M(d A B)", "true"},
    {"member", "d C O(d A B)", "false"},
    {"member", "N M(d A)", ""},
    {"delete", "d A M(d B A C A)", "B,C"},
    {"delete", "d A O(d B A C A)", "B,C"},
    {"delete", "d A N", ""},
    {"contains", "M(d A B C) M(d C A)", "true"},
    {"contains", "M(d A B C) M(d B B)", "false"},
    {"contains", "M(d A B B C) M(d B B)", "true"},
    {"contains", "O(d A B C) O(d C A)", "false"},
    {"contains", "O(d A B C) O(d B C)", "true"},
    {"contains", "M(d A) O(d A)", "error"},
    {"repeat numberRepeats=2", "d A d B", "A,B,A,B"},
    {"repeat numberRepeats=0", "d A", ""},
    {"random", "M(d A)", "A"},
    {"random", "N", ""},
    {"stringMatch caseSensitive=true", "S York S york", "false"},
    {"stringMatch caseSensitive=false", "S York S yORK", "true"},
    {"stringMatch caseSensitive=true", "S York N", ""},
    {"substring caseSensitive=true", "S or S York", "true"},
    {"substring caseSensitive=true", "S York S or", "false"},
    {"substring caseSensitive=false", "S OR S York", "true"},
    {"patternMatch pattern=[0-9]+", "S 123", "true"},
    {"patternMatch pattern=[0-9]+", "S a123", "false"},
    {"patternMatch pattern=[0-9]+", "N", ""},
    {"sum", "I 1 I 2", "3"},
    {"sum", "I 1 F 2.5", "3.5"},
    {"sum", "M(I 1 2 3)", "6"},
    {"sum", "I 1 N", ""},
    {"product", "I 2 M(I 3 4)", "24"},
    {"product", "F 0.5 I 3", "1.5"},
    {"subtract", "I 5 I 7", "-2"},
    {"subtract", "I 5 F 0.5", "4.5"},
    {"divide", "I 7 I 2", "3.5"},
    {"divide", "I 7 I 0", ""},
    {"divide", "F 0 I 3", "0"},
    {"power", "I 2 I 10", "1024"},
    {"power", "I 0 I -1", ""},
    {"power", "F -8 F 0.5", ""},
    {"integerDivide", "I 7 I 2", "3"},
    {"integerDivide", "I -7 I 2", "-4"},
    {"integerDivide", "I 7 I 0", ""},
    {"integerModulus", "I 7 I 2", "1"},
    {"integerModulus", "I -7 I 2", "1"},
    {"integerModulus", "I 7 I -2", "-1"},
    {"integerToFloat", "I 3", "3"},
    {"gcd", "I 12 I 18", "6"},
    {"gcd", "I 0 I 0", "0"},
    {"gcd", "I 0 I 7", "7"},
    {"lcm", "I 4 I 6", "12"},
    {"lcm", "I 4 I 0", "0"},
    {"min", "I 3 M(I 1 2)", "1"},
    {"max", "F 1.5 I 1", "1.5"},
    {"max", "I 1 N", ""},
    {"round", "F 6.8", "7"},
    {"round", "F 6.5", "7"},
    {"round", "F 6.49", "6"},
    {"round", "F -6.5", "-6"},
    {"round", "F 0.49999999999999994", "0"},
    {"round", "F NaN", ""},
    {"round", "F INF", "INF"},
    {"truncate", "F 6.8", "6"},
    {"truncate", "F -6.8", "-6"},
    {"truncate", "F -INF", "-INF"},
    {"roundTo roundingMode=decimalPlaces figures=2", "F 5.055", "5.06"},
    {"roundTo roundingMode=decimalPlaces figures=2", "F -5.055", "-5.06"},
    {"roundTo roundingMode=significantFigures figures=3", "F 1239451", "1240000"},
    {"roundTo roundingMode=decimalPlaces figures=0", "F 2.5", "3"},
    {"mathOperator name=abs", "F -2", "2"},
    {"mathOperator name=signum", "F -2", "-1"},
    {"mathOperator name=floor", "F -2.5", "-3"},
    {"mathOperator name=ceil", "F -2.5", "-2"},
    {"mathOperator name=asin", "F 2", ""},
    {"mathOperator name=log", "F 100", "2"},
    {"mathOperator name=ln", "F -1", ""},
    {"mathOperator name=exp", "F 0", "1"},
    {"mathOperator name=csc", "F 0", ""},
    {"mathOperator name=coth", "F 0", ""},
    {"mathOperator name=atan2", "F 0 F 1", "0"},
    {"mathOperator name=toDegrees", "F 0", "0"},
    {"mathOperator name=sin", "N", ""},
    {"statsOperator name=mean", "M(F 1 2 3)", "2"},
    {"statsOperator name=popVariance", "M(F 1 2 3 4)", "1.25"},
    {"statsOperator name=sampleVariance", "M(F 1 2 3)", "1"},
    {"statsOperator name=sampleSD", "M(F 1 2 3)", "1"},
    {"statsOperator name=popSD", "M(F 2 2)", "0"},
    {"statsOperator name=sampleSD", "M(F 1)", ""},
    // Operands of odd types and shapes.
    {"and", "I 1", "error"},
    {"not", "M(B true)", "error"},
    {"anyN min=0 max=0", "B false N", ""},
    {"match", "p '1 2' p '1 2'", "true"},
    {"match", "T PT60S T PT1M", "true"},
    {"match", "M(P 'A B' 'C D') M(P 'D C' 'B A')", "true"},
    {"match", "M(D 'A B' 'C D') M(D 'C D' 'A B')", "true"},
    {"match", "M(D 'A B') M(D 'B A')", "false"},
    {"match", "O(P 'A B' 'C D') O(P 'B A' 'D C')", "true"},
    {"match", "M(p '1 2' '3 4') M(p '3 4' '1 2')", "true"},
    {"match", "M(d A) O(d A)", "error"},
    {"match", "N N", ""},
    {"lt", "S 1 I 2", "error"},
    {"lt", "M(I 1) I 2", "error"},
    {"durationLT", "T PT10S I 11", "error"},
    {"member", "P 'B A' M(P 'A B' 'C D')", "true"},
    {"member", "D 'B A' M(D 'A B' 'C D')", "false"},
    {"member", "p '3 4' O(p '1 2' '3 4')", "true"},
    {"member", "I 1 M(d 1)", "error"},
    {"member", "M(d A) M(d A)", "error"},
    {"delete", "P 'B A' M(P 'A B' 'C D')", "C D"},
    {"delete", "D 'B A' O(D 'A B' 'C D')", "A B,C D"},
    {"delete", "d A M(d A A)", ""},
    {"delete", "I 1 M(F 1)", "error"},
    {"contains", "M(P 'A B' 'C D') M(P 'B A')", "true"},
    {"contains", "O(D 'A B' 'B C' 'C D') O(D 'B C' 'C D')", "true"},
    {"contains", "d A M(d A)", "error"},
    {"ordered", "P 'A B' O(P 'C D')", "A B,C D"},
    {"ordered", "M(d A)", "error"},
    {"multiple", "M(p '1 2') p '3 4' N", "1 2,3 4"},
    {"containerSize", "O(D 'A B' 'A B')", "2"},
    {"containerSize", "d A", "error"},
    {"index n=2", "O(p '1 2' '3 4')", "3 4"},
    {"repeat numberRepeats=2", "O(P 'A B') P 'C D'", "A B,C D,A B,C D"},
    {"repeat numberRepeats=2", "M(d A)", "error"},
    {"repeat numberRepeats=2", "N N", ""},
    {"repeat numberRepeats=3", "N d A", "A,A,A"},
    {"isNull", "M(d A)", "false"},
    // Areas: the edge belongs to them, and corners may come in any order.
    {"inside shape=rect coords=0,0,5,3", "p '5 3'", "true"},
    {"inside shape=rect coords=5,3,0,0", "p '2 2'", "true"},
    {"inside shape=circle coords=10,10,5", "p '15 10'", "true"},
    {"inside shape=circle coords=10,10,5", "p '14 14'", "false"},
    {"inside shape=poly coords=0,0,10,0,10,10,0,10", "p '10 5'", "true"},
    {"inside shape=poly coords=0,0,10,0,10,10,0,10,0,0", "p '11 5'", "false"},
    {"inside shape=poly coords=0,0,10,0,5,5,10,10,0,10", "p '9 5'", "false"},
    {"inside shape=poly coords=0,0,10,0,5,5,10,10,0,10", "p '4 5'", "true"},
    {"inside shape=ellipse coords=10,10,4,2", "p '14 10'", "true"},
    {"inside shape=ellipse coords=10,10,4,2", "p '13 12'", "false"},
    {"inside shape=default coords=0", "p '-9 9999'", "true"},
    {"inside shape=rect coords=0,0,5", "p '1 1'", "error"},
    {"inside shape=rect coords=0,0,5,3", "d A", "error"},
    // Numbers at their edges.
    {"sum", "I 9223372036854775807 I 1", ""},
    {"product", "I 9223372036854775807 I 2", ""},
    {"product", "I 4 N", ""},
    {"subtract", "I -9223372036854775808 I 1", ""},
    {"divide", "F 1 F INF", "0"},
    {"divide", "F INF F INF", ""},
    {"divide", "F 1 F -0.0", ""},
    {"power", "I 0 I 0", "1"},
    {"power", "F 10 F 400", ""},
    {"power", "I 2 F 0.5", "1.4142135623730951"},
    {"integerDivide", "I -7 I -2", "3"},
    {"integerDivide", "F 7 I 2", "error"},
    {"integerModulus", "I -7 I -2", "-1"},
    {"integerModulus", "I 7 I 0", ""},
    {"integerToFloat", "M(I 3)", "error"},
    {"gcd", "M(I 12 18) I 4", "2"},
    {"gcd", "I -12 I 18", "6"},
    {"gcd", "F 2", "error"},
    {"lcm", "I -4 I 6", "12"},
    {"lcm", "M(I 2 3) I 5", "30"},
    {"min", "S a", ""},
    {"min", "I 1 F 0.5", "0.5"},
    {"max", "M(F 1 2) O(I 3)", "3"},
    {"round", "I 3", "3"},
    {"round", "F -0.5", "0"},
    {"round", "F -INF", "-INF"},
    {"truncate", "F -0.9", "0"},
    {"truncate", "F NaN", ""},
    {"roundTo roundingMode=significantFigures figures=3", "F 999.9999999999999", "1000"},
    {"roundTo roundingMode=significantFigures figures=2", "F 0.0004567", "0.00046"},
    {"roundTo roundingMode=significantFigures figures=2", "F 0", "0"},
    {"roundTo roundingMode=significantFigures figures=0", "F 1", "error"},
    {"roundTo roundingMode=decimalPlaces figures=-1", "F 1", "error"},
    {"roundTo roundingMode=decimalPlaces figures=3", "F INF", "INF"},
    {"equalRounded roundingMode=decimalPlaces figures=2", "F 1.005 F 1.01", "true"},
    {"equal", "F 0.30000000000000004 F 0.3", "false"},
    {"equal toleranceMode=absolute tolerance=0", "F 1 F 1", "true"},
    {"equal toleranceMode=relative tolerance='0 10'", "F 100 F 110", "true"},
    {"equal toleranceMode=relative tolerance='0 10'", "F 100 F 99.9", "false"},
    {"equal toleranceMode=absolute", "F 1 F 1", "error"},
    {"mathOperator name=signum", "F 0", "0"},
    {"mathOperator name=floor", "I -2", "-2"},
    {"mathOperator name=log", "F 0", "-INF"},
    {"mathOperator name=acos", "F 1", "0"},
    {"mathOperator name=sec", "F 0", "1"},
    {"mathOperator name=acot", "F INF", "0"},
    {"mathOperator name=atan2", "F 1", "error"},
    {"mathOperator name=abs", "S a", "error"},
    {"mathOperator name=nothing", "F 1", "error"},
    {"statsOperator name=mean", "I 1", "error"},
    {"statsOperator name=mean", "O(I 1 2)", "1.5"},
    {"statsOperator name=mean", "M(S a)", "error"},
    {"statsOperator name=sampleVariance", "N", ""},
    {"mathConstant name=pi", "", "3.141592653589793"},
    {"mathConstant name=tau", "", "error"},
    // Text.
    {"stringMatch caseSensitive=false", "S ÄRGER S ärger", "true"},
    {"stringMatch caseSensitive=true substring=true", "S 'New York' S York", "true"},
    {"stringMatch caseSensitive=true", "S a I 1", "error"},
    {"substring caseSensitive=true", "S '' S York", ""},
    {"patternMatch pattern=[\\W]+", "S !?", "true"},
    {"patternMatch pattern=[\\W]+", "S a!", "false"},
    {"patternMatch pattern=\\d{2,3}", "S ١٢٣", "true"},
    {"patternMatch pattern=\\i\\c*", "S _a-1", "true"},
    {"patternMatch pattern=a.c", "S abc", "true"},
    {"patternMatch pattern=[", "S a", "error"},
    {"patternMatch pattern=a", "M(S a)", "error"},
    // The only custom operators that are run.
    {"customOperator class=qti.customOperators.CsvToOrdered", "S 'a, b'", "a,b"},
    {"customOperator class=qtism.runtime.expressions.operators.custom.Explode", "S - S a-b--c",
     "a,b,,c"},
    {"customOperator class=qtism.runtime.expressions.operators.custom.Explode", "S - N", ""},
    {"customOperator class=qtism.runtime.expressions.operators.custom.Implode", "S + O(S a b)",
     "a+b"},
    {"customOperator definition=qade:ParseCommaDecimal", "S 3,14", "3.14"},
    {"customOperator class=com.example.Anything", "S a", ""},
};

std::string type_of(const std::string& letter) {
    static const std::map<std::string, std::string> names = {
        {"B", "boolean"},      {"I", "integer"},    {"F", "float"},
        {"S", "string"},       {"d", "identifier"}, {"P", "pair"},
        {"D", "directedPair"}, {"p", "point"},      {"T", "duration"}};
    return names.at(letter);
}

/// Words of a row; quotes keep a word together, brackets are words of their own.
std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> out(1);
    bool quoted = false;
    bool any = false;
    const auto end = [&] {
        if (any) {
            out.emplace_back();
        }
        any = false;
    };
    for (const char c : text) {
        if (c == '\'') {
            quoted = !quoted;
            any = true;
        } else if (!quoted && (c == ' ' || c == '(' || c == ')')) {
            end();
            if (c != ' ') {
                out.back() = c;
                any = true;
                end();
            }
        } else {
            out.back() += c;
            any = true;
        }
    }
    end();
    out.pop_back();
    return out;
}

std::string base_value(const std::string& type, const std::string& value) {
    return "<baseValue baseType=\"" + type_of(type) + "\">" + value + "</baseValue>";
}

std::string operands_of(const std::string& text) {
    const auto all = words(text);
    std::string xml;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] == "N") {
            xml += "<null/>";
        } else if (all[i] == "M" || all[i] == "O") {
            const std::string name = all[i] == "M" ? "multiple" : "ordered";
            xml += '<' + name + '>';
            const auto& type = all[i + 2];
            for (i += 3; all[i] != ")"; ++i) {
                xml += base_value(type, all[i]);
            }
            xml += "</" + name + '>';
        } else {
            xml += base_value(all[i], all[i + 1]);
            ++i;
        }
    }
    return xml;
}

std::string xml_of(const Row& row) {
    const auto call = words(row.call);
    std::string xml = '<' + call[0];
    for (std::size_t i = 1; i < call.size(); ++i) {
        const auto equals = call[i].find('=');
        xml += ' ' + call[i].substr(0, equals) + "=\"" + call[i].substr(equals + 1) + '"';
    }
    return xml + '>' + operands_of(row.operands) + "</" + call[0] + '>';
}

std::string result_of(const std::string& xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(xml.c_str(), pugi::parse_ws_pcdata)) << xml;
    Context context;
    const auto value = evaluate(read_rule(document.document_element()), context);
    if (!value.ok()) {
        return "error";
    }
    std::string out;
    for (const auto& line : value_to_text(*value)) {
        out += (out.empty() ? "" : ",") + line;
    }
    return out;
}

TEST(Operators, DoWhatTheStandardSays) {
    for (const auto& row : kRows) {
        const auto xml = xml_of(row);
        EXPECT_EQ(result_of(xml), row.gives) << row.call << ": " << row.operands << '\n' << xml;
    }
}

}  // namespace
}  // namespace assay::item
