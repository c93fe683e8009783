#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace assay::http {

/// A few threads that run jobs in their order, at most `waiting_max` of them waiting. Thread-safe.
class Workers {
  public:
    Workers(std::size_t threads, std::size_t waiting_max);
    ~Workers() { stop(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False, and nothing happens, where too many wait or stop() was called.
    bool try_post(std::function<void()> job);
    /// For the rest of something that was admitted before: waits in the same order, but is only
    /// turned away by stop().
    bool post(std::function<void()> job);
    /// Drops what waits, and returns when what runs has ended.
    void stop();

  private:
    bool enqueue(std::function<void()> job, std::size_t most);
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    std::size_t waiting_max_;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace assay::http
