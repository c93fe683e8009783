#include <algorithm>

#include "question-bank/item/shuffle.h"
#include "question-bank/item/test.h"

namespace assay::item {

namespace {

/// Children that selection leaves, in document order; required ones always stay.
std::vector<const SectionChild*> selected(const Section& section, SeededNumbers& numbers) {
    std::vector<const SectionChild*> all;
    for (const auto& child : section.children) {
        all.push_back(&child);
    }
    if (!section.selection || all.empty()) {
        return all;
    }
    const auto required = [](const SectionChild* child) {
        return child->item ? child->item->required : child->section.front().required;
    };
    std::vector<std::size_t> chosen;
    std::vector<std::size_t> pool;
    for (std::size_t i = 0; i < all.size(); ++i) {
        (required(all[i]) ? chosen : pool).push_back(i);
    }
    const auto wanted = std::min<std::size_t>(section.selection->count, kSelectedMax);
    if (section.selection->with_replacement) {
        pool.insert(pool.end(), chosen.begin(), chosen.end());
    }
    while (chosen.size() < wanted && !pool.empty()) {
        const auto at = numbers.below(pool.size());
        chosen.push_back(pool[at]);
        if (!section.selection->with_replacement) {
            pool.erase(pool.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }
    std::sort(chosen.begin(), chosen.end());
    std::vector<const SectionChild*> out;
    for (const auto i : chosen) {
        out.push_back(all[i]);
    }
    return out;
}

/// A child that was drawn, and the sections between it and the one that shuffles.
struct Drawn {
    const SectionChild* child;
    std::vector<const Section*> between;
};

bool is_fixed(const SectionChild* child) {
    return child->item ? child->item->fixed : child->section.front().fixed;
}

/// Children that `section` shuffles: those of an invisible section that need not stay together mix
/// with the others.
std::vector<Drawn> mixed(const Form& form, const Section& section, SeededNumbers& numbers) {
    std::vector<Drawn> out;
    for (const auto* child : selected(section, numbers)) {
        const auto* inner = child->item ? nullptr : &child->section.front();
        if (!section.shuffle || inner == nullptr || inner->visible || inner->keep_together) {
            out.push_back({child, {}});
            continue;
        }
        SeededNumbers own(seed_for(form.seed, inner->identifier));
        for (const auto& drawn : mixed(form, *inner, own)) {
            Drawn lifted{drawn.child, {inner}};
            for (const auto* deeper : drawn.between) {
                lifted.between.push_back(deeper);
            }
            out.push_back(std::move(lifted));
        }
    }
    return out;
}

void shuffle(std::vector<Drawn>& children, SeededNumbers& numbers) {
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < children.size(); ++i) {
        if (!is_fixed(children[i].child)) {
            free.push_back(i);
        }
    }
    for (std::size_t i = free.size(); i > 1; --i) {
        std::swap(children[free[i - 1]], children[free[numbers.below(i)]]);
    }
}

void add_section(const TestPart& part, const Section& section, std::vector<const Section*> around,
                 Form& form) {
    SeededNumbers numbers(seed_for(form.seed, section.identifier));
    auto children = mixed(form, section, numbers);
    if (section.shuffle) {
        shuffle(children, numbers);
    }
    around.push_back(&section);
    for (const auto& [child, between] : children) {
        auto inside = around;
        for (const auto* section_between : between) {
            inside.push_back(section_between);
        }
        if (child->item) {
            form.entries.push_back(
                {child->item->identifier, &*child->item, &part, std::move(inside)});
        } else {
            add_section(part, child->section.front(), std::move(inside), form);
        }
    }
}

/// A reference that was drawn more than once has its instances numbered from 1.
void number_instances(Form& form) {
    for (std::size_t i = 0; i < form.entries.size(); ++i) {
        std::size_t total = 0;
        std::size_t before = 0;
        for (std::size_t j = 0; j < form.entries.size(); ++j) {
            const bool same = form.entries[j].item == form.entries[i].item;
            total += same ? 1 : 0;
            before += same && j < i ? 1 : 0;
        }
        if (total > 1) {
            form.entries[i].identifier =
                form.entries[i].item->identifier + '.' + std::to_string(before + 1);
        }
    }
}

}  // namespace

Form make_form(const Test& test, std::uint64_t seed) {
    Form form;
    form.seed = seed;
    for (const auto& part : test.parts) {
        for (const auto& section : part.sections) {
            add_section(part, section, {}, form);
        }
    }
    number_instances(form);
    return form;
}

}  // namespace assay::item
