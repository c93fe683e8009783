#pragma once

#include <memory>

#include "server/cli/session.h"
#include "server/core/evidence_shelf.h"
#include "server/core/intake.h"
#include "server/core/releases.h"
#include "server/core/rulings.h"
#include "server/core/scoring.h"
#include "server/core/server_keys.h"
#include "server/store/embedded_store.h"

namespace assay::server_cli {

/// A key ring file and where its PIN comes from.
struct RingFile {
    std::string path;
    PinSource pin;
};

struct HouseOptions {
    std::string folder;
    RingFile keys;
    /// A second store for the log's leaves; empty: none.
    std::string log_mirror;
    /// Where the log's newest head is kept apart from the folder; empty: beside the ring file.
    std::string last_head;
    /// Free disk that is kept for packages; 0: nobody watches.
    std::uint64_t reserve_mib = 0;

    std::string last_head_path() const {
        return last_head.empty() ? keys.path + ".head" : last_head;
    }
};

/// What a server's ring gives to its folder.
struct FolderKeys {
    store::StoreKeys store;
    crypto::SigningKey log;
    std::string origin;  ///< of the log

    static Result<FolderKeys> from(const crypto::KeyRing& ring);
};

/// The server's core over its folder: `log` and `store`. One process at a time.
class House {
  public:
    static Result<std::unique_ptr<House>> open(const Session& session, const HouseOptions& options);
    House(const House&) = delete;
    House& operator=(const House&) = delete;
    /// What still waits in the store is committed and answered while all that answers is there.
    ~House() {
        store_.reset();
        if (central_) {
            const Status kept = central_->keep_head();
            static_cast<void>(kept);  // the next start then asks for less than it could
        }
    }

    server_core::Ports& ports() { return *ports_; }
    server_core::Trust& trust() { return *trust_; }
    server_core::Sittings& sittings() { return *sittings_; }
    server_core::Statements& statements() { return *statements_; }
    server_core::Releases& releases() { return *releases_; }
    server_core::Intake& intake() { return *intake_; }
    server_core::EvidenceShelf& shelf() { return *shelf_; }
    store::Uploads& uploads() { return *uploads_; }
    server_core::CentralLog& central() { return *central_; }
    server_core::Headroom& headroom() { return *headroom_; }
    const server_core::ServerKeys& keys() const { return keys_; }
    server_core::Rulings rulings() { return {*ports_, *trust_, *sittings_, *intake_}; }
    /// With this program's own digest as the scorer.
    server_core::Scoring scoring(const Digest& scorer);

  private:
    explicit House(server_core::ServerKeys keys) : keys_(std::move(keys)) {}

    server_core::ServerKeys keys_;
    std::unique_ptr<server_core::CentralLog> central_;
    std::unique_ptr<store::EmbeddedStore> store_;
    std::unique_ptr<server_core::Headroom> headroom_;
    std::unique_ptr<server_core::Ports> ports_;
    std::unique_ptr<server_core::Trust> trust_;
    std::unique_ptr<server_core::Sittings> sittings_;
    std::unique_ptr<server_core::Statements> statements_;
    std::unique_ptr<server_core::Releases> releases_;
    std::unique_ptr<server_core::Intake> intake_;
    std::unique_ptr<store::Uploads> uploads_;
    std::unique_ptr<server_core::EvidenceShelf> shelf_;
};

}  // namespace assay::server_cli
