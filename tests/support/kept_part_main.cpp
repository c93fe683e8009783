// The program that the keeper's tests keep. First life: leaves a key and dies as if killed. Second
// life: ends with 0 where it is there and can be forgotten.
#include <csignal>

#include <unistd.h>

#include "terminal/platform/keeper.h"

int main() {
    using namespace assay;
    auto kept = platform::KeptKey::connect();
    if (!kept.ok()) {
        return 1;
    }
    const auto found = kept->get();
    if (!found.ok()) {
        return 2;
    }
    if (!*found) {
        crypto::SecretBytes key = crypto::SecretBytes::zeros(crypto::StoreKey::kBytes);
        key.span()[5] = 77;
        if (!kept->put(crypto::StoreKey(std::move(key))).ok()) {
            return 3;
        }
        ::kill(::getpid(), SIGKILL);
    }
    if ((*found)->view()[5] != 77) {
        return 4;
    }
    const bool forgotten = kept->forget().ok() && kept->get().ok() && !*kept->get();
    return forgotten ? 0 : 5;
}
