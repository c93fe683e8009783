#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace assay::http {

/// A shared amount of something that runs out, such as memory for bodies. Thread-safe.
class Budget {
  public:
    explicit Budget(std::uint64_t most) : most_(most) {}

    bool take(std::uint64_t amount);
    void give_back(std::uint64_t amount);
    std::uint64_t taken() const { return taken_.load(); }

  private:
    std::uint64_t most_;
    std::atomic<std::uint64_t> taken_{0};
};

/// A part of a budget, given back at the end of the scope.
class Share {
  public:
    explicit Share(Budget& budget) : budget_(budget) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { budget_.give_back(amount_); }

    bool grow(std::uint64_t amount);

  private:
    Budget& budget_;
    std::uint64_t amount_ = 0;
};

/// Open connections, in all and per address. Thread-safe.
class Doors {
  public:
    Doors(std::uint32_t most, std::uint32_t most_per_address)
        : most_(most), most_per_address_(most_per_address) {}

    enum class Entry {
        kWelcome,
        kBusy,    ///< counted; tell it to come back later
        kClosed,  ///< not counted; close at once
    };
    Entry enter(const std::string& address);
    void leave(const std::string& address);
    std::uint32_t open() const;

  private:
    mutable std::mutex mutex_;
    std::uint32_t most_;
    std::uint32_t most_per_address_;
    std::uint32_t open_ = 0;
    std::map<std::string, std::uint32_t> by_address_;
};

}  // namespace assay::http
