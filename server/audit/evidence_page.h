#pragma once

#include "server/audit/evidence_account.h"
#include "server/audit/session.h"

namespace assay::audit {

inline constexpr std::size_t kPageBytesMax = 160U
                                             << 20U;  ///< 64 MiB of evidence in base64, and text

/// One file without any other: what was found and what is missing over time, the pictures, the
/// journal and the verdicts. Nothing in it reaches out; text of the journal never becomes markup.
std::string evidence_page(const Session& session, const Trail& trail,
                          const EvidenceAccount& account);

}  // namespace assay::audit
