#include "question-bank/item/progress.h"

#include <algorithm>

#include "question-bank/item/operator.h"
#include "question-bank/item/process.h"

namespace assay::item {

namespace {

/// One step through a form; `end` is one past the last entry.
class Walk {
  public:
    Walk(const Form& form, Context& context) : form_(form), context_(context) {}

    /// Where the branch rules of `from` and of what ends with it lead.
    Result<std::size_t> leave(std::size_t from) {
        const auto& entry = form_.entries[from];
        std::size_t to = from + 1;
        if (entry.part->navigation == Navigation::kLinear) {
            ASSAY_TRY(to, jump(entry.item->branches, from, to));
            for (auto at = entry.sections.rbegin(); at != entry.sections.rend(); ++at) {
                if (to == from + 1 && !inside(to, *at)) {
                    ASSAY_TRY(to, jump((*at)->branches, from, to));
                }
            }
        }
        if (to >= form_.entries.size() || form_.entries[to].part != entry.part) {
            ASSAY_TRY(to, jump(entry.part->branches, from, to));
        }
        return to;
    }

    /// The first entry from `to` on whose preconditions hold.
    Result<std::size_t> enter(std::optional<std::size_t> from, std::size_t to) {
        while (to < form_.entries.size()) {
            ASSAY_TRY(const auto after, barred_until(from, to));
            if (after == to) {
                return to;
            }
            to = after;
        }
        return to;
    }

  private:
    Result<bool> holds(const Rule& rule) {
        if (rule.children.empty()) {
            return false;
        }
        ASSAY_TRY(const auto value, evaluate(rule.children[0], context_));
        const auto* truth = value.items.size() == 1 ? std::get_if<bool>(&value.items[0]) : nullptr;
        return truth != nullptr && *truth;
    }

    Result<bool> all_hold(const std::vector<Rule>& rules) {
        for (const auto& rule : rules) {
            ASSAY_TRY(const bool one, holds(rule));
            if (!one) {
                return false;
            }
        }
        return true;
    }

    bool inside(std::size_t at, const Section* section) const {
        if (at >= form_.entries.size()) {
            return false;
        }
        const auto& around = form_.entries[at].sections;
        return std::find(around.begin(), around.end(), section) != around.end();
    }

    std::size_t after_section(std::size_t at, const Section* section) const {
        while (inside(at, section)) {
            ++at;
        }
        return at;
    }

    std::size_t after_part(std::size_t at) const {
        const auto* part = form_.entries[at].part;
        while (at < form_.entries.size() && form_.entries[at].part == part) {
            ++at;
        }
        return at;
    }

    std::size_t target(std::string_view name, std::size_t from, std::size_t otherwise) const {
        if (name == "EXIT_TEST") {
            return form_.entries.size();
        }
        if (name == "EXIT_TESTPART") {
            return after_part(from);
        }
        if (name == "EXIT_SECTION") {
            return after_section(from, form_.entries[from].sections.back());
        }
        for (std::size_t i = from + 1; i < form_.entries.size(); ++i) {
            const auto& entry = form_.entries[i];
            const bool section =
                std::any_of(entry.sections.begin(), entry.sections.end(),
                            [&](const Section* one) { return one->identifier == name; });
            if (entry.item->identifier == name || entry.part->identifier == name || section) {
                return i;
            }
        }
        return otherwise;
    }

    Result<std::size_t> jump(const std::vector<Branch>& branches, std::size_t from,
                             std::size_t otherwise) {
        for (const auto& branch : branches) {
            ASSAY_TRY(const bool taken, holds(branch.condition));
            if (taken) {
                return target(branch.target, from, otherwise);
            }
        }
        return otherwise;
    }

    /// `to` itself, or where the part, section or item that bars it ends.
    Result<std::size_t> barred_until(std::optional<std::size_t> from, std::size_t to) {
        const auto& entry = form_.entries[to];
        const auto* before = from ? &form_.entries[*from] : nullptr;
        if (before == nullptr || before->part != entry.part) {
            ASSAY_TRY(const bool open, all_hold(entry.part->preconditions));
            if (!open) {
                return after_part(to);
            }
        }
        if (entry.part->navigation != Navigation::kLinear) {
            return to;
        }
        for (const auto* section : entry.sections) {
            if (from && inside(*from, section)) {
                continue;
            }
            ASSAY_TRY(const bool open, all_hold(section->preconditions));
            if (!open) {
                return after_section(to, section);
            }
        }
        ASSAY_TRY(const bool open, all_hold(entry.item->preconditions));
        return open ? to : to + 1;
    }

    const Form& form_;
    Context& context_;
};

}  // namespace

Result<std::optional<std::size_t>> next_entry(const Test& test, const Form& form,
                                              std::optional<std::size_t> current,
                                              const std::vector<ItemResult>& results) {
    ASSAY_TRY(auto context, test_context(test, results));
    Walk walk(form, context);
    std::size_t to = 0;
    if (current) {
        ASSAY_CHECK(*current < form.entries.size());
        ASSAY_TRY(to, walk.leave(*current));
    }
    ASSAY_TRY(to, walk.enter(current, to));
    return to < form.entries.size() ? std::optional(to) : std::nullopt;
}

Result<Values> template_defaults(const Test& test, const ItemRef& reference,
                                 const std::vector<ItemResult>& results) {
    Values out;
    if (reference.template_defaults.empty()) {
        return out;
    }
    ASSAY_TRY(auto context, test_context(test, results));
    for (const auto& rule : reference.template_defaults) {
        if (!rule.children.empty()) {
            ASSAY_TRY(out[std::string(rule.attribute("templateIdentifier"))],
                      evaluate(rule.children[0], context));
        }
    }
    return out;
}

}  // namespace assay::item
