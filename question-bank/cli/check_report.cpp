#include "question-bank/cli/check_report.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>

#include "question-bank/cli/item_checks.h"
#include "question-bank/cli/package_source.h"

namespace assay::bank {

namespace {

using item::Package;

/// Reads one package into a report.
class Checker {
  public:
    explicit Checker(const Package& package) : package_(package) {}

    CheckReport run() {
        report_.identifier = package_.identifier;
        add(package_.findings, "imsmanifest.xml");
        for (const auto* test : package_.of_kind(item::ResourceKind::kTest)) {
            take_test(*test);
        }
        for (const auto* resource : package_.of_kind(item::ResourceKind::kItem)) {
            if (seen_.insert(resource->href).second) {
                const double before = report_.points;
                take_item(resource->href);
                report_.points = report_.tests > 0 ? before : report_.points;
            }
        }
        if (report_.items == 0 && report_.tests == 0) {
            error("imsmanifest.xml", {"bank.check.empty"_id, {}});
        }
        for (const auto& language : languages_) {
            report_.languages.push_back(language);
        }
        return std::move(report_);
    }

  private:
    /// Lines are not known of a file that was put together from others.
    CheckedFile checked(const std::string& path) const {
        const auto bytes = package_.file(path);
        const auto text = bytes ? as_text(*bytes) : std::string_view();
        for (const std::string_view part :
             {":include", "StimulusRef", "stimulus-ref", "SectionRef", "section-ref"}) {
            if (text.find(part) != std::string_view::npos) {
                return {path, {}};
            }
        }
        return {path, text};
    }

    /// The time of a test, else of its parts together.
    static double minutes_of(const item::Test& test) {
        constexpr double kMillisPerMinute = 60'000;
        std::chrono::milliseconds total = test.time.maximum.value_or(std::chrono::milliseconds{});
        if (!test.time.maximum) {
            for (const auto& part : test.parts) {
                total += part.time.maximum.value_or(std::chrono::milliseconds{});
            }
        }
        return static_cast<double>(total.count()) / kMillisPerMinute;
    }

    void error(const std::string& file, Message what) {
        std::uint32_t line = 0;
        for (const auto& [name, value] : what.args) {
            line = name == "line" ? static_cast<std::uint32_t>(std::atoi(value.c_str())) : line;
        }
        report_.findings.push_back(
            {Severity::kError, Area::kContent, file, line, "", std::move(what)});
    }

    void add(const std::vector<item::Finding>& findings, const std::string& file) {
        for (const auto& finding : findings) {
            report_.findings.push_back(
                {Severity::kWarning, Area::kContent, file, finding.line, "", finding.what});
        }
    }

    void take_test(const item::Resource& resource) {
        ++report_.tests;
        const auto test = item::read_test_at(package_, resource.href);
        if (!test.ok()) {
            error(resource.href, test.error().what);
            return;
        }
        add(test->findings, resource.href);
        check_attributes(test->document->document_element(), checked(resource.href), report_);
        if (!test->language.empty()) {
            languages_.insert(test->language);
        }
        report_.minutes = std::max(report_.minutes, minutes_of(*test));
        // A test in several languages is one paper: its points count once.
        const double before = std::exchange(report_.points, 0);
        for (const auto& place : test->places()) {
            const auto path = *item::resolve(resource.href, place.item->href);
            if (seen_.insert(path).second) {
                take_item(path);
            }
        }
        report_.points = std::max(report_.points, before);
    }

    void take_item(const std::string& path) {
        ++report_.items;
        const auto read = item::read_item_at(package_, path);
        if (!read.ok()) {
            error(path, read.error().what);
            return;
        }
        add(read->findings, path);
        const auto file = checked(path);
        check_attributes(read->document->document_element(), file, report_);
        check_safety(read->document->document_element(), file, report_);
        check_scoring(*read, file, report_);
        check_accessibility(*read, file, report_);
        check_references(*read, path);
        count(*read, path);
    }

    void check_references(const item::Item& item, const std::string& path) {
        for (const auto& reference : item.references) {
            const auto target = item::resolve(path, reference);
            if (target && !target->empty() && !package_.files.contains(*target)) {
                report_.findings.push_back({Severity::kWarning,
                                            Area::kContent,
                                            path,
                                            0,
                                            "",
                                            {"bank.check.reference"_id, {{"href", reference}}}});
            }
        }
    }

    void count(const item::Item& item, const std::string& path) {
        report_.points += points_of(item);
        report_.for_markers += item.needs_marker() ? 1U : 0U;
        const bool practical =
            std::any_of(item.interactions.begin(), item.interactions.end(),
                        [](const auto& each) { return each.node.attribute("data-assay-result"); });
        report_.practical += practical ? 1U : 0U;
        if (item.language.empty() && languages_.empty() && package_.language.empty()) {
            report_.findings.push_back({Severity::kNote,
                                        Area::kAccessibility,
                                        path,
                                        0,
                                        "assessmentItem",
                                        {"bank.check.no-language"_id, {}}});
        } else if (!item.language.empty()) {
            languages_.insert(item.language);
        }
        for (const auto& interaction : item.interactions) {
            ++report_.interactions[std::string(item::element_of(interaction.kind))];
        }
    }

    const Package& package_;
    CheckReport report_;
    std::set<std::string> seen_;
    std::set<std::string> languages_;
};

}  // namespace

std::uint32_t CheckedFile::line(pugi::xml_node node) const {
    const auto offset = node.offset_debug();
    const bool plain = text.find("encoding") == std::string_view::npos ||
                       text.substr(0, text.find("?>")).find("tf-8") != std::string_view::npos ||
                       text.substr(0, text.find("?>")).find("TF-8") != std::string_view::npos;
    if (!node || offset < 0 || static_cast<std::size_t>(offset) >= text.size() || !plain) {
        return 0;
    }
    const auto before = text.substr(0, static_cast<std::size_t>(offset));
    return static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
}

const char* name_of(Severity severity) {
    switch (severity) {
        case Severity::kError:
            return "error";
        case Severity::kWarning:
            return "warning";
        case Severity::kNote:
            return "note";
    }
    return "";
}

const char* name_of(Area area) {
    switch (area) {
        case Area::kContent:
            return "content";
        case Area::kScoring:
            return "scoring";
        case Area::kAccessibility:
            return "accessibility";
        case Area::kSafety:
            return "safety";
    }
    return "";
}

bool CheckReport::has(Severity severity) const {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const CheckFinding& f) { return f.severity == severity; });
}

bool CheckReport::has(Area area) const {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const CheckFinding& f) { return f.area == area; });
}

Result<CheckReport> check_package(Disk& disk, const Path& path) {
    ASSAY_TRY(const auto package, item::read_package(disk, path));
    return Checker(package).run();
}

Result<CheckReport> check_path(Disk& disk, const Path& path, const item::PackageLimits& limits) {
    ASSAY_TRY(const auto package, open_package(disk, path, limits));
    return Checker(package).run();
}

}  // namespace assay::bank
