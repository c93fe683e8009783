#include "tests/crypto/record/attacked.h"

namespace assay::test {
namespace {

using namespace record;

template <typename Id>
Id another(Id id) {
    id.bytes[0] ^= 1U;
    return id;
}

Signers officers(const OneSitting& w) { return {&w.officers[0], &w.officers[1]}; }

void about_keys(OneSitting& w, std::vector<Attacked>& out) {
    out.push_back(
        AttackedObject<KeyList>(w, w.plain_key_list(), {&w.roots[0], &w.roots[1]},
                                [&w](const Signed<KeyList>& list) -> Status {
                                    const auto keys =
                                        TrustedKeys::from(list, w.rows_bytes(), w.root_keys(), 2);
                                    return keys.ok() ? Status(Ok{}) : Status(keys.error());
                                })
            .later(&KeyList::time)
            .replay("rows", [](KeyList& o) { o.rows = another(o.rows); })
            .replay("threshold", [](KeyList& o) { o.officer_threshold = 0; })
            .replay("organisation", [](KeyList& o) { o.organisation = another(o.organisation); })
            .take());
    out.push_back(AttackedObject<Enrolment>(
                      w, w.enrolment, {&w.desk},
                      [&w](const Signed<Enrolment>& o) { return check_enrolment(o, *w.keys); })
                      .later(&Enrolment::time)
                      .replay("site", [&w](Enrolment& o) { o.site = w.other_site; })
                      .replay("unknown-machine", [&w](Enrolment& o) { o.desk = w.terminal.id; })
                      .signed_wrongly("a desk of another site", {&w.far_desk})
                      .signed_wrongly("the terminal itself", {&w.terminal})
                      .take());
}

void about_parts(OneSitting& w, std::vector<Attacked>& out) {
    Batch batch = w.filled<Batch>();
    batch.exam = w.exam;
    batch.not_before = WallTime{100};
    batch.parts = {{w.plain_manifest.parts[0].part, w.plain_manifest.parts[0].bank}};
    auto approved = record::sign(batch, w.officers[0].key);
    approved.envelope.add_signature(w.officers[1].key);
    Release release = w.filled<Release>();
    release.part = batch.parts[0].part;
    release.bank = batch.parts[0].bank;
    release.site = w.site;
    release.room = w.room;
    release.desk = w.desk.id;
    release.sitting = w.attempts.sitting;
    release.manifest = w.manifest.digest;
    release.batch = approved.digest;
    release.nonce = w.random.id<Nonce>();
    release.kit.reset();
    release.shares.reset();
    release.time = WallTime{200};
    // A batch counts for a release under it.
    out.push_back(AttackedObject<Batch>(w, batch, officers(w),
                                        [&w, release](const Signed<Batch>& o) {
                                            Release under = release;
                                            under.batch = o.digest;
                                            return check_release(
                                                record::sign(under, w.releaser.key), w.manifest,
                                                w.opening, &o, *w.keys);
                                        })
                      .later(&Batch::time)
                      .replay("exam", [](Batch& o) { o.exam = another(o.exam); })
                      .take());
    const auto check = [&w, approved](const Signed<Release>& o) {
        return check_release(o, w.manifest, w.opening, &approved, *w.keys);
    };
    const auto places = [&w](AttackedObject<Release> object) {
        return object.later(&Release::time)
            .replay("manifest", [](Release& o) { o.manifest = another(o.manifest); })
            .replay("manifest", [](Release& o) { o.sitting = another(o.sitting); })
            .replay("site", [&w](Release& o) { o.site = w.other_site; })
            .replay("room", [&w](Release& o) { o.room = w.other_room; })
            .replay("desk", [&w](Release& o) { o.desk = w.spare_desk.id; })
            .replay("part", [](Release& o) { o.bank = another(o.bank); })
            .replay("part", [](Release& o) { o.part = another(o.part); });
    };
    out.push_back(places(AttackedObject<Release>(w, release, {&w.releaser}, check))
                      .replay("batch", [](Release& o) { o.batch = another(*o.batch); })
                      .replay("part",
                              [&w](Release& o) {
                                  o.part = w.plain_manifest.parts[1].part;
                                  o.bank = w.plain_manifest.parts[1].bank;
                              })
                      .replay("too-early", [](Release& o) { o.time = WallTime{99}; })
                      .replay("kind", [](Release& o) { o.kit = o.bank; })
                      .signed_wrongly("the desk, which has no kit", {&w.desk})
                      .take());
    release.kit = w.random.id<Digest>();
    release.shares = std::vector<Digest>{w.random.id<Digest>()};
    release.batch.reset();
    release.nonce.reset();
    out.push_back(places(AttackedObject<Release>(w, release, {&w.desk}, check)).take());
    Withdrawal withdrawal = w.filled<Withdrawal>();
    withdrawal.exam = w.exam;
    out.push_back(AttackedObject<Withdrawal>(w, withdrawal, officers(w),
                                             [&w](const Signed<Withdrawal>& o) {
                                                 return check_withdrawal(o, w.exam, *w.keys);
                                             })
                      .later(&Withdrawal::time)
                      .replay("exam", [](Withdrawal& o) { o.exam = another(o.exam); })
                      .replay("reserve", [](Withdrawal& o) { o.reserve = o.stopped; })
                      .take());
}

void about_the_room(OneSitting& w, std::vector<Attacked>& out) {
    out.push_back(AttackedObject<SittingManifest>(
                      w, w.plain_manifest, officers(w),
                      [&w](const Signed<SittingManifest>& o) { return check_manifest(o, *w.keys); })
                      .later(&SittingManifest::time)
                      .replay("organisation",
                              [](SittingManifest& o) { o.organisation = another(o.organisation); })
                      .replay("key-list", [](SittingManifest& o) { o.lowest_key_list = 2; })
                      .take());
    out.push_back(AttackedObject<RoomOpening>(w, w.opening.object, {&w.desk},
                                              [&w](const Signed<RoomOpening>& o) {
                                                  return check_opening(o, w.manifest, *w.keys);
                                              })
                      .later(&RoomOpening::time)
                      .replay("manifest", [](RoomOpening& o) { o.manifest = another(o.manifest); })
                      .replay("room", [&w](RoomOpening& o) { o.room = w.other_room; })
                      .replay("room", [&w](RoomOpening& o) { o.desk = w.other_desk.id; })
                      .replay("number", [](RoomOpening& o) { o.number = 2; })
                      .replay("number", [](RoomOpening& o) { o.number = 0; })
                      .signed_wrongly("the spare desk", {&w.spare_desk})
                      .take());
    DeskOrder order = w.filled<DeskOrder>();
    order.manifest = w.manifest.digest;
    order.room = w.room;
    order.kind = OrderKind::kErrata;
    const auto check_it = [&w](const Signed<DeskOrder>& o) {
        return check_order(o, w.opening.object, *w.keys);
    };
    out.push_back(
        AttackedObject<DeskOrder>(w, order, {&w.desk, &w.officers[0], &w.officers[1]}, check_it)
            .later(&DeskOrder::time)
            .replay("room", [&w](DeskOrder& o) { o.room = w.other_room; })
            .replay("manifest", [](DeskOrder& o) { o.manifest = another(o.manifest); })
            .take());
    Seal seal = w.filled<Seal>();
    seal.manifest = w.manifest.digest;
    seal.room = w.room;
    seal.opening = w.opening.digest;
    seal.rows.clear();
    for (int i = 0; i < 2; ++i) {
        seal.rows.push_back(w.filled<SealRow>());
        seal.rows.back().attempt = w.attempts.attempts[static_cast<std::size_t>(i)].attempt;
    }
    out.push_back(AttackedObject<Seal>(w, seal, {&w.desk},
                                       [&w](const Signed<Seal>& o) {
                                           return check_seal(o, w.opening, w.attempts, *w.keys);
                                       })
                      .later(&Seal::time)
                      .replay("room", [&w](Seal& o) { o.room = w.other_room; })
                      .replay("opening", [](Seal& o) { o.opening = another(o.opening); })
                      .replay("manifest", [](Seal& o) { o.manifest = another(o.manifest); })
                      .replay("rows", [](Seal& o) { o.rows[1] = o.rows[0]; })
                      .replay("rows", [](Seal& o) { o.rows[0].attempt.bytes[0] ^= 1U; })
                      .replay("missing", [](Seal& o) { o.rows.pop_back(); })
                      .signed_wrongly("the desk of the other room", {&w.other_desk})
                      .take());
}

void about_an_attempt(OneSitting& w, std::vector<Attacked>& out) {
    out.push_back(AttackedObject<Start>(w, w.start, {&w.terminal, &w.desk},
                                        [&w](const Signed<Start>& o) -> Status {
                                            ASSAY_TRY_STATUS(check_start(o, w.enrolment, w.manifest,
                                                                         w.attempts));
                                            return check_admission(o, w.desk.signing());
                                        })
                      .later(&Start::desk_time)
                      .replay("manifest", [](Start& o) { o.manifest = another(o.manifest); })
                      .replay("attempt", [](Start& o) { o.attempt = another(o.attempt); })
                      .replay("room", [](Start& o) { o.room = another(o.room); })
                      .replay("terminal", [&w](Start& o) { o.terminal = w.other_terminal.id; })
                      .signed_wrongly("two terminals", {&w.terminal, &w.other_terminal})
                      .take());
    Acknowledgement ack = w.filled<Acknowledgement>();
    const JournalId journal = ack.journal;
    out.push_back(AttackedObject<Acknowledgement>(w, ack, {&w.desk},
                                                  [&w, journal](const Signed<Acknowledgement>& o) {
                                                      return check_acknowledgement(
                                                          o, journal, w.desk.signing());
                                                  })
                      .later(&Acknowledgement::time)
                      .replay("journal", [](Acknowledgement& o) { o.journal = another(o.journal); })
                      .signed_wrongly("the terminal itself", {&w.terminal})
                      .take());
    Move move = w.filled<Move>();
    move.manifest = w.manifest.digest;
    move.attempt = w.start.attempt;
    move.epoch = Epoch{w.start.epoch.value + 1};
    move.room = w.other_room;
    const JournalHead head = move.continued;
    out.push_back(AttackedObject<Move>(w, move, {&w.desk},
                                       [&w, head](const Signed<Move>& o) {
                                           return check_move(o, w.manifest, w.start, head,
                                                             w.desk.signing());
                                       })
                      .later(&Move::time)
                      .replay("manifest", [](Move& o) { o.manifest = another(o.manifest); })
                      .replay("attempt", [](Move& o) { o.attempt = another(o.attempt); })
                      .replay("epoch", [&w](Move& o) { o.epoch = w.start.epoch; })
                      .replay("epoch", [](Move& o) { o.epoch.value += 1; })
                      .replay("continued", [](Move& o) { o.continued.count += 1; })
                      .replay("room", [](Move& o) { o.room = another(o.room); })
                      .signed_wrongly("the desk of the other room", {&w.other_desk})
                      .take());
}

void about_a_package(OneSitting& w, std::vector<Attacked>& out) {
    const auto check = [&w](const Signed<Package>& o) -> Status {
        ASSAY_TRY_STATUS(check_package_place(o.object, w.manifest, w.start));
        return check_package_signers(o, w.terminal.signing(), w.desk.signing(), *w.keys);
    };
    const auto places = [&w](AttackedObject<Package> object) {
        return object.later(&Package::time)
            .replay("manifest", [](Package& o) { o.manifest = another(o.manifest); })
            .replay("attempt", [&w](Package& o) { o.attempt = w.attempts.attempts[1].attempt; })
            .replay("epoch", [](Package& o) { o.epoch.value -= 1; })
            .replay("room", [&w](Package& o) { o.room = w.other_room; })
            .replay("terminal", [&w](Package& o) { o.terminal = w.other_terminal.id; })
            .replay("parts", [](Package& o) { o.parts[0].bank = another(o.parts[0].bank); });
    };
    out.push_back(places(AttackedObject<Package>(w, w.package, {&w.terminal, &w.desk}, check))
                      .signed_wrongly("two terminals", {&w.terminal, &w.other_terminal})
                      .signed_wrongly("two desks", {&w.spare_desk, &w.desk})
                      .signed_wrongly("officers", officers(w))
                      .take());
    Package recovered = w.package;
    recovered.kind = PackageKind::kRecovered;
    out.push_back(places(AttackedObject<Package>(w, recovered, officers(w), check))
                      .signed_wrongly("terminal and desk", {&w.terminal, &w.desk})
                      .signed_wrongly("one officer twice", {&w.officers[0], &w.officers[0]})
                      .take());
}

void about_access(OneSitting& w, std::vector<Attacked>& out) {
    const auto package = record::make(w.package);
    Opening opening = w.filled<Opening>();
    opening.attempt = w.start.attempt;
    opening.package = package.digest;
    opening.attempt_key = w.attempts.attempts[0].recipient;
    out.push_back(AttackedObject<Opening>(w, opening, officers(w),
                                          [&w, package](const Signed<Opening>& o) {
                                              return check_access(o, package,
                                                                  w.attempts.attempts[0], *w.keys);
                                          })
                      .later(&Opening::time)
                      .replay("package", [](Opening& o) { o.package = another(o.package); })
                      .replay("attempt", [](Opening& o) { o.attempt = another(o.attempt); })
                      .replay("attemptKey", [&w](Opening& o) { o.attempt_key = w.age_key(); })
                      .take());
    Disclosure disclosure = w.filled<Disclosure>();
    disclosure.sitting = w.attempts.sitting;
    disclosure.manifest = w.manifest.digest;
    out.push_back(AttackedObject<Disclosure>(w, disclosure, officers(w),
                                             [&w](const Signed<Disclosure>& o) {
                                                 return check_disclosure(o, w.manifest, *w.keys);
                                             })
                      .later(&Disclosure::time)
                      .replay("manifest", [](Disclosure& o) { o.manifest = another(o.manifest); })
                      .replay("sitting", [](Disclosure& o) { o.sitting = another(o.sitting); })
                      .take());
    Erasure erasure = w.filled<Erasure>();
    erasure.sitting = w.attempts.sitting;
    erasure.manifest = w.manifest.digest;
    erasure.attempts = {w.start.attempt};
    out.push_back(
        AttackedObject<Erasure>(w, erasure, officers(w),
                                [&w](const Signed<Erasure>& o) {
                                    return check_erasure(o, w.manifest, w.attempts, *w.keys);
                                })
            .later(&Erasure::time)
            .replay("manifest", [](Erasure& o) { o.manifest = another(o.manifest); })
            .replay("sitting", [](Erasure& o) { o.sitting = another(o.sitting); })
            .replay("attempts", [](Erasure& o) { o.attempts[0] = another(o.attempts[0]); })
            .take());
    Package lost = w.package;
    lost.kind = PackageKind::kRecovered;
    const auto recovered = record::make(lost);
    Recovery recovery = w.filled<Recovery>();
    recovery.attempt = lost.attempt;
    recovery.epoch = lost.epoch;
    recovery.package = recovered.digest;
    out.push_back(AttackedObject<Recovery>(w, recovery, officers(w),
                                           [&w, recovered](const Signed<Recovery>& o) {
                                               return check_recovery(o, recovered, *w.keys);
                                           })
                      .later(&Recovery::time)
                      .replay("package", [](Recovery& o) { o.package = another(o.package); })
                      .replay("attempt", [](Recovery& o) { o.attempt = another(o.attempt); })
                      .replay("epoch", [](Recovery& o) { o.epoch.value += 1; })
                      .take());
}

void about_scores(OneSitting& w, std::vector<Attacked>& out) {
    MarkSheet sheet = w.filled<MarkSheet>();
    sheet.attempt = w.start.attempt;
    sheet.marker = w.officers[2].id;
    sheet.mark_milli = 1500;
    sheet.max_milli = 2000;
    const Digest rubric = sheet.rubric;
    out.push_back(AttackedObject<MarkSheet>(w, sheet, {&w.officers[2]},
                                            [&w, rubric](const Signed<MarkSheet>& o) {
                                                return check_mark_sheet(o, w.start.attempt, rubric,
                                                                        *w.keys);
                                            })
                      .later(&MarkSheet::time)
                      .replay("attempt", [](MarkSheet& o) { o.attempt = another(o.attempt); })
                      .replay("rubric", [](MarkSheet& o) { o.rubric = another(o.rubric); })
                      .replay("markMilli", [](MarkSheet& o) { o.mark_milli = 2001; })
                      .replay("markMilli", [](MarkSheet& o) { o.mark_milli = -1; })
                      .replay("unknown-machine", [&w](MarkSheet& o) { o.marker = w.desk.id; })
                      .signed_wrongly("another marker", {&w.officers[0]})
                      .take());
    AttemptResult result = w.filled<AttemptResult>();
    result.attempt = w.start.attempt;
    result.manifest = w.manifest.digest;
    result.number = 2;
    result.predecessor = w.random.id<Digest>();
    const ResultPlace place{result.attempt, result.manifest, result.source, result.predecessor};
    out.push_back(
        AttackedObject<AttemptResult>(
            w, result, {&w.result_key},
            [&w, place](const Signed<AttemptResult>& o) { return check_result(o, place, *w.keys); })
            .later(&AttemptResult::time)
            .replay("attempt", [](AttemptResult& o) { o.attempt = another(o.attempt); })
            .replay("manifest", [](AttemptResult& o) { o.manifest = another(o.manifest); })
            .replay("source", [](AttemptResult& o) { o.source = another(o.source); })
            .replay("predecessor", [](AttemptResult& o) { o.predecessor.reset(); })
            .replay("number", [](AttemptResult& o) { o.number = 1; })
            .take());
    const auto made = record::make(result);
    out.push_back(AttackedObject<ResultEntry>(w, {made.digest, WallTime{5}}, {&w.result_key},
                                              [&w, made](const Signed<ResultEntry>& o) {
                                                  return check_result_entry(o, made, *w.keys);
                                              })
                      .later(&ResultEntry::time)
                      .replay("result", [](ResultEntry& o) { o.result = another(o.result); })
                      .take());
    const auto package = record::make(w.package);
    const Opened opened{package.digest, w.package.attempt, w.package.epoch, true,
                        true,           WallTime{5}};
    out.push_back(
        AttackedObject<Opened>(
            w, opened, {&w.result_key},
            [&w, package](const Signed<Opened>& o) { return check_opened(o, package, *w.keys); })
            .later(&Opened::time)
            .replay("package", [](Opened& o) { o.package = another(o.package); })
            .replay("attempt", [](Opened& o) { o.attempt = another(o.attempt); })
            .replay("epoch", [](Opened& o) { o.epoch.value += 1; })
            .replay("commitmentRight", [](Opened& o) { o.commitment_right = false; })
            .replay("answersEqualJournal", [](Opened& o) { o.answers_equal_journal = false; })
            .take());
}

/// Objects that name their sitting and that officers sign.
template <typename T, typename Check>
AttackedObject<T> of_sitting(OneSitting& w, T object, Check check) {
    object.sitting = w.attempts.sitting;
    return AttackedObject<T>(
               w, object, officers(w),
               [&w, check](const Signed<T>& o) { return check(o, w.attempts.sitting, *w.keys); })
        .later(&T::time)
        .replay("sitting", [](T& o) { o.sitting = another(o.sitting); });
}

void about_decisions(OneSitting& w, std::vector<Attacked>& out) {
    Correction correction = w.filled<Correction>();
    correction.replaced = {w.random.id<Digest>()};
    out.push_back(of_sitting(w, correction, check_correction)
                      .replay("replaced", [](Correction& o) { o.replaced.clear(); })
                      .take());
    Decision decision = w.filled<Decision>();
    decision.candidates = {w.random.id<Digest>(), w.random.id<Digest>()};
    decision.chosen = decision.candidates[1];
    out.push_back(of_sitting(w, decision, check_decision)
                      .replay("choice", [](Decision& o) { o.chosen = another(*o.chosen); })
                      .take());
    Publication publication = w.filled<Publication>();
    publication.results = {w.random.id<Digest>()};
    out.push_back(of_sitting(w, publication, check_publication)
                      .replay("results", [](Publication& o) { o.results.clear(); })
                      .take());
}

}  // namespace

std::vector<Attacked> attacked_objects(OneSitting& world) {
    std::vector<Attacked> out;
    about_keys(world, out);
    about_parts(world, out);
    about_the_room(world, out);
    about_an_attempt(world, out);
    about_a_package(world, out);
    about_access(world, out);
    about_scores(world, out);
    about_decisions(world, out);
    return out;
}

}  // namespace assay::test
