#pragma once

#include <map>

#include "crypto/base/fake_disk.h"
#include "crypto/record/access.h"
#include "crypto/record/enrolment.h"
#include "crypto/record/key_list.h"
#include "crypto/record/manifest.h"
#include "crypto/record/package.h"
#include "crypto/record/result.h"
#include "crypto/record/room.h"
#include "crypto/record/start.h"
#include "question-bank/sealed/seal.h"

namespace assay::test {

/// One organisation with one room that was sealed, two attempts in it, and the folder that an
/// auditor gets about each. Members may be changed before files() is called.
class AuditFolder {
  public:
    using Files = std::map<std::string, Bytes>;

    explicit AuditFolder(std::uint64_t seed);

    /// All files of an attempt, 0 or 1, opened and with the scoring view disclosed.
    Files files(std::size_t attempt) const { return folders_.at(attempt); }
    std::string log_key() const { return log_key_; }
    std::string site_log_key() const { return site_log_key_; }
    /// The slip of the attempt, as the terminal shows it.
    std::string slip(std::size_t attempt) const { return slips_.at(attempt); }
    Bytes answers(std::size_t attempt) const { return answers_.at(attempt); }
    /// A result with a point too many, signed by the server all the same.
    Bytes raised_result(std::size_t attempt) const { return raised_.at(attempt); }

  private:
    struct Packed {
        record::Signed<record::Package> statement;
        Bytes age;
        Bytes answers;
        record::Salt salt;
        std::vector<Bytes> evidence;
    };

    void make_keys();
    void make_part();
    void make_manifest();
    void make_room();
    Packed pack(std::size_t attempt);
    record::PackagedJournal begin_journal(const AttemptId& attempt);
    void make_folders();
    record::Signed<record::MarkSheet> mark(const AttemptId& attempt) const;
    Bytes result_of(const Packed& packed, const record::Signed<record::MarkSheet>& sheet,
                    std::int64_t extra_milli);
    template <typename T>
    Bytes approved(record::Signed<T>& object) const;

    FakeRandom random_;
    std::vector<crypto::SigningKey> roots_;
    std::vector<crypto::SigningKey> officers_;
    std::vector<MachineId> officer_ids_;
    crypto::SigningKey desk_key_;
    crypto::SigningKey site_log_;
    crypto::SigningKey result_key_;
    crypto::SigningKey central_;
    crypto::SigningKey terminal_key_;
    crypto::AgeIdentity scoring_key_;
    std::vector<crypto::AgeIdentity> attempt_keys_;
    OrganisationId organisation_ = random_.id<OrganisationId>();
    SiteId site_ = random_.id<SiteId>();
    RoomId room_ = random_.id<RoomId>();
    MachineId desk_ = random_.id<MachineId>();
    MachineId terminal_ = random_.id<MachineId>();
    ExamId exam_ = random_.id<ExamId>();
    PartId part_ = random_.id<PartId>();
    WallTime time_{1772353800};
    record::AttemptsFile attempts_;
    std::optional<sealed::SealedPart> bank_;
    std::optional<record::Signed<record::SittingManifest>> manifest_;
    std::optional<record::Signed<record::RoomOpening>> opening_;
    Files shared_;
    std::vector<Files> folders_;
    std::vector<std::string> slips_;
    std::vector<Bytes> answers_;
    std::vector<Bytes> raised_;
    std::string log_key_;
    std::string site_log_key_;
};

}  // namespace assay::test
