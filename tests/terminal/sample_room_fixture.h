#pragma once

#include <map>

#include "crypto/key_ring.h"
#include "crypto/random.h"
#include "question-bank/sealed/seal.h"
#include "server/http/server.h"
#include "terminal/desk/api.h"

namespace assay::test {

/// A whole room in one process: an organisation's keys, the sample exam sealed, a desk that listens
/// on this machine. Candidates sit at seats 01, 02 and 03. For programs under test, which see a
/// real desk; the organisation's side is only as much as a release needs.
class SampleRoom {
  public:
    explicit SampleRoom(Path folder);

    std::string address() const { return "127.0.0.1:" + std::to_string(server_->port()); }
    /// A fresh room code, written to `<folder>/room-code`.
    Path room_code_file();
    desk::Room& room() { return *room_; }
    Status release();
    Status order(record::OrderKind kind, const std::string& text = "");
    /// A line of sample_desk_main: "release", "start", "pause", "message TEXT", ...
    Status command(const std::string& line);
    /// What the package of the candidate at `seat` (0 is the first) says was answered: item ->
    /// response or "file:NAME" -> values, or the digest.
    Result<std::map<std::string, std::map<std::string, std::vector<std::string>>>> answers(
        std::size_t seat);
    /// All of that package, checked against its Statement.
    Result<record::PackageContents> contents(std::size_t seat);
    /// Of the candidate at `seat`, as the desk sees it.
    desk::CandidateRow candidate(std::size_t seat) { return room_->view().candidates.at(seat); }
    /// The desk's process dies and runs again at the same port.
    void restart_desk();

  private:
    void make_keys();
    void make_exam();
    void make_roster();
    void make_manifest();
    void open_desk();
    void listen(std::uint16_t port);
    LinkReply answer_release(const LinkRequest& request);

    Path folder_;
    SystemDisk disk_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    Log log_;
    std::vector<crypto::SigningKey> officers_;
    crypto::SigningKey release_key_ = crypto::SigningKey::generate(random_);
    crypto::KeyRing desk_;
    OrganisationId organisation_ = random_.id<OrganisationId>();
    SittingId sitting_ = random_.id<SittingId>();
    SiteId site_ = random_.id<SiteId>();
    RoomId room_id_ = random_.id<RoomId>();
    ExamId exam_ = random_.id<ExamId>();
    PartId part_ = random_.id<PartId>();
    protocol::KeyListReply key_list_;
    std::optional<sealed::SealedPart> sealed_;
    std::vector<crypto::AgeIdentity> attempts_;
    record::SiteRoster roster_;
    record::AttemptsFile attempts_file_;
    Bytes photo_;
    std::optional<record::Signed<record::SittingManifest>> manifest_;
    protocol::SittingReply bundle_;
    std::unique_ptr<desk::Room> room_;
    std::unique_ptr<desk::UploadFolder> uploads_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace assay::test
