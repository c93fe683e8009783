#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "crypto/command/session.h"

namespace assay::command {

/// "1.000000" as people write it: "1". Other text stays as it is.
std::string short_number(const std::string& number);

/// Help whose every word is in the session's language; CLI11 writes some of its own in English.
/// The session outlives it.
class HelpFormatter final : public CLI::Formatter {
  public:
    explicit HelpFormatter(const Session& session) : session_(session) {}

    /// What stands behind an option's name: what it takes, and with what it goes.
    std::string make_option_opts(const CLI::Option* option) const override;

  private:
    std::string value_of(const CLI::Option& option) const;
    std::string others(MessageId id, const std::set<CLI::Option*>& options) const;

    const Session& session_;
};

}  // namespace assay::command
