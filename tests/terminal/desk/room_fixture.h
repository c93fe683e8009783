#pragma once

#include "crypto/base/fake_disk.h"
#include "crypto/key_ring.h"
#include "crypto/random.h"
#include "terminal/desk/room.h"

namespace assay::desk {

/// One organisation, one site, one room with three candidates at seats 01 to 03, and terminals
/// that speak to the desk without a network.
class RoomFixture {
  public:
    struct Terminal {
        MachineId id;
        crypto::SigningKey signing;
        crypto::SigningKey tls;
        crypto::AgeIdentity age;
        record::MachineKeys keys() const {
            return {record::TlsPublic::from_bytes(tls.verify_key().view()).value(),
                    record::public_of(signing),
                    record::AgePublic::from_bytes(age.recipient().view()).value()};
        }
        crypto::TlsKey tls_key() const {
            return crypto::TlsKey::from_bytes(tls.verify_key().view()).value();
        }
    };
    struct Journal {
        record::Signed<record::Start> start;
        record::JournalId id;
        crypto::JournalKey key;
        std::vector<Bytes> records;
    };

    enum class Paper { kNone, kSealed };
    /// kSealed: with one part, whose bank nobody has, and a server that may release it.
    explicit RoomFixture(Paper paper = Paper::kNone);

    /// Through a server that gives it.
    Status release(Room& to);

    void open_desk() { room = Room::open(ports(), desk_keys(), config()).value(); }
    RoomPorts ports() { return {disk, clock, random, log}; }
    DeskKeys desk_keys() const { return DeskKeys::from(desk).value(); }
    void add_paper(record::SittingManifest& manifest);
    RoomConfig config() const { return {"/desk", sitting, room_id, 60, std::chrono::minutes(30)}; }

    Terminal new_terminal();
    Status enrol(const Terminal& terminal, const std::string& seat);
    record::Signed<record::Start> make_start(const Terminal& terminal, std::size_t candidate,
                                             Epoch epoch, const crypto::JournalKey& key,
                                             std::optional<record::JournalHead> continued = {});
    Result<Journal> admit(const Terminal& terminal, std::size_t candidate, Epoch epoch = {},
                          std::optional<record::JournalHead> continued = {});
    void write(Journal& journal, const std::string& text);
    record::JournalHead head(const Journal& journal) const {
        return record::chain_head(journal.id, journal.records);
    }
    record::Signed<record::Package> make_package(const Terminal& terminal, std::size_t candidate,
                                                 Epoch epoch,
                                                 std::vector<record::JournalHead> heads,
                                                 ByteView age_file);
    LinkReply answer_release(const LinkRequest& request);
    crypto::Pin pin() const {
        return crypto::Pin(crypto::SecretBytes::copy_of(as_bytes("135790")));
    }

    FakeDisk disk;
    FakeClock clock;
    crypto::SystemRandom random;
    std::vector<std::string> lines;
    Log log = Log::to_function([this](const std::string& line) { lines.push_back(line); });
    std::vector<crypto::SigningKey> officers;
    crypto::SigningKey release_key = crypto::SigningKey::generate(random);
    crypto::AgeIdentity part_key = crypto::AgeIdentity::generate(random);
    sealed::BankPart part;
    crypto::KeyRing desk;
    OrganisationId organisation = random.id<OrganisationId>();
    SiteId site = random.id<SiteId>();
    SittingId sitting = random.id<SittingId>();
    RoomId room_id = random.id<RoomId>();
    protocol::KeyListReply key_list;
    record::SiteRoster roster;
    record::AttemptsFile attempts;
    std::optional<record::Signed<record::SittingManifest>> manifest;
    protocol::SittingReply bundle;
    std::unique_ptr<Room> room;
};

}  // namespace assay::desk
