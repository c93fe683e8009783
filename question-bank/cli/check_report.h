#pragma once

#include <map>
#include <string>
#include <vector>

#include "question-bank/item/package.h"

namespace assay::bank {

enum class Severity { kError, kWarning, kNote };
/// What a finding is about, for whoever can mend it.
enum class Area { kContent, kScoring, kAccessibility, kSafety };

/// "error", "warning", "note"; "content", "scoring", "accessibility", "safety".
const char* name_of(Severity severity);
const char* name_of(Area area);

struct CheckFinding {
    Severity severity = Severity::kWarning;
    Area area = Area::kContent;
    std::string file;
    std::uint32_t line = 0;
    std::string element;  ///< empty where it is about the whole file
    Message what;
};

/// The file that a finding is about, for its place in it.
struct CheckedFile {
    std::string path;
    std::string_view text;  ///< as it stands in the package; empty: lines are not known
    std::uint32_t line(pugi::xml_node node) const;
};

/// What a package holds, and what a person should know before it is sealed.
struct CheckReport {
    std::string identifier;
    std::size_t items = 0;
    std::size_t tests = 0;
    std::size_t for_markers = 0;  ///< items that a person has to mark
    std::size_t practical = 0;    ///< items that ask for named results
    double points = 0;   ///< of the test with the most, or of all items where there is no test
    double minutes = 0;  ///< longest time of a test, else of its parts; 0 where none is set
    std::vector<std::string> languages;
    std::map<std::string, std::size_t> interactions;
    std::vector<CheckFinding> findings;

    bool has(Severity severity) const;
    bool has(Area area) const;
};

/// Reads everything in the package. What cannot be read is an error in the report; only what keeps
/// the package itself from being read is an Error.
Result<CheckReport> check_package(Disk& disk, const Path& path);

/// The same for a package or a single item or test file.
Result<CheckReport> check_path(Disk& disk, const Path& path,
                               const item::PackageLimits& limits = {});

}  // namespace assay::bank
