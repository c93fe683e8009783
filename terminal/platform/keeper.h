#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/log.h"
#include "crypto/base/result.h"
#include "crypto/secret_kinds.h"

namespace assay::platform {

/// Where a kept process finds its socket to the keeper.
inline constexpr int kKeeperDescriptor = 4;

struct KeeperSettings {
    Path program;
    std::vector<std::string> arguments;
    std::chrono::milliseconds restart_after{200};
    std::chrono::milliseconds restart_after_max{
        5000};                   ///< of crashes within five seconds of a start
    int quick_crashes_max = 20;  ///< in a row; then it gives up
};

/// The parent that restarts the terminal. It holds the store key in locked memory while the machine
/// runs, so that a killed terminal goes on without anybody's help; it reads nothing else and opens
/// nothing. A TPM will take its place as the first giver of the key, not as its keeper.
class Keeper {
  public:
    /// `clock` and `log` outlive it.
    Keeper(KeeperSettings settings, const Clock& clock, Log& log)
        : settings_(std::move(settings)), clock_(clock), log_(log) {}

    /// Runs the program until it ends by itself with an exit code, and returns that; a signal that
    /// ends the program starts it again. SIGTERM and SIGINT are handed on, and end both: while it
    /// runs the process's handlers of these two are its own, so there is one keeper a process.
    Result<int> run();

  private:
    enum class Turn { kRestart, kEnd };
    struct Life;
    Turn watch(Life& life);
    bool serve(int socket);

    KeeperSettings settings_;
    const Clock& clock_;
    Log& log_;
    std::optional<crypto::StoreKey> key_;
    int quick_crashes_ = 0;
};

/// The kept process's side. One thread.
class KeptKey {
  public:
    /// Takes kKeeperDescriptor over, or `socket`. kUnavailable where there is no keeper.
    static Result<KeptKey> connect(int socket = kKeeperDescriptor);
    KeptKey(KeptKey&& other) noexcept;
    KeptKey& operator=(KeptKey&& other) noexcept;
    KeptKey(const KeptKey&) = delete;
    KeptKey& operator=(const KeptKey&) = delete;
    ~KeptKey();

    /// The key that an earlier life of this process left, nothing where there is none.
    Result<std::optional<crypto::StoreKey>> get();
    /// Leaves a key with the keeper, in place of an older one.
    Status put(const crypto::StoreKey& key);
    /// The keeper forgets the key.
    Status forget();

  private:
    explicit KeptKey(int socket) : socket_(socket) {}
    Status ask(char what, ByteView more);
    Result<std::optional<crypto::StoreKey>> answer();

    int socket_ = -1;
};

}  // namespace assay::platform
