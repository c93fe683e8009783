#pragma once

#include <mutex>

#include "terminal/sitting/store.h"

namespace assay::sitting {

/// Lets several threads use one store, one after the other.
class LockedStore final : public Store {
  public:
    explicit LockedStore(Store& store) : store_(store) {}

    Status put(const std::string& name, ByteView bytes) override {
        const std::lock_guard lock(mutex_);
        return store_.put(name, bytes);
    }
    Result<std::optional<Bytes>> get(const std::string& name) override {
        const std::lock_guard lock(mutex_);
        return store_.get(name);
    }
    Status remove(const std::string& name) override {
        const std::lock_guard lock(mutex_);
        return store_.remove(name);
    }
    Result<std::vector<std::string>> names(const std::string& prefix) override {
        const std::lock_guard lock(mutex_);
        return store_.names(prefix);
    }
    Result<std::optional<record::JournalHead>> progress(const AttemptId& attempt) override {
        const std::lock_guard lock(mutex_);
        return store_.progress(attempt);
    }
    Status follow(const AttemptId& attempt, std::uint64_t first,
                  const std::vector<record::Event>& events,
                  const record::JournalHead& head) override {
        const std::lock_guard lock(mutex_);
        return store_.follow(attempt, first, events, head);
    }
    Status forget(const AttemptId& attempt) override {
        const std::lock_guard lock(mutex_);
        return store_.forget(attempt);
    }
    Result<std::vector<AnswerVersion>> history(const AttemptId& attempt, const std::string& item,
                                               const std::string& response) override {
        const std::lock_guard lock(mutex_);
        return store_.history(attempt, item, response);
    }

  private:
    Store& store_;
    std::mutex mutex_;
};

}  // namespace assay::sitting
