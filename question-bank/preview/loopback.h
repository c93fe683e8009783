#pragma once

#include <functional>
#include <string>

#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "question-bank/preview/request.h"

namespace assay::preview {

inline constexpr std::size_t kConnectionsMax = 64;
inline constexpr SteadyTime kIdleTime{30'000};

/// A listener on 127.0.0.1 for one person: a request a connection, one after the other, all on the
/// thread that calls serve().
class Loopback {
  public:
    /// Port 0: any that is free. kUnavailable where the port is taken.
    static Result<Loopback> open(std::uint16_t port);
    Loopback(Loopback&& other) noexcept;
    Loopback(const Loopback&) = delete;
    Loopback& operator=(const Loopback&) = delete;
    Loopback& operator=(Loopback&&) = delete;
    ~Loopback();

    /// "127.0.0.1:8080"
    const std::string& host() const { return host_; }

    /// Answers until something can be read from `stop`.
    Status serve(const std::function<Reply(const Request&)>& answer, int stop, const Clock& clock);

  private:
    Loopback(int socket, std::string host) : socket_(socket), host_(std::move(host)) {}

    int socket_;
    std::string host_;
};

}  // namespace assay::preview
