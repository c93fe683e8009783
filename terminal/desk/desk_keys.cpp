#include "terminal/desk/desk_keys.h"

namespace assay::desk {

Result<DeskKeys> DeskKeys::from(const crypto::KeyRing& ring) {
    ASSAY_TRY(crypto::SigningKey signing, ring.signing("signing"));
    ASSAY_TRY(crypto::SigningKey site_log, ring.signing("site-log"));
    ASSAY_TRY(crypto::SecretBytes tls_seed, ring.seed("tls"));
    ASSAY_TRY(crypto::AgeIdentity age, ring.age("age"));
    return DeskKeys{ring.id(), std::move(signing), std::move(site_log), std::move(tls_seed),
                    std::move(age)};
}

}  // namespace assay::desk
