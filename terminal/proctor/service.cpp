#include "terminal/proctor/service.h"

#include <sys/resource.h>
#include <unistd.h>

#include "crypto/age.h"
#include "terminal/proctor/watch.h"

namespace assay::proctor {
namespace {

constexpr milliseconds kPolicyWait{10000};
constexpr milliseconds kTick{50};
constexpr milliseconds kFarewell{2000};

using Messages = std::vector<record::ProctorMessage>;

/// The policy, first; what came with it.
Result<std::pair<record::ProctorPolicy, Messages>> take_policy(record::ProctorChannel& channel,
                                                               const Clock& clock) {
    const SteadyTime end = clock.steady() + kPolicyWait;
    while (clock.steady() < end) {
        ASSAY_TRY(Messages messages, channel.exchange(kTick));
        if (messages.empty()) {
            continue;
        }
        const auto* policy = std::get_if<record::ProctorPolicy>(&messages.front());
        if (policy == nullptr) {
            break;
        }
        record::ProctorPolicy taken = *policy;
        messages.erase(messages.begin());
        return std::pair(std::move(taken), std::move(messages));
    }
    return fail(Code::kInvalid, "proctor.service.no-policy"_id);
}

/// A model that is not there, or another, is told and done without: the watch is degraded then.
template <typename Model>
std::unique_ptr<Model> open_model(Result<std::unique_ptr<Model>> opened, Log& log) {
    if (!opened.ok()) {
        log.error(opened.error());
        return nullptr;
    }
    return std::move(*opened);
}

struct OwnedModels {
    std::unique_ptr<FaceDetector> detector;
    std::unique_ptr<FaceEmbedder> embedder;
};

OwnedModels open_models(const record::ProctorPolicy& policy, const ServicePorts& ports) {
    OwnedModels models;
    if (policy.models.empty()) {
        ports.log.warn("proctor.model.none"_id);
        return models;
    }
    models.detector = open_model(open_yunet(ports.disk, policy.models), ports.log);
    if (policy.identity) {
        models.embedder = open_model(open_mobileface(ports.disk, policy.models), ports.log);
    }
    return models;
}

Usage usage_now() {
    rusage spent{};
    ::getrusage(RUSAGE_SELF, &spent);
    const auto micros = [](const timeval& t) {
        return std::chrono::microseconds(std::int64_t{t.tv_sec} * 1000000 + t.tv_usec);
    };
    return {micros(spent.ru_utime) + micros(spent.ru_stime),
            static_cast<std::uint32_t>(spent.ru_maxrss)};
}

/// False when it is time to end.
bool take_orders(record::ProctorChannel& channel, Watch& watch) {
    const auto orders = channel.exchange(milliseconds(0));
    if (!orders.ok()) {
        return false;
    }
    for (const record::ProctorMessage& order : *orders) {
        if (std::holds_alternative<record::ProctorStop>(order)) {
            return false;
        }
        watch.take(order);
    }
    return true;
}

void say_farewell(record::ProctorChannel& channel, const Clock& clock) {
    const SteadyTime end = clock.steady() + kFarewell;
    while (channel.waiting_bytes() > 0 && clock.steady() < end && channel.exchange(kTick).ok()) {
    }
}

}  // namespace

Status serve(record::ProctorChannel& channel, const ServicePorts& ports) {
    ASSAY_TRY(const auto taken, take_policy(channel, ports.clock));
    const auto& [policy, early] = taken;
    ASSAY_TRY(const auto recipient, crypto::AgeRecipient::from_text(policy.recipient));
    auto tolerances = Tolerances::parse(policy.tolerances);
    if (!tolerances.ok()) {
        ports.log.error(tolerances.error());  // a word too many must not end the recording
    }
    const OwnedModels models = open_models(policy, ports);
    ASSAY_TRY_STATUS(ports.close_sandbox());

    SystemPause pause;
    WatchPorts watch_ports{
        ports.clock,
        [&, &source = policy.source] {
            return open_source(source, {ports.clock, pause, ports.disk});
        },
        Models{models.detector.get(), models.embedder.get()},
        [&](ByteView plain) { return crypto::age_encrypt(ports.random, plain, recipient); },
        usage_now,
        // A terminal that does not read for so long gets gaps by its own account.
        [&](const record::ProctorMessage& message) { static_cast<void>(channel.send(message)); }};
    Watch watch(policy, tolerances.ok() ? std::move(*tolerances) : Tolerances(),
                std::move(watch_ports));
    watch.start();
    for (const record::ProctorMessage& message : early) {
        watch.take(message);
    }
    SteadyTime said{0};
    while (take_orders(channel, watch)) {
        const SteadyTime before = ports.clock.steady();
        if (before - said >= kHealthEvery) {
            said = before;
            ports.alive();
        }
        watch.tick(kTick);
        if (ports.clock.steady() - before < kTick / 2) {
            pause.pause(kTick / 2);  // no camera: nothing else waits
        }
    }
    watch.finish();
    say_farewell(channel, ports.clock);
    return Ok();
}

}  // namespace assay::proctor
