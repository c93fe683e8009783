#include "terminal/desk/refusal_log.h"

namespace assay::desk {
namespace {

constexpr SteadyTime kNoteAgain = std::chrono::seconds(10);

}  // namespace

void RefusalLog::note(const Error& error) {
    const bool asked_again = error.code == Code::kUnavailable || error.code == Code::kNotFound;
    const bool typed = error.what.id == "desk.check-in.number"_id;
    const std::lock_guard guard(lock_);
    const SteadyTime now = clock_.steady();
    if ((asked_again && !typed) || (last_ == error && now - last_at_ < kNoteAgain)) {
        return;
    }
    last_ = error;
    last_at_ = now;
    log_.error(error);
}

}  // namespace assay::desk
