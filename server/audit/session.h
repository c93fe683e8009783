#pragma once

#include "crypto/command/command_line.h"
#include "server/audit/report.h"

namespace assay::audit {

using command::Session;

/// What a command does: its report, or why it could not even begin.
using Action = std::function<Result<Report>()>;

/// The commands of assay-audit: each prints its report, as text or as JSON; JSON also where a file
/// is missing without which none could begin.
class CommandLine : public command::CommandLine {
  public:
    CommandLine(const Session& session, const std::string& name, MessageId help);
    CLI::App& command(const char* name, MessageId help, Action action);

  private:
    Error could_not_begin(const Error& error) const;
    bool json_ = false;
};

/// kNotFound where there is no such folder.
Status require_folder(const Session& session, const std::string& folder);

void add_folder_commands(CommandLine& line);
void add_proof_commands(CommandLine& line);
void add_evidence_command(CommandLine& line);
void add_sitting_command(CommandLine& line);

}  // namespace assay::audit
