#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/cli/house.h"
#include "server/core/cosigners.h"

namespace assay::server_cli {

/// How often the log's newest head is shown to its witnesses, where it changed.
inline constexpr std::chrono::seconds kWitnessEvery{1};

/// Asks the witnesses of a policy file, on a thread of its own, from begin() to destruction.
class Witnessing {
  public:
    static Result<std::unique_ptr<Witnessing>> make(const Session& session, House& house,
                                                    const std::string& policy_file);
    Witnessing(const Witnessing&) = delete;
    Witnessing& operator=(const Witnessing&) = delete;
    ~Witnessing();

    void begin();
    server_core::Cosigners& cosigners() { return *cosigners_; }

  private:
    Witnessing(const Session& session, std::unique_ptr<server_core::Cosigners> cosigners)
        : session_(session), cosigners_(std::move(cosigners)) {}
    void run();

    const Session& session_;
    std::unique_ptr<server_core::Cosigners> cosigners_;
    std::mutex lock_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace assay::server_cli
