#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "question-bank/item/responses.h"
#include "tests/support/paths.h"

namespace assay::item::conformance {

/// Reads a list of cases, a JSON object a line.
inline std::vector<boost::json::object> cases(const std::filesystem::path& list) {
    std::ifstream in(list);
    std::vector<boost::json::object> out;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) {
            out.push_back(boost::json::parse(line).as_object());
        }
    }
    return out;
}

inline std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

inline std::string text_of(const boost::json::value& value) {
    return std::string(value.as_string());
}

/// known_exceptions.txt: an id a line, a tab, the reason; '#' begins a remark.
inline std::map<std::string, std::string> known_exceptions() {
    std::ifstream in(test::repository() / "tests/question-bank/item/known_exceptions.txt");
    std::map<std::string, std::string> out;
    for (std::string line; std::getline(in, line);) {
        const auto tab = line.find('\t');
        if (!line.empty() && line[0] != '#' && tab != std::string::npos) {
            out[line.substr(0, tab)] = line.substr(tab + 1);
        }
    }
    return out;
}

/// Runs every case; fails on one that fails without being listed, and on a listed one that passes.
struct Tally {
    std::map<std::string, std::string> known = known_exceptions();
    std::size_t passed = 0;
    std::size_t excepted = 0;
    std::vector<std::string> unexpected;

    void add(const std::string& id, const std::string& problem) {
        const bool listed = known.contains(id);
        if (problem.empty()) {
            ++passed;
            if (listed) {
                unexpected.push_back(id + ": passes, take it off known_exceptions.txt");
            }
        } else if (listed) {
            ++excepted;
        } else {
            unexpected.push_back(id + ": " + problem);
        }
    }
    std::string report() const {
        std::string out;
        for (const auto& line : unexpected) {
            out += line + '\n';
        }
        return out;
    }
};

}  // namespace assay::item::conformance
