#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::import {

inline constexpr std::size_t kSourceBytesMax = std::size_t{64} << 20;
inline constexpr std::size_t kQuestionsMax = 20'000;
inline constexpr std::size_t kOptionsMax = 200;
inline constexpr std::size_t kGapsMax = 200;

/// What a teacher's tool calls a question type, as far as QTI has an interaction for it.
enum class QuestionKind { kChoice, kText, kNumber, kMatch, kOrder, kGaps, kEssay, kFile };

/// A choice, an accepted text, a left side with its partner, or an element to be ordered.
struct Option {
    std::string html;     ///< well-formed XHTML
    std::string text;     ///< the same as plain text: what a candidate types
    std::string partner;  ///< kMatch: the right side as XHTML; an empty `html` is a distractor
    double fraction = 0;  ///< of the points: 1 is all of them, below 0 takes some away
};

/// A number that counts, with what may lie around it.
struct NumberKey {
    double value = 0;
    double tolerance = 0;
    double fraction = 1;
};

/// A gap in a running text: chosen from options, or typed where `typed`.
struct Gap {
    bool typed = true;
    bool number = false;
    std::vector<Option> options;
    std::vector<NumberKey> numbers;
    double weight = 1;  ///< against the other gaps
};

/// One question between a teacher's format and QTI.
struct Question {
    QuestionKind kind = QuestionKind::kChoice;
    std::size_t place = 0;  ///< line or row of the source, from 1
    std::string title;
    std::string stem;  ///< XHTML; "{{1}}" is where the first gap stands
    std::vector<Option> options;
    std::vector<NumberKey> numbers;
    std::vector<Gap> gaps;
    bool many = false;        ///< kChoice: more than one may be chosen
    bool all_or_none = true;  ///< kChoice with many: no points for a part
    bool shuffle = true;
    bool case_sensitive = false;
    double points = 1;
    std::string reference;  ///< XHTML for the person who marks
    std::string result;     ///< kFile: name of the file that is asked for
    std::string difficulty;
    std::string topic;
    std::string level;
    std::vector<std::string> pictures;  ///< paths among `Import::files`, below the stem
};

/// What was left out or read leniently: where, and why.
struct Notice {
    std::size_t place = 0;  ///< line or row
    std::string column;     ///< "C" in a sheet, else empty
    Message what;
};

/// What came out of a source.
struct Import {
    std::vector<Question> questions;
    std::map<std::string, Bytes> files;  ///< pictures, by their path in the package
    std::vector<Notice> left_out;        ///< questions that do not map, each with its reason
    std::vector<Notice> remarks;         ///< questions that came in, but should be looked at
};

}  // namespace assay::import
