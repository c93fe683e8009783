#include "tests/terminal/sample_room_fixture.h"

#include "crypto/record/verify.h"
#include "question-bank/sealed/capsule.h"
#include "server/protocol/exchange.h"
#include "terminal/proctor/jpeg.h"
#include "tests/support/paths.h"
#include "tests/terminal/proctor/drawn_person.h"

namespace assay::test {
namespace {

constexpr int kSeats = 3;

crypto::KeyRing make_desk(Random& random) {
    crypto::KeyRing ring(random.id<MachineId>());
    for (const char* const name : {"signing", "site-log", "tls"}) {
        ring.add_signing(name, crypto::SigningKey::generate(random));
    }
    ring.add_age("age", crypto::AgeIdentity::generate(random));
    return ring;
}

record::AgePublic public_age(const crypto::AgeIdentity& key) {
    return record::AgePublic::from_bytes(key.recipient().view()).value();
}

template <typename T>
record::Signed<T> sign_by(const std::vector<crypto::SigningKey>& officers, T object) {
    auto out = record::make(std::move(object));
    for (const crypto::SigningKey& officer : officers) {
        out.envelope.add_signature(officer);
    }
    return out;
}

void expect_ok(const Status& status) {
    if (!status.ok()) {
        throw std::runtime_error(to_string(status.error()));
    }
}

}  // namespace

SampleRoom::SampleRoom(Path folder)
    : folder_(std::move(folder)), log_(Log::to_stderr("sample-desk")), desk_(make_desk(random_)) {
    make_keys();
    make_exam();
    make_roster();
    make_manifest();
    open_desk();
    expect_ok(room_->adopt_keys(key_list_));
    expect_ok(room_->take_sitting(bundle_));
    expect_ok(room_->take_photo(crypto::sha256(photo_), photo_));
    expect_ok(room_->take_bank(sealed_->bank_statement.object.bank, sealed_->bank));
    expect_ok(room_->open_room(crypto::Pin(crypto::SecretBytes::copy_of(as_bytes("135790")))));
    listen(0);
}

void SampleRoom::make_keys() {
    record::KeyRows rows{organisation_, {}};
    record::KeyList list;
    for (int i = 0; i < 2; ++i) {
        officers_.push_back(crypto::SigningKey::generate(random_));
        const auto key = record::public_of(officers_.back());
        rows.rows.push_back(
            {record::Role::kExamOfficer, random_.id<MachineId>(), "officer", {}, {}, key, {}});
        list.roots.push_back(key);  // the same two, for brevity
    }
    const auto desk = desk::DeskKeys::from(desk_).value();
    rows.rows.push_back(
        {record::Role::kDesk, desk_.id(), "desk", site_, {}, record::public_of(desk.signing), {}});
    rows.rows.push_back({record::Role::kRelease,
                         random_.id<MachineId>(),
                         "release",
                         {},
                         {},
                         record::public_of(release_key_),
                         {}});
    key_list_.rows = record::write_document(rows);
    list.organisation = rows.organisation;
    list.rows = crypto::sha256(key_list_.rows);
    key_list_.list = to_bytes(sign_by(officers_, list).json());
}

void SampleRoom::make_exam() {
    const auto package = item::read_package(disk_, repository() / "question-bank/sample").value();
    const sealed::Views views = sealed::split_views(package).value();
    const auto nobody = crypto::AgeIdentity::generate(random_);
    const sealed::SealRequest request{exam_,
                                      part_,
                                      1,
                                      "电子商务数据分析（初级）样卷",
                                      WallTime{0},
                                      WallTime{4'000'000'000},
                                      nobody.recipient()};
    sealed_.emplace(sealed::seal_part(random_, views, request).value());
    for (const crypto::SigningKey& officer : officers_) {
        sealed_->bank_statement.envelope.add_signature(officer);
    }
}

void SampleRoom::make_roster() {
    auto picture = proctor::Image::make(640, 480, 3);
    draw_room(picture);
    draw_person(picture, pose_at(0));
    photo_ = proctor::encode_jpeg(picture, 85);
    const std::array names{"王思雨", "李明轩", "陈雨桐"};
    roster_.sitting = sitting_;
    attempts_file_.sitting = sitting_;
    for (int i = 0; i < kSeats; ++i) {
        record::RosterRow row;
        row.attempt = random_.id<AttemptId>();
        row.name = names.at(static_cast<std::size_t>(i));
        row.number = "202611000" + std::to_string(i + 1);
        row.seat = "0" + std::to_string(i + 1);
        row.seat_code = "K7M" + std::to_string(i + 1);
        row.photo = crypto::sha256(photo_);
        random_.fill(row.salt.bytes);
        roster_.rows.push_back(row);
        attempts_.push_back(crypto::AgeIdentity::generate(random_));
        attempts_file_.attempts.push_back(
            {row.attempt, room_id_, public_age(attempts_.back()), {}, record::person_digest(row)});
    }
}

void SampleRoom::make_manifest() {
    record::SittingManifest object;
    object.sitting = sitting_;
    object.organisation = organisation_;
    object.exam = exam_;
    object.site = site_;
    object.title = "电子商务数据分析 初级";
    object.rooms = {{room_id_, "301", {desk_.id()}}};
    object.parts = {{part_, "样卷", false, sealed_->bank_statement.object.bank,
                     sealed_->scoring_statement.object.scoring}};
    bundle_.attempts = record::write_document(attempts_file_);
    object.attempts = crypto::sha256(bundle_.attempts);
    object.scoring_recipient = public_age(crypto::AgeIdentity::generate(random_));
    object.escrow_recipient = public_age(crypto::AgeIdentity::generate(random_));
    object.rules.duration_minutes = 90;
    object.rules.camera = record::CameraPolicy::kOptional;
    manifest_ = sign_by(officers_, object);
    bundle_.manifest = to_bytes(manifest_->json());
    bundle_.roster = record::write_document(roster_);
    bundle_.banks = {{part_, to_bytes(sealed_->bank_statement.json()), sealed_->bank.size()}};
}

void SampleRoom::open_desk() {
    expect_ok(disk_.make_folders(folder_ / "uploads"));
    room_ = desk::Room::open({disk_, clock_, random_, log_}, desk::DeskKeys::from(desk_).value(),
                             {folder_ / "desk", sitting_, room_id_, 60, std::chrono::minutes(30)})
                .value();
    uploads_ = std::make_unique<desk::UploadFolder>(disk_, folder_ / "uploads", random_);
}

void SampleRoom::listen(std::uint16_t port) {
    http::ServerConfig config;
    config.port = port;
    config.peers = [](const crypto::TlsKey&) { return true; };
    const auto identity = crypto::TlsIdentity::from_seed(desk_.seed("tls").value()).value();
    server_ = http::Server::start(config, identity, desk::desk_routes(*room_, *uploads_)).value();
}

void SampleRoom::restart_desk() {
    const std::uint16_t port = server_->port();
    server_.reset();
    open_desk();
    listen(port);
}

Path SampleRoom::room_code_file() {
    const Path path = folder_ / "room-code";
    expect_ok(write_file(disk_, path, as_bytes(room_->make_room_code().value().text())));
    return path;
}

LinkReply SampleRoom::answer_release(const LinkRequest& request) {
    const auto asked = record::read_document<protocol::ReleaseRequest>(request.body).value();
    record::Batch batch;
    batch.batch = random_.id<BatchId>();
    batch.exam = exam_;
    batch.parts = {{part_, sealed_->bank_statement.object.bank}};
    batch.time = clock_.wall();
    const auto signed_batch = sign_by(officers_, batch);
    record::Release release;
    release.part = asked.part;
    release.bank = sealed_->bank_statement.object.bank;
    release.site = site_;
    release.room = room_id_;
    release.desk = desk_.id();
    release.sitting = sitting_;
    release.manifest = manifest_->digest;
    release.batch = signed_batch.digest;
    release.nonce.emplace();
    random_.fill(release.nonce->bytes);
    release.time = clock_.wall();
    protocol::ReleaseReply reply;
    reply.release = to_bytes(record::sign(release, release_key_).json());
    reply.batch = to_bytes(signed_batch.json());
    reply.key =
        sealed::make_capsule(random_, sealed_->part_key, desk_.age("age").value().recipient());
    return {200, {}, record::write_document(reply)};
}

Status SampleRoom::release() {
    FakeLink link([this](const LinkRequest& request) { return answer_release(request); });
    return room_->release_online(link);
}

Status SampleRoom::order(record::OrderKind kind, const std::string& text) {
    return room_->order(kind, std::nullopt, 0, text, "test", {"刘监考"});
}

Status SampleRoom::command(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string word = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (word == "release") {
        return release();
    }
    if (word == "restart") {
        restart_desk();
        return Ok{};
    }
    for (const auto& [kind, name] : record::Words<record::OrderKind>::kWords) {
        if (name == word) {
            return order(kind, rest);
        }
    }
    return fail(Code::kUsage, "desk.command"_id);
}

Result<record::PackageContents> SampleRoom::contents(std::size_t seat) {
    const auto row = candidate(seat);
    if (!row.package) {
        return fail(Code::kNotFound, "desk.package.none"_id);
    }
    const Path statement = folder_ / "desk/packages" / (row.package->hex() + ".dsse.json");
    ASSAY_TRY(const Bytes json, read_file(disk_, statement, record::kPackageBytesMax));
    const Path file = folder_ / "desk/packages" / (row.package->hex() + ".age");
    ASSAY_TRY(const Bytes sealed, read_file(disk_, file, record::kPackageBytesMax));
    const std::size_t index = static_cast<std::size_t>(
        std::ranges::find(roster_.rows, row.attempt, &record::RosterRow::attempt) -
        roster_.rows.begin());
    ASSAY_TRY(const Bytes tar, crypto::age_decrypt(sealed, attempts_.at(index)));
    ASSAY_TRY(auto out, record::read_contents(tar));
    ASSAY_TRY(const auto package, record::read_signed<record::Package>(json));
    ASSAY_TRY_STATUS(record::check_contents(package.object, out));
    return out;
}

Result<std::map<std::string, std::map<std::string, std::vector<std::string>>>> SampleRoom::answers(
    std::size_t seat) {
    ASSAY_TRY(const record::PackageContents opened, contents(seat));
    ASSAY_TRY(const auto answers, record::read_document<record::Answers>(opened.answers));
    std::map<std::string, std::map<std::string, std::vector<std::string>>> out;
    for (const record::AnsweredItem& item : answers.items) {
        for (const auto& response : item.responses) {
            out[item.item][response.response] =
                response.values.value_or(std::vector<std::string>{});
        }
        for (const auto& result : item.files) {
            out[item.item]["file:" + result.name] = {result.digest.hex()};
        }
    }
    return out;
}

}  // namespace assay::test
