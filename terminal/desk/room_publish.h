#pragma once

#include "terminal/desk/room.h"

namespace assay::desk {

/// Keeps a statement, enters it into the site log and queues it for the server, in this order: a
/// crash in between leaves something to be repeated, never something lost.
template <typename T>
Status Room::publish(const std::string& name, const record::Signed<T>& object) {
    ASSAY_TRY_STATUS(folder_.put_signed(name, object));
    if (const auto proof = site_log_->add(object.envelope.payload); !proof.ok()) {
        return proof.error();
    }
    return queue(std::string(T::kName), object.digest, name);
}

}  // namespace assay::desk
