#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "crypto/base/result.h"

namespace assay::server_core {

/// Values of the store that were read before, at most `most` of them. Whoever changes one in the
/// store calls forget() after the change is durable. Thread-safe.
template <typename Key, typename Value>
class Memory {
  public:
    using Kept = std::shared_ptr<const Value>;

    explicit Memory(std::size_t most) : most_(most) {}

    /// What is remembered, or what `read` gives. A change while `read` runs is not missed: what it
    /// gave is then not kept.
    template <typename Read>
    Result<Kept> get(const Key& key, const Read& read) {
        std::uint64_t before = 0;
        {
            const std::lock_guard guard(lock_);
            if (const auto found = values_.find(key); found != values_.end()) {
                return found->second;
            }
            before = changes_;
        }
        ASSAY_TRY(Kept value, read());
        const std::lock_guard guard(lock_);
        if (changes_ == before) {
            if (values_.size() >= most_) {
                values_.clear();
            }
            values_.insert_or_assign(key, value);
        }
        return value;
    }
    void forget(const Key& key) {
        const std::lock_guard guard(lock_);
        ++changes_;
        values_.erase(key);
    }

  private:
    std::size_t most_;
    std::mutex lock_;
    std::uint64_t changes_ = 0;
    std::map<Key, Kept> values_;
};

}  // namespace assay::server_core
