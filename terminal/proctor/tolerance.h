#pragma once

#include <map>
#include <string_view>

#include "crypto/base/result.h"
#include "terminal/proctor/thresholds.h"

namespace assay::proctor {

/// What the accommodation of one candidate changes, by finding.
class Tolerances {
  public:
    /// "LOOK_AWAY=off FACE_ABSENT=wide": words with a space between. Only findings about a
    /// person's behaviour can be changed, never those about the camera. kInvalid.
    static Result<Tolerances> parse(std::string_view text);

    Tolerance of(record::FindingCode code) const;

  private:
    std::map<record::FindingCode, Tolerance> by_code_;
};

}  // namespace assay::proctor
