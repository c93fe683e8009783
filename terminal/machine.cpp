#include "terminal/machine.h"

#include <algorithm>

#include "crypto/base32.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "crypto/record/document.h"
#include "crypto/record/verify.h"
#include "server/protocol/exchange.h"

namespace assay::terminal {
namespace {

constexpr std::uint64_t kMachineFileBytesMax = 4U << 20U;
constexpr std::size_t kHalfBytes = 32;
constexpr std::string_view kStoreKeyUse = "assay/v1/store-key";

Result<crypto::KeyRing> make_ring(Disk& disk, Random& random, const Path& path) {
    crypto::KeyRing ring(random.id<MachineId>());
    ring.add_signing("tls", crypto::SigningKey::generate(random));
    ring.add_signing("signing", crypto::SigningKey::generate(random));
    ring.add_age("age", crypto::AgeIdentity::generate(random));
    ASSAY_TRY_STATUS(write_file(disk, path, ring.text().view()));
    return ring;
}

Result<crypto::KeyRing> read_ring(Disk& disk, Random& random, const Path& path) {
    if (!disk.exists(path)) {
        return make_ring(disk, random, path);
    }
    ASSAY_TRY(Bytes text, read_file(disk, path, crypto::kKeyRingBytesMax));
    const crypto::WipeLater wiper(text);
    return crypto::KeyRing::from_text(text);
}

}  // namespace

Machine::Machine(Disk& disk, Random& random, Path folder, const crypto::KeyRing& ring,
                 crypto::SigningKey signing, crypto::SigningKey tls, crypto::AgeIdentity age,
                 crypto::TlsIdentity identity)
    : disk_(&disk),
      random_(&random),
      folder_(std::move(folder)),
      id_(ring.id()),
      signing_(std::move(signing)),
      tls_(std::move(tls)),
      age_(std::move(age)),
      identity_(std::move(identity)) {}

Result<Machine> Machine::open(Disk& disk, Random& random, Path folder) {
    ASSAY_TRY_STATUS(disk.make_folders(folder));
    ASSAY_TRY(const crypto::KeyRing ring, read_ring(disk, random, folder / "machine.keys"));
    ASSAY_TRY(crypto::SigningKey signing, ring.signing("signing"));
    ASSAY_TRY(crypto::SigningKey tls, ring.signing("tls"));
    ASSAY_TRY(crypto::AgeIdentity age, ring.age("age"));
    ASSAY_TRY(const crypto::SecretBytes seed, ring.seed("tls"));
    ASSAY_TRY(crypto::TlsIdentity identity, crypto::TlsIdentity::from_seed(seed));
    Machine machine(disk, random, std::move(folder), ring, std::move(signing), std::move(tls),
                    std::move(age), std::move(identity));
    ASSAY_TRY_STATUS(machine.read_enrolment());
    return machine;
}

record::MachineKeys Machine::public_keys() const {
    return {record::TlsPublic::from_bytes(tls_.verify_key().view()).value(),
            record::SigningPublic::from_bytes(signing_.verify_key().view()).value(),
            record::AgePublic::from_bytes(age_.recipient().view()).value()};
}

std::string Machine::fingerprint() const {
    return crypto::short_code(record::machine_fingerprint(public_keys()));
}

Status Machine::read_enrolment() {
    const Path path = folder_ / "machine.json";
    if (!disk_->exists(path)) {
        return Ok{};
    }
    ASSAY_TRY(const Bytes bytes, read_file(*disk_, path, kMachineFileBytesMax));
    ASSAY_TRY(EnrolledFile file, record::read_document<EnrolledFile>(bytes));
    return believe(std::move(file));
}

Status Machine::believe(EnrolledFile file) {
    ASSAY_TRY(const auto list, record::read_signed<record::KeyList>(file.keys.list));
    // The organisation's roots come with the enrolment: the room code pinned who says so.
    ASSAY_TRY(record::TrustedKeys keys,
              record::TrustedKeys::from(list, file.keys.rows, list.object.roots,
                                        list.object.root_threshold));
    ASSAY_TRY(const auto enrolment, record::read_signed<record::Enrolment>(file.enrolment));
    ASSAY_TRY_STATUS(record::check_enrolment(enrolment, keys));
    if (enrolment.object.machine != id_ || enrolment.object.keys != public_keys()) {
        return fail(Code::kRefused, "terminal.enrol.other-machine"_id);
    }
    trusted_ = std::move(keys);
    enrolled_ = std::move(file);
    return Ok{};
}

Status Machine::enrol(const DeskAddress& desk, const record::RoomCode& code,
                      const std::string& seat) {
    client::LinkConfig config;
    config.host = desk.host;
    config.port = desk.port;
    config.identity = identity_;
    config.server = [wanted = code.desk_key](const crypto::TlsKey& key) {
        return crypto::sha256(key.view()) == wanted;
    };
    ASSAY_TRY(const auto link, client::CurlLink::make(std::move(config)));
    // The proof is bound to a connection, so that there must be one before it.
    ASSAY_TRY_STATUS(protocol::send(*link, "GET", "/v1/key-list"));
    const auto exporter = link->exporter();
    if (!exporter) {
        return fail(Code::kUnavailable, "terminal.enrol.connection"_id);
    }
    protocol::EnrolRequest request{
        id_, seat, public_keys(),
        record::enrolment_proof(code.secret.view(), public_keys(), exporter->view())};
    ASSAY_TRY(auto reply,
              protocol::call<protocol::EnrolReply>(*link, "POST", "/v1/enrolments", request));
    EnrolledFile file{code.desk_key, seat, std::move(reply.enrolment), std::move(reply.keys)};
    const Bytes bytes = record::write_document(file);
    ASSAY_TRY_STATUS(believe(std::move(file)));
    return write_file(*disk_, folder_ / "machine.json", bytes);
}

record::TrustedKeys Machine::trusted() const {
    const std::lock_guard guard(*lock_);
    return *trusted_;
}

Result<std::optional<record::TrustedKeys>> Machine::newer_keys(Link& desk) {
    ASSAY_TRY(auto reply, protocol::call<protocol::KeyListReply>(desk, "GET", "/v1/key-list"));
    ASSAY_TRY(const auto list, record::read_signed<record::KeyList>(reply.list));
    const std::lock_guard guard(*lock_);
    const record::KeyList& known = trusted_->list();
    if (list.object.number <= known.number) {
        return std::optional<record::TrustedKeys>();
    }
    ASSAY_TRY(
        record::TrustedKeys keys,
        record::TrustedKeys::from(list, reply.rows, known.roots, known.root_threshold, &*trusted_));
    EnrolledFile file = *enrolled_;
    file.keys = std::move(reply);
    ASSAY_TRY_STATUS(write_file(*disk_, folder_ / "machine.json", record::write_document(file)));
    enrolled_ = std::move(file);
    trusted_ = std::move(keys);
    return trusted_;
}

Result<std::unique_ptr<client::CurlLink>> Machine::link(const DeskAddress& desk) const {
    ASSAY_CHECK(enrolled());
    const std::lock_guard guard(*lock_);
    client::LinkConfig config;
    config.host = desk.host;
    config.port = desk.port;
    config.identity = identity_;
    std::vector<record::TlsPublic> desks;
    for (const record::KeyRow& row : trusted_->rows()) {
        if (row.role == record::Role::kDesk && row.tls) {
            desks.push_back(*row.tls);
        }
    }
    config.server = [first = enrolled_->desk_key, desks](const crypto::TlsKey& key) {
        return crypto::sha256(key.view()) == first ||
               std::ranges::any_of(desks, [&](const record::TlsPublic& each) {
                   return std::ranges::equal(each.bytes, key.bytes);
               });
    };
    return client::CurlLink::make(std::move(config));
}

Result<crypto::SecretBytes> Machine::local_half() {
    const Path path = folder_ / "store-half";
    if (!disk_->exists(path)) {
        crypto::SecretBytes half = crypto::SecretBytes::random(*random_, kHalfBytes);
        ASSAY_TRY_STATUS(write_file(*disk_, path, half.view()));
        return half;
    }
    ASSAY_TRY(Bytes bytes, read_file(*disk_, path, kHalfBytes));
    const crypto::WipeLater wiper(bytes);
    return crypto::SecretBytes::copy_of(bytes);
}

Result<Bytes> Machine::desk_half(Link& desk, bool store_exists) {
    const std::string path = "/v1/store-halves/" + id_.hex();
    auto known = protocol::call<protocol::StoreHalf>(desk, "GET", path);
    if (known.ok()) {
        return std::move(known->half);
    }
    if (known.error().code != Code::kNotFound || store_exists) {
        return known.error();
    }
    protocol::StoreHalf half{Bytes(kHalfBytes)};
    random_->fill(half.half);
    ASSAY_TRY_STATUS(protocol::send(desk, "PUT", path, record::write_document(half)));
    return std::move(half.half);
}

Result<crypto::StoreKey> Machine::store_key(platform::KeptKey* keeper, Link& desk,
                                            const Path& store) {
    if (keeper != nullptr) {
        auto kept = keeper->get();
        if (kept.ok() && *kept) {
            return std::move(**kept);
        }
    }
    ASSAY_TRY(const crypto::SecretBytes local, local_half());
    ASSAY_TRY(Bytes other, desk_half(desk, disk_->exists(store)));
    const crypto::WipeLater wiper(other);
    crypto::StoreKey key(crypto::hkdf_sha256(local.view(), other, kStoreKeyUse));
    if (keeper != nullptr) {
        ASSAY_TRY_STATUS(keeper->put(key));
    }
    return key;
}

}  // namespace assay::terminal
