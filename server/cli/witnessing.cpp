#include "server/cli/witnessing.h"

#include <csignal>

#include <pthread.h>

#include "server/client/open_link.h"

namespace assay::server_cli {
namespace {

Result<std::unique_ptr<Link>> connect(const server_core::WitnessUrl& url) {
    const bool bracket = url.host.find(':') != std::string::npos;
    const std::string host = bracket ? "[" + url.host + "]" : url.host;
    return std::unique_ptr<Link>(std::make_unique<client::OpenLink>(
        (url.plain ? "http://" : "https://") + host + ":" + std::to_string(url.port)));
}

}  // namespace

Result<std::unique_ptr<Witnessing>> Witnessing::make(const Session& session, House& house,
                                                     const std::string& policy_file) {
    ASSAY_TRY(const Bytes file, read_file(session.disk, policy_file, tlog::kPolicyBytesMax));
    ASSAY_TRY(auto policy, server_core::WitnessPolicy::from_text(as_text(file)));
    ASSAY_TRY(auto cosigners, server_core::Cosigners::make(house.central(), std::move(policy),
                                                           session.clock, connect));
    return std::unique_ptr<Witnessing>(new Witnessing(session, std::move(cosigners)));
}

Witnessing::~Witnessing() {
    {
        const std::lock_guard guard(lock_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Witnessing::begin() {
    thread_ = std::thread([this] { run(); });
}

void Witnessing::run() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);  // a witness that goes away is an error, not an end
    std::optional<Error> said;
    std::unique_lock guard(lock_);
    while (!stopping_) {
        guard.unlock();
        const Status asked = cosigners_->round();
        if (!asked.ok() && said != asked.error()) {
            session_.log.warn(asked.error().what.id, asked.error().what.args);
        }
        said = asked.ok() ? std::nullopt : std::optional(asked.error());
        guard.lock();
        wake_.wait_for(guard, kWitnessEvery, [this] { return stopping_; });
    }
}

}  // namespace assay::server_cli
