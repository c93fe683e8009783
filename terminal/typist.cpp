#include "terminal/typist.h"

#include <algorithm>
#include <iostream>

namespace assay::terminal {
namespace {

constexpr std::chrono::seconds kSaveWait{20};

void tell(const char* what, std::uint64_t number) {
    std::cout << what << ' ' << number << '\n' << std::flush;
}

}  // namespace

Typist::Typist(sitting::Session& session, terminal_ui::Conductor& conductor,
               const std::map<std::string, std::vector<std::string>>& where)
    : session_(session), conductor_(conductor) {
    for (const auto& [item, responses] : where) {
        for (const std::string& response : responses) {
            where_.emplace_back(item, response);
        }
    }
}

std::uint64_t Typist::newest(const sitting::State& state) const {
    std::uint64_t out = 0;
    for (const auto& [item, response] : where_) {
        const auto known = state.items.find(item);
        if (known == state.items.end()) {
            continue;
        }
        const auto stands = known->second.responses.find(response);
        if (stands != known->second.responses.end() && stands->second.values) {
            out = std::max(out, number_of(stands->second.values->front()));
        }
    }
    return out;
}

void Typist::heard(const sitting::State& state) {
    const std::lock_guard guard(lock_);
    saved_ = std::max(saved_, newest(state));
    woken_.notify_all();
}

Status Typist::type_next() {
    if (!began_) {
        began_ = true;
        typed_ = newest(session_.state());
        tell("found", typed_);
    }
    ++typed_;
    const auto& [into, response] = where_.at(typed_ % where_.size());
    tell("typing", typed_);
    if (session_.state().current_item != into) {
        conductor_.post(
            [item = into](sitting::Session& session) { return session.open_item(item); });
    }
    conductor_.save({into, response, std::vector{typed_text(typed_)}, std::nullopt});
    std::unique_lock guard(lock_);
    if (!woken_.wait_for(guard, kSaveWait, [this] { return saved_ >= typed_; })) {
        return fail(Code::kIo, "terminal.script.not-saved"_id,
                    {{"number", std::to_string(typed_)}});
    }
    tell("saved", typed_);
    return Ok{};
}

}  // namespace assay::terminal
