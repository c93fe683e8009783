#pragma once

#include <functional>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/log.h"
#include "crypto/base/random.h"
#include "crypto/record/proctor_channel.h"

namespace assay::proctor {

struct ServicePorts {
    const Clock& clock;
    Disk& disk;
    Random& random;
    Log& log;
    std::function<Status()> close_sandbox;
    std::function<void()> alive;  ///< called once a second while it watches
};

/// The life of a proctor on its channel: policy, model, sandbox, then watching until the other side
/// says stop or goes. An error where it never came to watching.
Status serve(record::ProctorChannel& channel, const ServicePorts& ports);

}  // namespace assay::proctor
