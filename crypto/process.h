#pragma once
// What a program does before all else, on its first thread: prctl(2), mlock(2), known answers.
#include "crypto/base/result.h"

namespace assay::crypto {

/// First call of every program: initialises libsodium, turns core dumps and ptrace by equals off,
/// and runs the self-test. Code kUnavailable (crypto.process.memory-lock) is a warning: memory
/// cannot be locked, secrets may reach the swap; say so and go on. Any other error: stop.
Status start_process();

/// Known answers for every primitive that this folder relies on; a few milliseconds. kCorrupt
/// names the primitive: the library or the machine computes wrongly and nothing may be trusted.
Status self_test();

}  // namespace assay::crypto
