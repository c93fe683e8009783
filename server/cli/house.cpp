#include "server/cli/house.h"

#include "crypto/kdf.h"

namespace assay::server_cli {
namespace {

store::StoreKeys store_keys(const crypto::SecretBytes& seed) {
    const auto key = [&seed](std::string_view name) {
        return crypto::StoreKey(crypto::hkdf_sha256(seed.view(), {}, name));
    };
    return {key("assay/v1/store-index"), key("assay/v1/store-people"), key("assay/v1/store-wraps")};
}

}  // namespace

Result<FolderKeys> FolderKeys::from(const crypto::KeyRing& ring) {
    ASSAY_TRY(const crypto::SecretBytes seed, ring.seed("store"));
    ASSAY_TRY(crypto::SigningKey log, ring.signing("log"));
    return FolderKeys{store_keys(seed), std::move(log), "assay-log/" + ring.id().hex()};
}

Result<std::unique_ptr<House>> House::open(const Session& session, const HouseOptions& options) {
    ASSAY_TRY(const crypto::KeyRing ring, open_ring(session, options.keys.path, options.keys.pin));
    ASSAY_TRY(server_core::ServerKeys keys, server_core::ServerKeys::from(ring));
    ASSAY_TRY(const FolderKeys own, FolderKeys::from(ring));
    ASSAY_TRY(crypto::SigningKey release_key, ring.signing("release"));
    const Path folder = options.folder;
    ASSAY_TRY_STATUS(session.disk.make_folders(folder));
    std::unique_ptr<House> out(new House(std::move(keys)));
    ASSAY_TRY(out->central_, server_core::CentralLog::open(
                                 {folder / "log", options.log_mirror, options.last_head_path()},
                                 own.origin, own.log, session.disk));
    ASSAY_TRY(out->store_, store::EmbeddedStore::open(
                               folder / "store", own.store,
                               {session.disk, session.random, session.clock, out->central_.get()}));
    if (const auto doubt = out->central_->doubt()) {
        session.log.error(*doubt);
    }
    out->headroom_ = std::make_unique<server_core::Headroom>(session.disk, folder / "store",
                                                             options.reserve_mib << 20U);
    out->headroom_->look();
    out->ports_ = std::make_unique<server_core::Ports>(
        server_core::Ports{*out->store_, *out->central_, session.clock, session.random, session.log,
                           out->headroom_.get()});
    ASSAY_TRY(out->trust_, server_core::Trust::open(*out->ports_));
    out->sittings_ = std::make_unique<server_core::Sittings>(*out->ports_, *out->trust_);
    out->statements_ =
        std::make_unique<server_core::Statements>(*out->ports_, *out->trust_, *out->sittings_);
    out->releases_ = std::make_unique<server_core::Releases>(
        *out->ports_, *out->trust_, *out->sittings_, std::move(release_key));
    out->intake_ = std::make_unique<server_core::Intake>(*out->ports_, *out->trust_,
                                                         *out->sittings_, *out->statements_);
    out->uploads_ = std::make_unique<store::Uploads>(*out->store_, session.disk, folder / "store");
    out->shelf_ =
        std::make_unique<server_core::EvidenceShelf>(*out->ports_, *out->sittings_, *out->uploads_);
    return out;
}

server_core::Scoring House::scoring(const Digest& scorer) {
    return {*ports_, {*trust_, *sittings_, *intake_, keys_.result, scorer}};
}

}  // namespace assay::server_cli
