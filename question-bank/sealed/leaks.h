#pragma once

#include <map>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"

// Proof that a candidate view holds nothing of the key, without relying on the code that made it.
// The rule stands in the README, "What a candidate view may hold".
namespace assay::sealed {

/// Something in a candidate view that must not be there.
struct Leak {
    std::string path;     ///< file of the candidate view
    std::string place;    ///< element, or element@attribute
    std::string problem;  ///< file, xml, element, attribute, comment, value
    friend bool operator==(const Leak&, const Leak&) = default;
};

/// A value that stands on the secret side and in the candidate view, and why it may.
enum class Reason {
    kIdentifier,  ///< names of choices and variables: a key is written with them
    kNumber,      ///< numbers and true, false: too common to tell anything
    kWord,        ///< of the standard itself, or a URI
    kShown,       ///< the author's own text in the item's body says the same
};
struct LetThrough {
    std::string path;
    std::string value;
    Reason reason{};
    friend bool operator==(const LetThrough&, const LetThrough&) = default;
};

struct LeakReport {
    std::vector<Leak> leaks;
    std::vector<LetThrough> let_through;  ///< sorted, each once
};

/// Compares every value of the scoring view with every value of the candidate view, file by file.
LeakReport look_for_leaks(const std::map<std::string, Bytes>& scoring,
                          const std::map<std::string, Bytes>& candidate);

}  // namespace assay::sealed
