#include <algorithm>

#include "crypto/record/document.h"
#include "server/protocol/exchange.h"
#include "terminal/sitting/live_session.h"

// One round with the desk: what is owed in either direction, in the order in which it is needed.
// Every request may be repeated; the desk answers a repeated one in the same way.
namespace assay::sitting {
namespace {

constexpr std::chrono::milliseconds kBankTimeout{600'000};
constexpr std::int64_t kHeartbeatMs = 900;
constexpr std::int64_t kClockOffSeconds = 300;
constexpr const char* kClockOff = "CLOCK_OFF";
constexpr const char* kBehind = "JOURNAL_BEHIND";
constexpr std::int64_t kNextRoomMs = 3'000;
constexpr std::size_t kCopyBytesMax = 1U << 20U;

const char* word_of(Phase phase) {
    switch (phase) {
        case Phase::kCheckIn:
            return "check-in";
        case Phase::kWaiting:
            return "waiting";
        case Phase::kReleased:
            return "released";
        case Phase::kRunning:
            return "running";
        case Phase::kReviewing:
            return "reviewing";
        case Phase::kPaused:
            return "paused";
        case Phase::kReopened:
            return "reopened";
        case Phase::kHandedIn:
            return "handed-in";
        case Phase::kTerminated:
            return "terminated";
        case Phase::kSealed:
            return "sealed";
    }
    return "";
}

}  // namespace

PumpReport LiveSession::pump() {
    const std::lock_guard pumping(pumping_);
    const Result<bool> moved = round();
    const std::lock_guard lock(core_);
    PumpReport out;
    const bool down = !moved.ok() && moved.error().code == Code::kUnavailable;
    const LinkState link = down ? LinkState::kDown : LinkState::kUp;
    version_ += link == link_ ? 0U : 1U;
    link_ = link;
    if (moved.ok()) {
        out.worked = *moved;
        trouble_.reset();
    } else {
        out.trouble = trouble_ = moved.error();
        // An object of somebody else: perhaps a spare desk took charge of the room.
        const Code code = moved.error().code;
        room_checked_ = room_checked_ && code != Code::kDenied && code != Code::kRefused;
    }
    if (out.worked) {
        out.wait = std::chrono::milliseconds(0);
    }
    return out;
}

Result<bool> LiveSession::round() {
    using Task = Result<bool> (LiveSession::*)();
    constexpr std::array<Task, 13> kTasks{
        &LiveSession::fetch_room,    &LiveSession::ask_person,  &LiveSession::take_back_lost,
        &LiveSession::heartbeat,     &LiveSession::fetch_move,  &LiveSession::ask_admission,
        &LiveSession::present_start, &LiveSession::fetch_banks, &LiveSession::fetch_releases,
        &LiveSession::copy_records,  &LiveSession::build,       &LiveSession::deliver,
        &LiveSession::follow_store};
    bool moved = false;
    std::optional<Error> first;
    for (const Task task : kTasks) {
        const Result<bool> done = (this->*task)();
        if (done.ok()) {
            moved = moved || *done;
        } else if (!first) {
            first = done.error();
        }
    }
    if (first) {
        return *first;
    }
    return moved;
}

bool LiveSession::wants_room() {
    const SteadyTime now = ports_.clock.steady();
    const std::lock_guard lock(core_);
    const bool over = state_.sealed || finished_;  // the desk may open its next sitting any time
    if (room_checked_ && room_ && !state_.sealed) {
        return false;
    }
    if (over && room_asked_ && (now - *room_asked_).count() < kNextRoomMs) {
        return false;
    }
    room_asked_ = now;
    return true;
}

Status LiveSession::renew_keys() {
    if (!config_.newer_keys) {
        return Ok{};
    }
    ASSAY_TRY(std::optional<record::TrustedKeys> newer, config_.newer_keys(ports_.desk));
    if (newer) {
        const std::lock_guard lock(core_);
        config_.keys = std::move(*newer);
    }
    return Ok{};
}

Result<bool> LiveSession::fetch_room() {
    if (!wants_room()) {
        return false;
    }
    ASSAY_TRY_STATUS(renew_keys());
    ASSAY_TRY(const auto reply,
              protocol::call<protocol::RoomReply>(ports_.desk, "GET", "/v1/room"));
    ASSAY_TRY(VerifiedRoom fresh, verify_room(reply, config_.keys));
    const std::lock_guard lock(core_);
    if (fresh.manifest.digest == finished_) {
        return false;
    }
    if (room_ && room().opening.digest == fresh.opening.digest) {
        room_checked_ = true;
        return false;
    }
    const bool same = room_ && room().manifest.digest == fresh.manifest.digest;
    if (same && fresh.opening.object.number < room().opening.object.number) {
        return fail(Code::kRefused, "sitting.desk.other"_id, {{"object", "room-opening"}});
    }
    ASSAY_TRY_STATUS(store_.put("room", record::write_document(reply)));
    const bool other = row_ && fresh.manifest.digest != state_.terms.manifest;
    if (other && (countersigned_ || !state_.start)) {
        ASSAY_TRY_STATUS(keep_uploads());
        ASSAY_TRY_STATUS(store_.remove("current"));
        leave_attempt();
    }
    if (same) {
        acknowledged_ = 0;  // another desk holds what it holds
    }
    room_ = std::move(fresh);
    room_checked_ = true;
    finished_.reset();
    ASSAY_TRY_STATUS(store_.remove("finished"));
    ++version_;
    ASSAY_TRY_STATUS(load_current());
    return true;
}

Result<bool> LiveSession::fetch_banks() {
    std::vector<sealed::BankPart> wanted;
    {
        const std::lock_guard lock(core_);
        for (const auto& bank : room_ ? room().banks : decltype(room().banks){}) {
            if (!ports_.disk.exists(config_.banks / (bank.object.bank.hex() + ".age"))) {
                wanted.push_back(bank.object);
            }
        }
    }
    for (const sealed::BankPart& part : wanted) {
        ASSAY_TRY(
            const Bytes bytes,
            protocol::send(ports_.desk, "GET", "/v1/banks/" + part.bank.hex(), {}, kBankTimeout));
        if (crypto::sha256(bytes) != part.bank) {
            return fail(Code::kCorrupt, "sitting.paper.other-bank"_id);
        }
        ASSAY_TRY_STATUS(ports_.disk.make_folders(config_.banks));
        ASSAY_TRY_STATUS(
            write_file(ports_.disk, config_.banks / (part.bank.hex() + ".age"), bytes));
    }
    return !wanted.empty();
}

Result<bool> LiveSession::ask_person() {
    std::optional<protocol::CheckInRequest> request;
    {
        const std::lock_guard lock(core_);
        request = room_ ? want_person_ : std::nullopt;
    }
    if (!request) {
        return false;
    }
    const auto reply =
        protocol::call<protocol::CheckInReply>(ports_.desk, "POST", "/v1/check-in", *request);
    const std::lock_guard lock(core_);
    if (!reply.ok()) {
        if (reply.error().code != Code::kUnavailable) {
            want_person_.reset();  // the desk said no: the candidate tries again
            check_in_trouble_ = reply.error();
            ++version_;
        }
        return reply.error();
    }
    want_person_.reset();
    const auto row = verify_person(*reply, room());
    if (!row.ok()) {
        check_in_trouble_ = row.error();
        ++version_;
        return row.error();
    }
    ASSAY_TRY_STATUS(store_.put(row->attempt.hex() + "/person", record::write_document(*reply)));
    ASSAY_TRY_STATUS(load_attempt(row->attempt));
    return true;
}

Result<bool> LiveSession::take_back_lost() {
    std::string path;
    {
        const std::lock_guard lock(core_);
        if (!resume_pending_) {
            ASSAY_TRY_STATUS(note_behind());
            return false;
        }
        const record::JournalHead& head = chain().writer().head();
        path =
            "/v1/journals/" + head.journal.hex() + "/records?first=" + std::to_string(head.count);
    }
    const auto held = protocol::call<protocol::RecordsHeld>(ports_.desk, "GET", path);
    const std::lock_guard lock(core_);
    if (!held.ok() && held.error().code == Code::kUnavailable) {
        return held.error();  // tick() goes on without the desk after a while
    }
    if (held.ok() && !held->records.empty() && resume_pending_) {
        const auto events = chain().writer().append_records(held->records);
        if (!events.ok()) {
            fenced_ = events.error().code == Code::kCorrupt;
            return events.error();
        }
        for (const record::Event& event : *events) {
            state_ = fold(std::move(state_), event);
            unfollowed_.push_back(event);
        }
        behind_ += events->size();
        ++version_;
        return true;
    }
    if (resume_pending_) {
        ASSAY_TRY_STATUS(resume());
    }
    return true;
}

// A record leaves only after its sync. Where the desk holds more than this disk, the disk is an
// older copy, or lied about a sync: a person should know how far it was behind.
Status LiveSession::note_behind() {
    if (behind_ == 0 || statement_ || fenced_) {
        return Ok{};
    }
    ASSAY_TRY_STATUS(take(FindingSeen{kBehind, 3, true, ports_.clock.wall(), 100, behind_}));
    behind_ = 0;
    return Ok{};
}

WallTime LiveSession::desk_now() const {
    if (!desk_time_) {
        return ports_.clock.wall();
    }
    const auto since = ports_.clock.steady() - desk_time_at_;
    return *desk_time_ + std::chrono::duration_cast<std::chrono::seconds>(since);
}

protocol::HeartbeatRequest LiveSession::heartbeat_request() const {
    protocol::HeartbeatRequest out;
    if (row_ && state_.confirmed) {
        out.attempt = row().attempt;
    }
    const std::int64_t at = state_.at_of(config_.boot, ports_.clock.steady());
    out.state = word_of(state_.phase());
    out.remaining_ms = state_.remaining_ms(at);
    out.answered = static_cast<std::uint64_t>(std::ranges::count_if(
        state_.items, [](const auto& entry) { return entry.second.answered(); }));
    out.items = paper_items_;
    out.records = chain_ && chain().writing() ? chain().writer().head().count : 0;
    out.dark_ms = state_.time.dark_ms;
    if (state_.time.dark_unknown && desk_time_) {
        const std::int64_t here = state_.time.desk_time.seconds + at / 1000;
        out.dark_ms += std::max<std::int64_t>(0, desk_now().seconds - here) * 1000;
    }
    if (trouble_) {
        out.trouble.emplace_back(trouble_->what.id.text());
    }
    out.findings.assign(state_.evidence.open_findings.begin(), state_.evidence.open_findings.end());
    out.orders_seen = state_.last_order;
    out.wants_help = hand_up_;
    return out;
}

Result<bool> LiveSession::heartbeat() {
    const SteadyTime now = ports_.clock.steady();
    if (last_heartbeat_ && (now - *last_heartbeat_).count() < kHeartbeatMs) {
        return false;
    }
    protocol::HeartbeatRequest request;
    {
        const std::lock_guard lock(core_);
        request = heartbeat_request();
    }
    ASSAY_TRY(const auto reply, protocol::call<protocol::HeartbeatReply>(ports_.desk, "POST",
                                                                         "/v1/heartbeat", request));
    last_heartbeat_ = now;
    desk_time_ = reply.time;
    desk_time_at_ = ports_.clock.steady();
    const std::lock_guard lock(core_);
    const std::uint64_t before = version_;
    ASSAY_TRY_STATUS(take_heartbeat(reply));
    return version_ != before;
}

Status LiveSession::note_clock(const WallTime& desk) {
    if (statement_ || fenced_ || state_.handed_in) {
        return Ok{};
    }
    const bool off = std::abs(ports_.clock.wall().seconds - desk.seconds) > kClockOffSeconds;
    const bool known = state_.evidence.open_findings.contains(kClockOff);
    return off == known ? Status(Ok{}) : take(FindingSeen{kClockOff, 1, off});
}

Status LiveSession::take_heartbeat(const protocol::HeartbeatReply& reply) {
    if (reply.assigned && (!row_ || (row().attempt == *reply.assigned && !moved_))) {
        want_move_ = reply.assigned;
    }
    if (reply.sealed && room_ && room_checked_ && !state_.start && !moved_ && !want_move_) {
        return end_sitting();  // nobody sat here
    }
    if (!room_ || !row_ || !state_.start || moved_) {
        return Ok{};
    }
    if (reply.fenced && !fenced_) {
        fenced_ = true;
        ++version_;
    }
    if (reply.sealed && reply.fenced) {
        return end_sitting();  // it went on elsewhere, and the room's account is closed
    }
    std::optional<Error> first;
    if (const Status noted = note_clock(reply.time); !noted.ok()) {
        first = noted.error();
    }
    for (const Bytes& each : reply.orders) {
        if (fenced_ || statement_) {
            break;
        }
        const auto order = verify_order(each, room(), config_.keys);
        const Status taken = order.ok() ? take(Ordered{*order}) : Status(order.error());
        if (!taken.ok() && !first) {
            first = taken.error();
        }
        if (order.ok() && !taken.ok()) {
            break;  // the disk: a later order would make this one an old one
        }
    }
    for (const PartId& part : reply.released) {
        const bool known = std::ranges::any_of(
            state_.released, [&](const record::PartDigest& have) { return have.part == part; });
        if (!known && !state_.handed_in &&
            std::ranges::find(want_releases_, part) == want_releases_.end()) {
            want_releases_.push_back(part);
        }
    }
    if (reply.sealed && countersigned_) {
        if (!state_.sealed) {
            ASSAY_TRY_STATUS(take(RoomSealed{}));
        }
    }
    return first ? Status(*first) : Status(Ok{});
}

Result<bool> LiveSession::fetch_releases() {
    std::vector<PartId> wanted;
    {
        const std::lock_guard lock(core_);
        wanted = want_releases_;
    }
    for (const PartId& part : wanted) {
        ASSAY_TRY(const auto reply, protocol::call<protocol::ReleaseReply>(
                                        ports_.desk, "GET", "/v1/releases/" + part.hex()));
        const std::lock_guard lock(core_);
        ASSAY_TRY(auto release, verify_release(reply, room(), config_.keys));
        ASSAY_TRY_STATUS(
            store_.put(named("/release/" + part.hex()), record::write_document(reply)));
        ASSAY_TRY_STATUS(take(Released{std::move(release)}));
        std::erase(want_releases_, part);
    }
    return !wanted.empty();
}

Result<bool> LiveSession::copy_records() {
    protocol::RecordsRequest request;
    std::string path;
    Path ack_path;
    {
        const std::lock_guard lock(core_);
        const bool some = chain_ && chain().writing() && !resume_pending_ && !fenced_ &&
                          !countersigned_ && acknowledged_ < chain().writer().head().count;
        if (!some) {
            return false;
        }
        const JournalWriter& writer = chain().writer();
        request.first = acknowledged_;
        ASSAY_TRY(request.records,
                  writer.records(acknowledged_, protocol::kRecordsPerCallMax, kCopyBytesMax));
        path = "/v1/journals/" + writer.head().journal.hex() + "/records";
        ack_path = folder().acknowledgement(epoch());
    }
    const auto reply = protocol::call<protocol::RecordsReply>(ports_.desk, "POST", path, request);
    std::string kept;
    {
        const std::lock_guard lock(core_);
        if (!reply.ok()) {
            // Another record for a known place: a person decides which branch goes on.
            const Code code = reply.error().code;
            fenced_ = fenced_ || code == Code::kConflict;
            // A desk of an older copy holds less than was acknowledged: it gets all of it again.
            const bool gap = code == Code::kInvalid || code == Code::kNotFound;
            acknowledged_ = gap && acknowledged_ == request.first ? 0 : acknowledged_;
            // Not even its beginning, or no such journal: it is admitted there first.
            want_presented_ = (gap && request.first == 0) || code == Code::kDenied;
            return reply.error();
        }
        const JournalWriter& writer = chain().writer();
        if (reply->count > writer.head().count || (reply->count > 0 && !reply->acknowledgement)) {
            return fail(Code::kConflict, "sitting.journal.fork"_id);
        }
        if (reply->count > 0) {
            const record::JournalHead held{writer.head().journal, reply->count,
                                           writer.hash_before(reply->count)};
            ASSAY_TRY(auto ack, verify_acknowledgement(*reply->acknowledgement, held, room()));
            kept = ack.json();
            chain().set_acknowledgement(std::move(ack));
        }
        version_ += acknowledged_ == reply->count ? 0U : 1U;
        acknowledged_ = reply->count;
    }
    if (!kept.empty()) {
        ASSAY_TRY_STATUS(write_file(ports_.disk, ack_path, as_bytes(kept)));
    }
    return true;
}

Result<bool> LiveSession::follow_store() {
    std::vector<record::Event> events;
    std::uint64_t first = 0;
    record::JournalHead head;
    AttemptId attempt;
    {
        const std::lock_guard lock(core_);
        if (unfollowed_.empty() || !chain_ || !chain().writing()) {
            return false;
        }
        events.swap(unfollowed_);
        first = followed_;
        followed_ += events.size();
        head = chain().writer().head();
        attempt = state_.terms.attempt;
    }
    ASSAY_TRY_STATUS(store_.follow(attempt, first, events, head));
    return false;
}

}  // namespace assay::sitting
