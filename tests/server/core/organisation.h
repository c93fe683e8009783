#pragma once

#include <gtest/gtest.h>

#include "crypto/record/event.h"
#include "question-bank/sealed/bank.h"
#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/seal.h"
#include "server/core/intake.h"
#include "server/core/planning.h"
#include "server/core/releases.h"
#include "server/core/scoring.h"
#include "server/store/embedded_store.h"
#include "tests/support/paths.h"

namespace assay::test {

/// An organisation with two officers, a server in a folder of its own, one desk, one terminal, the
/// sample paper sealed, and the demo's roster planned as a sitting.
class Organisation {
  public:
    explicit Organisation(std::uint64_t seed = 1) : random(seed) {
        officers.push_back(crypto::SigningKey::generate(random));
        officers.push_back(crypto::SigningKey::generate(random));
        open_server(folder.path());
        make_key_list();
    }

    // ---- the server's process
    void close_server() {
        intake.reset();
        releases.reset();
        statements.reset();
        sittings.reset();
        trust.reset();
        ports.reset();
        store.reset();
        central.reset();
    }
    /// `mirror` and `last_head` as in LogPlaces.
    void open_server(const Path& at, const Path& mirror = {}, const Path& last_head = {}) {
        central = server_core::CentralLog::open({at / "log", mirror, last_head}, kLogOrigin,
                                                log_key, disk)
                      .value();
        store = store::EmbeddedStore::open(at / "store", store_keys,
                                           {disk, random, clock, central.get()})
                    .value();
        ports.emplace(server_core::Ports{*store, *central, clock, random, log});
        trust = server_core::Trust::open(*ports).value();
        sittings = std::make_unique<server_core::Sittings>(*ports, *trust);
        statements = std::make_unique<server_core::Statements>(*ports, *trust, *sittings);
        releases =
            std::make_unique<server_core::Releases>(*ports, *trust, *sittings, copy(release_key));
        intake = std::make_unique<server_core::Intake>(*ports, *trust, *sittings, *statements);
    }

    // ---- officers
    template <typename T>
    record::Signed<T> approve(record::Signed<T> object, std::size_t count = 2) const {
        for (std::size_t i = 0; i < count; ++i) {
            object.envelope.add_signature(officers[i]);
        }
        return object;
    }
    template <typename T>
    Bytes approved(T object, std::size_t count = 2) const {
        return to_bytes(approve(record::make(std::move(object)), count).json());
    }

    void seal_bank() {
        const auto package =
            item::read_package(disk, repository() / "question-bank" / "sample").value();
        const auto views = sealed::split_views(package).value();
        part = random.id<PartId>();
        exam = random.id<ExamId>();
        bank.emplace(sealed::seal_part(random, views,
                                       {exam,
                                        part,
                                        1,
                                        "样卷",
                                        clock.wall(),
                                        clock.wall() + std::chrono::hours(24),
                                        scoring_key.recipient(),
                                        {2, 3}})
                         .value());
        bank->bank_statement = approve(bank->bank_statement);
        bank->scoring_statement = approve(bank->scoring_statement);
    }
    server_core::BankDelivery delivery() const {
        return {to_bytes(bank->bank_statement.json()), bank->bank,
                to_bytes(bank->scoring_statement.json()), bank->scoring, bank->scoring_key_capsule};
    }

    server_core::SittingDefinition definition() const {
        server_core::SittingDefinition out;
        out.exam = exam;
        out.title = "电子商务数据分析（初级）";
        out.standard = "1+X";
        out.site = site;
        out.rooms = {{room, "301", {desk_id}}};
        out.window_begin = clock.wall();
        out.window_end = clock.wall() + std::chrono::hours(4);
        out.parts = {{"bank", false}};
        out.scoring_recipient = record::public_of(scoring_key.recipient());
        out.escrow_recipient = record::public_of(escrow_key.recipient());
        out.log_key = central->verifier_key();
        return out;
    }
    server_core::Plan plan() {
        const Bytes csv =
            read_file(disk, repository() / "scripts" / "demo.d" / "roster.csv", 1U << 20U).value();
        server_core::PlanRequest request;
        request.definition = definition();
        request.banks = {bank->bank_statement.object};
        request.scoring = {bank->scoring_statement.object};
        request.candidates = server_core::read_candidates(table::read_csv(csv).value()).value();
        for (std::size_t i = request.candidates.size(); i < candidates_least; ++i) {
            request.candidates.push_back(request.candidates.front());
            request.candidates.back().number = std::to_string(3'000'000'000 + i);
            request.candidates.back().seat = std::to_string(i + 1);
        }
        request.time = clock.wall();
        return server_core::plan_sitting(random, request).value();
    }
    /// Bank, capsule, batch and sitting at the server; the room open, the terminal enrolled.
    void set_up_sitting() {
        seal_bank();
        ASSERT_TRUE(sittings->add_bank(delivery()).ok());
        ASSERT_TRUE(
            sittings
                ->add_capsule(part, desk_id,
                              sealed::make_capsule(random, bank->part_key, desk_age.recipient()))
                .ok());
        planned.emplace(plan());
        ASSERT_TRUE(server_core::keep_plan(*ports, *planned).ok());
        manifest = approve(planned->manifest);
        const Status added = sittings->add_sitting(to_bytes(manifest.json()), planned->attempts);
        ASSERT_TRUE(added.ok()) << to_string(added.error());
        record::RoomOpening open;
        open.manifest = manifest.digest;
        open.room = room;
        open.desk = desk_id;
        open.move_recipient = record::public_of(desk_age.recipient());
        open.time = clock.wall();
        opening = record::sign(open, desk_key);
        bring(opening);
        record::Enrolment enrolment{terminal_id, site, room, {}, desk_id, clock.wall()};
        enrolment.keys.signing = record::public_of(terminal_key);
        enrolment.keys.tls = record::TlsPublic::from_bytes(enrolment.keys.signing.view()).value();
        enrolment.keys.age = record::public_of(desk_age.recipient());
        bring(record::sign(enrolment, desk_key));
    }
    template <typename T>
    void bring(const record::Signed<T>& object) {
        const auto receipt = statements->take({std::string(T::kName), to_bytes(object.json())});
        ASSERT_TRUE(receipt.ok()) << to_string(receipt.error());
    }
    record::Batch batch() const {
        return {BatchId{},
                exam,
                {{part, bank->bank_statement.object.bank}},
                clock.wall(),
                clock.wall()};
    }
    protocol::ReleaseRequest release_request() const {
        return {manifest.object.sitting, room, part, to_bytes(opening.json())};
    }

    const record::AttemptRow& attempt(std::size_t index) const {
        return attempts().attempts.at(index);
    }
    const record::AttemptsFile& attempts() const {
        return sittings->find(manifest.object.sitting).value()->attempts;
    }

    // ---- a terminal and its desk
    using Given = std::vector<std::pair<std::string, record::AnsweredResponse>>;
    struct Packed {
        record::Signed<record::Package> statement;
        Bytes upload;
        Digest digest() const { return statement.digest; }
    };
    Packed pack(const record::AttemptRow& row, const Given& given, Epoch epoch = Epoch{1}) {
        return pack_for(row, given, epoch, terminal_key, terminal_id);
    }
    Packed pack_for(const record::AttemptRow& row, const Given& given, Epoch epoch,
                    const crypto::SigningKey& key, const MachineId& terminal) {
        record::PackageContents contents;
        record::Start start;
        start.manifest = manifest.digest;
        start.room = room;
        start.attempt = row.attempt;
        start.epoch = epoch;
        start.terminal = terminal;
        start.random = random.id<record::Nonce>();
        auto journal_key = crypto::JournalKey::random(random);
        start.key_digest = record::journal_key_digest(journal_key);
        contents.journals.push_back(
            {record::make(start), std::move(journal_key), {}, std::nullopt});
        record::AnswerFold fold(row.attempt);
        fold.begin_journal();
        for (const auto& [item, response] : given) {
            record::Event event;
            event.kind = record::EventKind::kAnswer;
            event.item = item;
            event.response = response.response;
            event.values = response.values;
            write(contents.journals.back(), fold, event);
        }
        record::Event end;
        end.kind = record::EventKind::kHandIn;
        end.text = "handed-in";
        write(contents.journals.back(), fold, end);
        contents.answers = record::write_document(fold.answers());
        contents.result = to_bytes("<assessmentResult/>");
        contents.salt = random.id<record::Salt>();
        return sign_package(row, contents, key);
    }

    /// Set before set_up_sitting(): the roster of ten is filled up to so many.
    std::size_t candidates_least = 0;
    static constexpr const char* kLogOrigin = "assay-log/test";
    FakeRandom random;
    FakeClock clock;
    SystemDisk disk;
    TempFolder folder;
    Log log = Log::to_function([](const std::string&) {});
    std::vector<crypto::SigningKey> officers;
    std::vector<MachineId> officer_ids;
    crypto::SigningKey root = crypto::SigningKey::generate(random);
    crypto::SigningKey release_key = crypto::SigningKey::generate(random);
    crypto::SigningKey result_key = crypto::SigningKey::generate(random);
    crypto::SigningKey log_key = crypto::SigningKey::generate(random);
    crypto::SigningKey desk_key = crypto::SigningKey::generate(random);
    crypto::SigningKey desk_tls = crypto::SigningKey::generate(random);
    crypto::SigningKey server_tls = crypto::SigningKey::generate(random);
    crypto::SigningKey terminal_key = crypto::SigningKey::generate(random);
    crypto::AgeIdentity desk_age = crypto::AgeIdentity::generate(random);
    crypto::AgeIdentity scoring_key = crypto::AgeIdentity::generate(random);
    crypto::AgeIdentity escrow_key = crypto::AgeIdentity::generate(random);
    MachineId server_id = random.id<MachineId>();
    MachineId desk_id = random.id<MachineId>();
    MachineId terminal_id = random.id<MachineId>();
    SiteId site = random.id<SiteId>();
    RoomId room = random.id<RoomId>();
    ExamId exam;
    PartId part;
    std::optional<sealed::SealedPart> bank;
    std::optional<server_core::Plan> planned;
    record::Signed<record::SittingManifest> manifest;
    record::Signed<record::RoomOpening> opening;

    store::StoreKeys store_keys{crypto::StoreKey::random(random), crypto::StoreKey::random(random),
                                crypto::StoreKey::random(random)};
    std::unique_ptr<server_core::CentralLog> central;
    std::unique_ptr<store::EmbeddedStore> store;
    std::optional<server_core::Ports> ports;
    std::unique_ptr<server_core::Trust> trust;
    std::unique_ptr<server_core::Sittings> sittings;
    std::unique_ptr<server_core::Statements> statements;
    std::unique_ptr<server_core::Releases> releases;
    std::unique_ptr<server_core::Intake> intake;

    Status mark(const record::Signed<record::MarkSheet>& sheet) {
        return server_core::keep_mark(*ports, *trust, *sittings, to_bytes(sheet.json()));
    }

    server_core::Scoring scoring() {
        return {*ports, {*trust, *sittings, *intake, result_key, Digest{}}};
    }

  private:
    crypto::SigningKey copy(const crypto::SigningKey& key) const {
        return crypto::SigningKey::from_seed(key.seed()).value();
    }

    static record::KeyRow row(record::Role role, const MachineId& id,
                              const crypto::SigningKey& key) {
        record::KeyRow out;
        out.role = role;
        out.id = id;
        out.label = std::string(record::word(role));
        out.signing = record::public_of(key);
        return out;
    }

    void make_key_list() {
        record::KeyRows rows;
        for (const auto& officer : officers) {
            officer_ids.push_back(random.id<MachineId>());
            rows.rows.push_back(row(record::Role::kExamOfficer, officer_ids.back(), officer));
        }
        rows.rows.push_back(row(record::Role::kRelease, server_id, release_key));
        rows.rows.push_back(row(record::Role::kResult, server_id, result_key));
        rows.rows.push_back(row(record::Role::kLog, server_id, log_key));
        rows.rows.push_back(row(record::Role::kDesk, desk_id, desk_key));
        rows.rows.back().site = site;
        rows.rows.back().age = record::public_of(desk_age.recipient());
        rows.rows.back().tls = record::TlsPublic::from_bytes(desk_tls.verify_key().view()).value();
        const Bytes file = record::write_document(rows);
        record::KeyList list;
        list.roots = {record::public_of(root)};
        list.root_threshold = 1;
        list.officer_threshold = 2;
        list.rows = crypto::sha256(file);
        const Status adopted = trust->adopt(to_bytes(record::sign(list, root).json()), file);
        ASSERT_TRUE(adopted.ok()) << to_string(adopted.error());
    }

    void write(record::PackagedJournal& journal, record::AnswerFold& fold,
               const record::Event& event) {
        const auto now = record::chain_head(record::journal_id(journal.start), journal.records);
        record::JournalSealer sealer(journal.key, now.journal, random);
        journal.records.push_back(sealer.seal(now.count, now.head, record::write_document(event)));
        fold.add(event);
    }

    Packed sign_package(const record::AttemptRow& row, record::PackageContents& contents,
                        const crypto::SigningKey& key) {
        const Bytes file = crypto::age_encrypt(random, record::write_contents(contents),
                                               record::age_recipient(row.recipient));
        const auto& journal = contents.journals.front();
        record::Package package;
        package.package = crypto::sha256(file);
        package.bytes = file.size();
        package.manifest = manifest.digest;
        package.room = room;
        package.attempt = row.attempt;
        package.epoch = journal.start.object.epoch;
        package.parts = {{part, bank->bank_statement.object.bank}};
        package.terminal = journal.start.object.terminal;
        package.journals = {record::chain_head(record::journal_id(journal.start), journal.records)};
        package.commitment = record::commitment(contents.salt, row.attempt, contents.answers);
        package.kind = record::PackageKind::kHandedIn;
        package.time = clock.wall();
        auto made = record::sign(std::move(package), key);
        made.envelope.add_signature(desk_key);
        return {made, record::write_upload({to_bytes(made.json()), file})};
    }
};

/// A response with one value.
inline std::pair<std::string, record::AnsweredResponse> give(
    const std::string& item, const std::string& value, const std::string& response = "RESPONSE") {
    return {item, {response, std::vector<std::string>{value}, std::nullopt}};
}

}  // namespace assay::test
