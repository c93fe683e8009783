#pragma once

#include "crypto/keys/command_line.h"
#include "crypto/record/key_list.h"
#include "crypto/slip39.h"
#include "crypto/transcript.h"

namespace assay::keys {

using crypto::Transcript;

/// Who takes part, and what is made.
struct CeremonyPlan {
    std::string title;
    Path folder;
    OrganisationId organisation;
    std::vector<std::string> present;   ///< everyone in the room; at least two
    std::vector<std::string> roots;     ///< holders of the root keys
    std::vector<std::string> officers;  ///< exam officers
    std::uint32_t root_threshold = 2;
    std::uint32_t officer_threshold = 2;
    /// Keys that exist as shares only ("scoring", "escrow"), and how each is split.
    std::vector<std::pair<std::string, crypto::ShareGroup>> shared;
    PinSource pin;  ///< one line a holder, in the order of roots, then officers
};

/// kUsage for a plan that can't be carried out: names, thresholds, fewer than two people.
Status check_plan(const CeremonyPlan& plan);

/// The ceremony itself: says each step, waits for the people's word on standard input, and leaves
/// in the folder a key ring and public keys for each holder, the shares, rows.json, the signed
/// first key list, and transcript.txt. Nothing secret stays but what is locked by a PIN or is a
/// share.
Status run_ceremony(const Session& session, const CeremonyPlan& plan);

/// A finished ceremony: each file that the transcript names has the digest it says, the keys that
/// were read out are those of the signed list, and the shares gave back what was split. kCorrupt
/// names what differs.
Result<Transcript> check_ceremony(const Session& session, const Path& folder);

}  // namespace assay::keys
