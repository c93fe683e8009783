#include "crypto/record/result.h"

namespace assay::record {

std::vector<Subject> Decision::subjects() const {
    std::vector<Subject> out;
    for (const Digest& each : candidates) {
        out.push_back({"candidate", each});
    }
    if (out.empty()) {
        out.push_back({"question", crypto::sha256(as_bytes(question))});
    }
    return out;
}

std::vector<Subject> Publication::subjects() const {
    std::vector<Subject> out;
    for (const Digest& each : results) {
        out.push_back({"result", each});
    }
    return out;
}

}  // namespace assay::record
