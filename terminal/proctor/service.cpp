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

Result<record::ProctorPolicy> take_policy(record::ProctorChannel& channel, const Clock& clock) {
    const SteadyTime end = clock.steady() + kPolicyWait;
    while (clock.steady() < end) {
        ASSAY_TRY(const auto messages, channel.exchange(kTick));
        if (messages.empty()) {
            continue;
        }
        const auto* policy = std::get_if<record::ProctorPolicy>(&messages.front());
        if (policy == nullptr || messages.size() > 1) {
            break;
        }
        return *policy;
    }
    return fail(Code::kInvalid, "proctor.service.no-policy"_id);
}

std::unique_ptr<FaceDetector> open_detector(const std::string& models, const ServicePorts& ports) {
    if (models.empty()) {
        ports.log.warn("proctor.model.none"_id);
        return nullptr;
    }
    auto detector = open_yunet(ports.disk, models);
    if (!detector.ok()) {
        ports.log.error(detector.error());
        return nullptr;
    }
    return std::move(*detector);
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
    ASSAY_TRY(const record::ProctorPolicy policy, take_policy(channel, ports.clock));
    ASSAY_TRY(const auto recipient, crypto::AgeRecipient::from_text(policy.recipient));
    const std::unique_ptr<FaceDetector> detector = open_detector(policy.models, ports);
    ASSAY_TRY_STATUS(ports.close_sandbox());

    SystemPause pause;
    WatchPorts watch_ports{
        ports.clock, [&] { return open_source(policy.source, {ports.clock, pause, ports.disk}); },
        detector.get(),
        [&](ByteView plain) { return crypto::age_encrypt(ports.random, plain, recipient); },
        usage_now,
        // A terminal that does not read for so long gets gaps by its own account.
        [&](const record::ProctorMessage& message) { static_cast<void>(channel.send(message)); }};
    Watch watch(policy, std::move(watch_ports));
    watch.start();
    while (take_orders(channel, watch)) {
        const SteadyTime before = ports.clock.steady();
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
