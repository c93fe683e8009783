#include "terminal/desk/room.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "crypto/base32.h"
#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk {
namespace {

class DeskRoom : public testing::Test, protected RoomFixture {
  protected:
    void SetUp() override {
        open_desk();
        ASSERT_TRUE(room->adopt_keys(key_list).ok());
        const Status taken = room->take_sitting(bundle);
        ASSERT_TRUE(taken.ok()) << to_string(taken.error());
        ASSERT_TRUE(room->open_room(pin()).ok());
        ASSERT_TRUE(enrol(one, "01").ok());
        ASSERT_TRUE(enrol(spare, "").ok());
    }
    Result<protocol::RecordsReply> send(const Terminal& terminal, const Journal& journal,
                                        std::size_t first = 0) {
        return room->take_records(terminal.id, journal.id,
                                  {first,
                                   {journal.records.begin() + static_cast<std::ptrdiff_t>(first),
                                    journal.records.end()}});
    }
    Result<protocol::PackageReply> hand_in(const record::Signed<record::Package>& package,
                                           ByteView file) {
        return room->take_package(package.digest,
                                  record::write_upload({to_bytes(package.json()), to_bytes(file)}));
    }
    std::string refusal(const auto& result) {
        return result.ok() ? "accepted" : std::string(result.error().what.id.text());
    }

    Terminal one = new_terminal();
    Terminal spare = new_terminal();
    const Bytes age_file = to_bytes("sealed answers");
};

class DeskPaper : public testing::Test, protected RoomFixture {
  protected:
    DeskPaper() : RoomFixture(Paper::kSealed) {}
    void SetUp() override {
        open_desk();
        ASSERT_TRUE(room->adopt_keys(key_list).ok());
        const Status taken = room->take_sitting(bundle);
        ASSERT_TRUE(taken.ok()) << to_string(taken.error());
        ASSERT_TRUE(room->open_room(pin()).ok());
        ASSERT_TRUE(enrol(one, "01").ok());
    }
    std::string start() {
        const Status said = room->order(record::OrderKind::kStart, {}, 0, "", "", {});
        return said.ok() ? "started" : std::string(said.error().what.id.text());
    }
    Terminal one = new_terminal();
};

TEST_F(DeskPaper, StartsAfterItsReleaseAndNotBefore) {
    EXPECT_EQ(start(), "desk.off.not-released");
    EXPECT_FALSE(room->view().released);
    const Status released = release(*room);
    ASSERT_TRUE(released.ok()) << to_string(released.error());
    EXPECT_TRUE(room->view().released);
    EXPECT_TRUE(room->view().all_released);
    EXPECT_EQ(release(*room).error().what.id.text(), "desk.off.released");
    EXPECT_EQ(start(), "started");
    EXPECT_EQ(start(), "desk.off.started");
}

TEST_F(DeskPaper, IsSealedUnstartedOnlyWhereNobodyCameInTime) {
    const auto seal = [&] {
        const Status said = room->seal({});
        return said.ok() ? "sealed" : std::string(said.error().what.id.text());
    };
    clock.set_wall(WallTime{60});  // the window has begun; candidates may still come
    EXPECT_FALSE(room->view().closable);
    EXPECT_EQ(seal(), "desk.off.seal-early");
    clock.set_wall(WallTime{3600});
    EXPECT_TRUE(room->view().closable);
    ASSERT_TRUE(admit(one, 0).ok());
    EXPECT_EQ(seal(), "desk.off.seal-early");
    clock.set_wall(WallTime{4'000'000'001});  // the window is over
    EXPECT_EQ(seal(), "desk.seal.open");      // and everyone's disposition is asked for
}

TEST_F(DeskRoom, AcknowledgesARecordOnlyOnItsOwnDisk) {
    Journal journal = admit(one, 0).value();
    write(journal, "first");
    write(journal, "second");
    const auto reply = send(one, journal);
    ASSERT_TRUE(reply.ok());
    const auto ack = record::read_signed<record::Acknowledgement>(*reply->acknowledgement).value();
    EXPECT_TRUE(record::require_key(ack, record::public_of(desk_keys().signing)).ok());
    EXPECT_EQ(ack.object.head, head(journal).head);
    FakeRandom chance(1);
    disk.cut_power(chance);
    open_desk();
    EXPECT_EQ(room->held_records(one.id, journal.id, 0).value().records, journal.records);
}

TEST_F(DeskRoom, TakesTheSameRecordsTwiceAndKeepsAFork) {
    Journal journal = admit(one, 0).value();
    write(journal, "first");
    ASSERT_TRUE(send(one, journal).ok());
    EXPECT_EQ(send(one, journal).value().count, 1U);
    Journal other{journal.start, journal.id, journal.key.copy(), {}};
    write(other, "another first");
    EXPECT_EQ(refusal(send(one, other)), "desk.journal.fork");
    EXPECT_EQ(room->take_records(one.id, journal.id, {5, {}}).error().what.id.text(),
              "desk.journal.gap");
    EXPECT_EQ(refusal(send(spare, journal)), "desk.journal.unknown");
}

TEST_F(DeskRoom, AdmitsAnAttemptAtOneTerminalOnly) {
    ASSERT_TRUE(admit(one, 0).ok());
    EXPECT_EQ(refusal(admit(spare, 0)), "desk.start.elsewhere");
    EXPECT_EQ(refusal(admit(spare, 1, Epoch{2})), "desk.start.epoch");
}

TEST_F(DeskRoom, RefusesAMachineThatDoesNotKnowTheCode) {
    const Terminal foreign = new_terminal();
    EXPECT_FALSE(room->machine_of(foreign.tls_key()).has_value());
    const protocol::EnrolRequest guess{foreign.id, "02", foreign.keys(), Digest{}};
    EXPECT_EQ(refusal(room->enrol(guess, foreign.tls_key(), {})), "desk.enrol.proof");
    clock.advance(std::chrono::minutes(31));
    EXPECT_EQ(refusal(room->enrol(guess, foreign.tls_key(), {})), "desk.enrol.no-code");
}

TEST_F(DeskRoom, FindsTheCandidateByTheSeatAndByNumberOnlyWithItsCode) {
    EXPECT_EQ(room->check_in(one.id, {}).value().row.number, "2026110001");
    EXPECT_EQ(refusal(room->check_in(spare.id, {})), "desk.check-in.seat");
    EXPECT_EQ(refusal(room->check_in(spare.id, {"2026110002", "WRONG"})), "desk.check-in.code");
    EXPECT_EQ(refusal(room->check_in(spare.id, {"9999", "K7M2"})), "desk.check-in.number");
    EXPECT_EQ(room->check_in(spare.id, {"2026110002", "K7M2"}).value().row.seat, "02");
}

TEST_F(DeskRoom, GivesOrdersToWhomTheyAreFor) {
    ASSERT_TRUE(admit(one, 0).ok());
    const AttemptId first = attempts.attempts[0].attempt;
    const AttemptId second = attempts.attempts[1].attempt;
    EXPECT_EQ(refusal(room->order(record::OrderKind::kExtraTime, first, 300, "", "why", {})),
              "desk.off.not-started");
    ASSERT_TRUE(room->order(record::OrderKind::kStart, {}, 0, "", "", {}).ok());
    EXPECT_EQ(refusal(room->order(record::OrderKind::kExtraTime, first, 300, "", "", {})),
              "desk.order.reason");
    EXPECT_EQ(refusal(room->order(record::OrderKind::kExtraTime, second, 300, "", "停电", {})),
              "desk.off.absent");
    ASSERT_TRUE(admit(spare, 1).ok());
    ASSERT_TRUE(room->order(record::OrderKind::kExtraTime, second, 300, "", "停电", {}).ok());
    protocol::HeartbeatRequest told;
    told.attempt = first;
    told.state = "running";
    EXPECT_EQ(room->heartbeat(one.id, told).value().orders.size(), 1U);
    told.orders_seen = 1;
    EXPECT_TRUE(room->heartbeat(one.id, told).value().orders.empty());
    open_desk();  // a restarted desk still knows them
    told.orders_seen = 0;
    EXPECT_EQ(room->heartbeat(one.id, told).value().orders.size(), 1U);
}

TEST_F(DeskRoom, ProposesDarkTimeAndCreditsItOnceWhenAPersonSigns) {
    ASSERT_TRUE(admit(one, 0).ok());
    ASSERT_TRUE(room->order(record::OrderKind::kStart, {}, 0, "", "", {}).ok());
    const AttemptId attempt = attempts.attempts[0].attempt;
    EXPECT_EQ(refusal(room->credit_dark(attempt, 1, "停电", {})), "desk.off.no-dark");
    protocol::HeartbeatRequest told;
    told.attempt = attempt;
    told.state = "running";
    told.dark_ms = 130'500;
    ASSERT_TRUE(room->heartbeat(one.id, told).ok());
    EXPECT_EQ(room->view().candidates[0].dark_ms, 130'500);
    EXPECT_EQ(refusal(room->credit_dark(attempt, 130, "", {})), "desk.order.reason");
    EXPECT_EQ(refusal(room->credit_dark(attempt, 131, "停电", {})), "desk.off.no-dark");
    ASSERT_TRUE(room->credit_dark(attempt, 130, "停电", {}).ok());
    EXPECT_EQ(room->view().candidates[0].dark_ms, 500);
    EXPECT_EQ(refusal(room->credit_dark(attempt, 130, "停电", {})), "desk.off.no-dark");
    told.orders_seen = 1;
    const auto orders = room->heartbeat(one.id, told).value().orders;
    ASSERT_EQ(orders.size(), 1U);
    const auto order = record::read_signed<record::DeskOrder>(orders[0]).value();
    EXPECT_EQ(order.object.kind, record::OrderKind::kExtraTime);
    EXPECT_EQ(order.object.seconds, 130);
    EXPECT_EQ(order.object.text, kDarkCredit);
    EXPECT_EQ(order.object.reason, "停电");
    // What an invigilator gives otherwise is not a credit of dark time, and a restart forgets none.
    ASSERT_TRUE(room->order(record::OrderKind::kExtraTime, attempt, 60, "", "other", {}).ok());
    told.dark_ms = 200'000;
    open_desk();
    ASSERT_TRUE(room->heartbeat(one.id, told).ok());
    EXPECT_EQ(room->view().candidates[0].dark_ms, 70'000);
}

TEST_F(DeskRoom, CountersignsAtTheHeadItHoldsAndKeepsASecondPackage) {
    Journal journal = admit(one, 0).value();
    write(journal, "answer");
    auto package = make_package(one, 0, {}, {head(journal)}, age_file);
    EXPECT_EQ(refusal(hand_in(package, age_file)), "desk.package.head");
    ASSERT_TRUE(send(one, journal).ok());
    const auto reply = hand_in(package, age_file);
    ASSERT_TRUE(reply.ok()) << to_string(reply.error());
    const auto both = record::read_signed<record::Package>(reply->statement).value();
    EXPECT_TRUE(record::check_package_signers(both, record::public_of(one.signing),
                                              record::public_of(desk_keys().signing),
                                              record::TrustedKeys())
                    .ok());
    ASSERT_TRUE(room->export_waiting("/stick").ok());
    const auto exported = disk.list("/stick").value();
    EXPECT_TRUE(std::ranges::any_of(exported, [&](const std::string& name) {
        return name.ends_with(crypto::short_code(package.digest) + ".assay-package");
    }));
    const auto again = hand_in(package, age_file);
    EXPECT_EQ(again.value().statement, reply->statement);
    const Bytes other = to_bytes("other answers");
    const auto second = make_package(one, 0, {}, {head(journal)}, other);
    EXPECT_EQ(refusal(hand_in(second, other)), "desk.package.second");
    EXPECT_TRUE(disk.exists("/desk/refused/package-" + second.digest.hex() + ".tar"));
    EXPECT_EQ(room->receipt(crypto::short_code(package.digest)).value().statement, package.digest);
    const std::string on_the_slip = crypto::short_code_grouped(crypto::short_of(package.digest));
    EXPECT_EQ(room->receipt(on_the_slip).value().statement, package.digest);
    EXPECT_EQ(refusal(room->receipt("123")), "crypto.short-code.length");
    EXPECT_EQ(refusal(hand_in(package, other)), "desk.package.digest");
    EXPECT_EQ(refusal(hand_in(make_package(spare, 0, {}, {head(journal)}, other), other)),
              "desk.package.terminal");
}

TEST_F(DeskRoom, MovesAnAttemptWithItsJournalAndFencesTheOldTerminal) {
    Journal journal = admit(one, 0).value();
    write(journal, "answer");
    ASSERT_TRUE(send(one, journal).ok());
    const AttemptId attempt = attempts.attempts[0].attempt;
    EXPECT_EQ(refusal(room->move(attempt, spare.id,
                                 crypto::Pin(crypto::SecretBytes::copy_of(as_bytes("0"))))),
              "desk.move.pin");
    ASSERT_TRUE(room->move(attempt, spare.id, pin()).ok());
    open_desk();
    EXPECT_EQ(room->heartbeat(spare.id, {}).value().assigned, attempt);
    protocol::HeartbeatRequest old;
    old.attempt = attempt;
    EXPECT_TRUE(room->heartbeat(one.id, old).value().fenced);
    // The spare terminal has no seat, and nobody types a number there.
    EXPECT_EQ(room->check_in(spare.id, {}).value().row.attempt, attempt);
    const auto moved = room->move_for(spare.id, attempt).value();
    ASSERT_EQ(moved.journals.size(), 1U);
    EXPECT_EQ(moved.journals[0].records, journal.records);
    const auto key = crypto::age_decrypt_secret(moved.journals[0].key, spare.age).value();
    EXPECT_TRUE(crypto::equal_secret(key.view(), journal.key.view()));
    EXPECT_EQ(refusal(room->move_for(one.id, attempt)), "desk.move.not-here");

    Journal next = admit(spare, 0, Epoch{2}, head(journal)).value();
    const Bytes late = to_bytes("late");
    EXPECT_EQ(refusal(hand_in(make_package(one, 0, {}, {head(journal)}, late), late)),
              "desk.package.older-epoch");
    const auto package = make_package(spare, 0, Epoch{2}, {head(journal), head(next)}, age_file);
    EXPECT_TRUE(hand_in(package, age_file).ok());
}

TEST_F(DeskRoom, SealsWithEveryonesDispositionAndAgainForALateArrival) {
    Journal journal = admit(one, 0).value();
    EXPECT_EQ(refusal(room->seal({})), "desk.seal.open");
    const AttemptId attempt = attempts.attempts[0].attempt;
    ASSERT_TRUE(room->seal({{attempt, record::Disposition::kLost}}).ok());
    const auto late = make_package(one, 0, {}, {head(journal)}, age_file);
    ASSERT_TRUE(hand_in(late, age_file).ok());
    const RoomView view = room->view();
    EXPECT_EQ(view.seal_number, 2U);
    EXPECT_EQ(view.candidates[0].disposition, record::Disposition::kHandedIn);
    EXPECT_EQ(view.candidates[1].disposition, record::Disposition::kAbsent);
}

TEST_F(DeskRoom, GivesNoOrderAfterItsSeal) {
    Journal journal = admit(one, 0).value();
    const AttemptId attempt = attempts.attempts[0].attempt;
    ASSERT_TRUE(room->order(record::OrderKind::kStart, {}, 0, "", "", {}).ok());
    ASSERT_TRUE(room->seal({{attempt, record::Disposition::kLost}}).ok());
    for (const auto kind : {record::OrderKind::kPause, record::OrderKind::kResume,
                            record::OrderKind::kMessage, record::OrderKind::kTerminate}) {
        EXPECT_EQ(refusal(room->order(kind, {}, 0, "text", "why", {})), "desk.off.sealed");
    }
    EXPECT_EQ(refusal(room->order(record::OrderKind::kExtraTime, attempt, 60, "", "why", {})),
              "desk.off.sealed");
    EXPECT_EQ(refusal(room->move(attempt, spare.id, pin())), "desk.off.sealed");
    EXPECT_EQ(refusal(room->make_room_code()), "desk.off.sealed");
}

TEST_F(DeskRoom, MovesNobodyToATerminalWhereSomebodySits) {
    ASSERT_TRUE(admit(one, 0).ok());
    const Terminal third = new_terminal();
    ASSERT_TRUE(enrol(third, "03").ok());
    ASSERT_TRUE(admit(third, 2).ok());
    EXPECT_EQ(refusal(room->move(attempts.attempts[0].attempt, third.id, pin())),
              "desk.move.taken");
}

TEST_F(DeskRoom, ShowsAfterARestartWhatTerminalsToldBefore) {
    Journal journal = admit(one, 0).value();
    protocol::HeartbeatRequest told;
    told.attempt = attempts.attempts[0].attempt;
    told.state = "handed-in";
    told.answered = 11;
    told.items = 13;
    told.findings = {"FACE_MULTIPLE"};
    ASSERT_TRUE(room->heartbeat(one.id, told).ok());
    ASSERT_TRUE(room->keep_heard().ok());
    const std::uint64_t writes = disk.changes();
    told.remaining_ms = 5;  // changes every second and is no news
    ASSERT_TRUE(room->heartbeat(one.id, told).ok());
    ASSERT_TRUE(room->keep_heard().ok());
    EXPECT_EQ(disk.changes(), writes);
    open_desk();
    const CandidateRow row = room->view().candidates[0];
    EXPECT_EQ(row.state, "handed-in");
    EXPECT_EQ(row.answered, 11U);
    EXPECT_EQ(row.items, 13U);
    EXPECT_EQ(row.findings, (std::vector<std::string>{"FACE_MULTIPLE"}));
    EXPECT_EQ(row.seen, Seen::kAway);
    EXPECT_EQ(room->view().candidates[1].seen, Seen::kNever);
    const std::string file = to_string(read_file(disk, "/desk/heard.age", 1U << 20U).value());
    EXPECT_EQ(file.find("FACE_MULTIPLE"), std::string::npos);
}

TEST_F(DeskRoom, KnowsWhichEvidenceIsStillComing) {
    Journal journal = admit(one, 0).value();
    write(journal, "answer");
    ASSERT_TRUE(send(one, journal).ok());
    const AttemptId attempt = attempts.attempts[0].attempt;
    EXPECT_EQ(room->missing_evidence(attempt, {}), 0U);
    auto package = make_package(one, 0, {}, {head(journal)}, age_file);
    package.object.evidence.segments = 3;
    package.object.files = {{"a", crypto::sha256(as_bytes("a")), 1},
                            {"b", crypto::sha256(as_bytes("b")), 1}};
    package = record::sign(package.object, one.signing);
    ASSERT_TRUE(hand_in(package, age_file).ok());
    EXPECT_EQ(room->missing_evidence(attempt, {}), 5U);
    EXPECT_EQ(room->missing_evidence(attempt, {2, {crypto::sha256(as_bytes("b"))}}), 2U);
    EXPECT_EQ(room->missing_evidence(
                  attempt, {9, {crypto::sha256(as_bytes("a")), crypto::sha256(as_bytes("b"))}}),
              0U);
}

TEST_F(DeskRoom, ShowsWhatATerminalWroteAndTheDeskDoesNotHold) {
    Journal journal = admit(one, 0).value();
    write(journal, "first");
    write(journal, "second");
    protocol::HeartbeatRequest told;
    told.attempt = attempts.attempts[0].attempt;
    told.state = "running";
    told.records = 2;
    ASSERT_TRUE(room->heartbeat(one.id, told).ok());
    EXPECT_EQ(room->view().candidates[0].records_behind, 2U);
    ASSERT_TRUE(send(one, journal).ok());
    EXPECT_EQ(room->view().candidates[0].records_behind, 0U);
    EXPECT_EQ(room->view().candidates[0].seen, Seen::kHere);
    clock.advance(std::chrono::seconds(6));
    EXPECT_EQ(room->view().candidates[0].seen, Seen::kAway);
}

TEST_F(DeskRoom, SendsEverythingOnceAndInOrder) {
    ASSERT_TRUE(admit(one, 0).ok());
    std::vector<std::string> objects;
    while (const auto pending = room->next_pending()) {
        objects.push_back(pending->object);
        ASSERT_TRUE(room->answered(pending->statement, "receipt").ok());
    }
    EXPECT_EQ(objects,
              (std::vector<std::string>{"room-opening", "enrolment", "enrolment", "start"}));
    open_desk();
    EXPECT_FALSE(room->next_pending().has_value());
}

TEST_F(DeskRoom, KeepsNamesOutOfItsPlainFilesAndItsLog) {
    for (const char* name : {"/desk/sitting/manifest.dsse.json", "/desk/sitting/attempts.json",
                             "/desk/sitting/roster.age"}) {
        const std::string file = to_string(read_file(disk, name, 1U << 20U).value());
        EXPECT_EQ(file.find("王思雨"), std::string::npos) << name;
        EXPECT_EQ(file.find("2026110001"), std::string::npos) << name;
    }
    for (const std::string& line : lines) {
        EXPECT_EQ(line.find("2026110001"), std::string::npos) << line;
    }
}

}  // namespace
}  // namespace assay::desk
