#include "kiosk-config/report.h"

#include <algorithm>

namespace assay::kiosk {
namespace {

/// JSON needs so little here that no library is worth its link.
std::string as_json(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + "\"";
}

std::string row_json(const RowState& row, const text::Texts& texts, text::Language language) {
    std::string out = "{\"id\":" + as_json(row.measure->id) +
                      ",\"what\":" + as_json(texts.say(language, row.measure->what)) +
                      ",\"holds\":" + (row.holds() ? "true" : "false") + ",\"problems\":[";
    for (const Error& problem : row.problems) {
        out += &problem == &row.problems.front() ? "" : ",";
        out += "{\"id\":" + as_json(problem.what.id.text()) +
               ",\"text\":" + as_json(texts.say(language, problem.what)) +
               ",\"next\":" + as_json(texts.hint(language, problem)) + "}";
    }
    return out + "]}";
}

}  // namespace

std::string report_text(const std::vector<RowState>& rows, const text::Texts& texts,
                        text::Language language) {
    std::string out;
    for (const RowState& row : rows) {
        out += row.holds() ? "[x] " : "[ ] ";
        out += std::string(row.measure->id) + ": " + texts.say(language, row.measure->what) + "\n";
        for (const Error& problem : row.problems) {
            out += "      - " + texts.say(language, problem.what) + "\n";
            out += "        " + texts.hint(language, problem) + "\n";
        }
    }
    const auto holding =
        std::count_if(rows.begin(), rows.end(), [](const RowState& row) { return row.holds(); });
    const Message sum{"kiosk.report.sum"_id,
                      {{"holding", std::to_string(holding)}, {"all", std::to_string(rows.size())}}};
    return out + texts.say(language, sum) + "\n";
}

std::string report_json(const std::vector<RowState>& rows, const text::Texts& texts,
                        text::Language language) {
    std::string out = "[";
    for (const RowState& row : rows) {
        out += &row == &rows.front() ? "" : ",\n ";
        out += row_json(row, texts, language);
    }
    return out + "]\n";
}

std::string list_text(const text::Texts& texts, text::Language language) {
    std::string out;
    for (const Measure& measure : measures()) {
        out += std::string(measure.id) + ": " + texts.say(language, measure.what) + "\n";
        for (const Step& step : measure.steps) {
            out += "      /" + std::string(step.path) + "\n";
        }
    }
    return out;
}

}  // namespace assay::kiosk
