#pragma once

#include "server/cli/house.h"
#include "server/http/server.h"

namespace assay::server_cli {

inline constexpr std::size_t kConfigBytesMax = 64U << 10U;
/// Free disk below which evidence is refused, where the configuration names none.
inline constexpr std::uint64_t kReserveMibDefault = 2048;
inline constexpr std::uint64_t kReserveMibMax = std::uint64_t{1} << 24U;  ///< 16 TiB

/// All that `run` does is said here.
struct RunOptions {
    HouseOptions house;
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;
    std::uint16_t public_port = 0;
    /// For browsers, with a certificate that they know; 0 and no certificate: not there.
    std::uint16_t web_port = 0;
    std::string web_certificate;  ///< PEM, ours first
    std::string web_key;          ///< PEM without a passphrase
    std::string ready_file;
    std::string witness_policy;      ///< C2SP tlog-policy with URLs; empty: no witness is asked
    std::uint64_t scrub_hours = 24;  ///< between two readings of everything; 0: never
    std::uint32_t workers = 4;
    /// Beyond it desks get upload slots; 0: none.
    std::uint32_t packages_per_second = 1000;
    http::ServerLimits limits;

    RunOptions() { house.reserve_mib = kReserveMibDefault; }
};

/// One `name = value` a line; `#` begins a comment; names are those of the options of `run` without
/// the dashes. kUsage names the line of an unknown name, a name that came before, or a value that
/// is none.
Status read_config(std::string_view text, RunOptions& into);

/// A file with every name, its value in `options` and what it is for, commented out where it is the
/// usual one.
std::string sample_config(const Session& session);

}  // namespace assay::server_cli
