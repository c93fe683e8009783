#include "server/http/workers.h"

#include <limits>

namespace assay::http {

Workers::Workers(std::size_t threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

bool Workers::enqueue(std::function<void()> job, std::size_t most) {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_ || jobs_.size() >= most) {
            return false;
        }
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

bool Workers::try_post(std::function<void()> job) { return enqueue(std::move(job), waiting_max_); }

bool Workers::post(std::function<void()> job) {
    return enqueue(std::move(job), std::numeric_limits<std::size_t>::max());
}

void Workers::run() {
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopped_ || !jobs_.empty(); });
            if (stopped_) {
                return;
            }
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        job();
    }
}

void Workers::stop() {
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        dropped.swap(jobs_);
    }
    wake_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

}  // namespace assay::http
