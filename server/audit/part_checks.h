#pragma once

#include <map>

#include "question-bank/sealed/scoring.h"
#include "server/audit/trail.h"

namespace assay::audit {

using Views = std::map<PartId, sealed::ScoringView>;

/// The scoring views of parts/ that are what officers signed and that their key opens.
Views open_views(Trail& trail);

}  // namespace assay::audit
