#pragma once

#include "server/api/routes.h"
#include "tests/server/core/organisation.h"

namespace assay::test {

inline crypto::TlsIdentity identity(const crypto::SigningKey& key) {
    return crypto::TlsIdentity::from_seed(key.seed()).value();
}

/// Everything that routes need, over the parts of an organisation whose server is open.
class HouseCore {
  public:
    explicit HouseCore(Organisation& house)
        : parts_(*house.store, house.disk, house.folder.path() / "store"),
          shelf_(*house.ports, *house.sittings, parts_),
          uploads_(*house.trust, shelf_),
          core{*house.ports,      *house.trust,  *house.sittings, *house.releases,
               *house.statements, *house.intake, uploads_} {}

  private:
    store::Uploads parts_;
    server_core::EvidenceShelf shelf_;
    server_api::UploadShelf uploads_;

  public:
    server_api::Core core;
};

}  // namespace assay::test
