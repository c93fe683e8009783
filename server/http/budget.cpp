#include "server/http/budget.h"

namespace assay::http {

bool Budget::take(std::uint64_t amount) {
    std::uint64_t now = taken_.load();
    do {
        if (amount > most_ || now > most_ - amount) {
            return false;
        }
    } while (!taken_.compare_exchange_weak(now, now + amount));
    return true;
}

void Budget::give_back(std::uint64_t amount) { taken_ -= amount; }

bool Share::grow(std::uint64_t amount) {
    if (!budget_.take(amount)) {
        return false;
    }
    amount_ += amount;
    return true;
}

Doors::Entry Doors::enter(const std::string& address) {
    const std::lock_guard lock(mutex_);
    // A polite answer costs a handshake, so there is an end to politeness as well.
    if (open_ >= most_ + most_ / 4) {
        return Entry::kClosed;
    }
    const auto found = by_address_.find(address);
    if (found != by_address_.end() && found->second >= most_per_address_) {
        return Entry::kClosed;
    }
    ++open_;
    ++by_address_[address];
    return open_ > most_ ? Entry::kBusy : Entry::kWelcome;
}

void Doors::leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    --open_;
    const auto found = by_address_.find(address);
    if (found != by_address_.end() && --found->second == 0) {
        by_address_.erase(found);
    }
}

std::uint32_t Doors::open() const {
    const std::lock_guard lock(mutex_);
    return open_;
}

}  // namespace assay::http
