#include "terminal/sitting/live_session.h"

#include <algorithm>

#include "crypto/base32.h"
#include "crypto/record/document.h"

namespace assay::sitting {
namespace {

constexpr std::size_t kNoticesMax = 1024;

}  // namespace

Result<std::unique_ptr<Session>> Session::open(const SessionPorts& ports, SessionConfig config) {
    auto out = std::make_unique<LiveSession>(ports, std::move(config));
    ASSAY_TRY_STATUS(out->load());
    return std::unique_ptr<Session>(std::move(out));
}

LiveSession::LiveSession(const SessionPorts& ports, SessionConfig config)
    : ports_(ports), config_(std::move(config)), store_(ports.store) {
    if (!config_.sealers) {
        config_.sealers = [&random = ports_.random](const crypto::JournalKey& key,
                                                    const record::JournalId& id) {
            return std::make_unique<record::JournalSealer>(key, id, random);
        };
    }
    opened_at_ = ports_.clock.steady();
}

Input LiveSession::input(What what) const {
    return {state_.at_of(config_.boot, ports_.clock.steady()), ports_.clock.wall(),
            std::move(what)};
}

Status LiveSession::take(What what) { return take_all({std::move(what)}); }

Status LiveSession::take_all(const std::vector<What>& inputs) {
    if (resume_pending_ && !inputs.empty() && !std::holds_alternative<Resumed>(inputs.front())) {
        ASSAY_TRY_STATUS(resume());
    }
    std::vector<record::Event> events;
    std::vector<Effect> effects;
    for (const What& what : inputs) {
        const Input in = input(what);
        Decision decision = decide(state_, in);
        if (decision.refused) {
            return *decision.refused;
        }
        if (decision.confirms) {
            state_ = apply(std::move(state_), in, decision);
        }
        std::ranges::move(decision.events, std::back_inserter(events));
        std::ranges::move(decision.effects, std::back_inserter(effects));
    }
    ASSAY_TRY_STATUS(commit(events));
    perform(effects);
    return Ok{};
}

// Durable first, then the state: what the screen shows as saved is on the disk.
Status LiveSession::commit(const std::vector<record::Event>& events) {
    for (std::size_t at = 0; at < events.size(); at += kBatchRecordsMax) {
        const std::size_t count = std::min(kBatchRecordsMax, events.size() - at);
        const auto from = events.begin() + static_cast<std::ptrdiff_t>(at);
        const std::vector<record::Event> batch(from, from + static_cast<std::ptrdiff_t>(count));
        ASSAY_TRY(const std::size_t folded, write(batch));
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (i >= folded) {
                state_ = fold(std::move(state_), batch[i]);
            }
            unfollowed_.push_back(batch[i]);
        }
    }
    ++version_;
    return Ok{};
}

Result<std::size_t> LiveSession::write(const std::vector<record::Event>& events) {
    if (!chain_ || !chain().writing()) {
        return fail(Code::kRefused, "sitting.journal.none"_id);
    }
    const std::uint64_t before = chain().writer().head().count;
    const Status written = chain().writer().append(events);
    if (written.ok()) {
        return std::size_t{0};
    }
    if (!chain().writer().broken()) {
        return written.error();
    }
    // The disk failed in the middle of a sync. What the file holds is read anew and written down
    // once more; some of the events may be among it.
    const Status reopened = reopen_journal();
    const std::size_t there = reopened.ok() ? chain().writer().head().count - before : 0;
    if (!reopened.ok() || chain().writer().head().count < before || there > events.size()) {
        return written.error();
    }
    const auto rest = events.begin() + static_cast<std::ptrdiff_t>(there);
    ASSAY_TRY_STATUS(chain().writer().append(std::vector(rest, events.end())));
    return there;
}

Status LiveSession::reopen_journal() {
    State fresh = initial(state_.terms);
    ASSAY_TRY(Chain::Loaded loaded, chain().load(std::move(fresh)));
    if (loaded.unbegun) {
        return fail(Code::kIo, "sitting.journal.none"_id);
    }
    state_ = std::move(loaded.state);
    return Ok{};
}

void LiveSession::notice(Notice notice) {
    const bool again = !notices_.empty() && notices_.back().index() == notice.index() &&
                       !std::holds_alternative<ShowDeskText>(notice) &&
                       !std::holds_alternative<OpenPart>(notice);
    if (!again && notices_.size() < kNoticesMax) {
        notices_.push_back(std::move(notice));
    }
}

void LiveSession::perform(const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
        std::visit(
            [this](const auto& each) {
                using E = std::decay_t<decltype(each)>;
                if constexpr (std::is_same_v<E, AskAdmission>) {
                    want_admission_ = true;
                } else if constexpr (!std::is_same_v<E, WriteEvents>) {
                    if constexpr (std::is_same_v<E, BuildPackage>) {
                        handed_in_at_ = ports_.clock.steady().count();
                    }
                    notice(each);
                }
            },
            effect);
    }
}

Status LiveSession::resume() {
    const auto& ack = chain().acknowledgement();
    if (ack && ack->object.index >= chain().writer().head().count) {
        return fail(Code::kUnavailable, "sitting.journal.lost"_id);
    }
    resume_pending_ = false;
    if (statement_) {
        return Ok{};  // the package names the head: nothing may follow it
    }
    const Status resumed = take(Resumed{config_.boot, ports_.clock.steady()});
    resume_pending_ = !resumed.ok();
    return resumed;
}

Status LiveSession::may_change() const {
    if (fenced_) {
        return fail(Code::kRefused, "sitting.fenced"_id);
    }
    if (statement_) {
        return fail(Code::kRefused, "sitting.answer.handed-in"_id);
    }
    return Ok{};
}

bool LiveSession::disk_full() const {
    return chain_ && chain().writing() && chain().writer().reserve_used();
}

Status LiveSession::change(What what) {
    const std::lock_guard lock(core_);
    ASSAY_TRY_STATUS(may_change());
    return take(std::move(what));
}

// ---- what screens read

State LiveSession::state() const {
    const std::lock_guard lock(core_);
    return state_;
}

View LiveSession::view() const {
    const std::lock_guard lock(core_);
    View out;
    out.version = version_;
    out.phase = state_.phase();
    out.remaining_ms = state_.remaining_ms(state_.at_of(config_.boot, ports_.clock.steady()));
    out.link = link_;
    out.room_known = room_.has_value();
    out.exam_title = room_ ? room().manifest.object.title : "";
    out.may_finish = may_finish();
    out.finished = finished_.has_value();
    out.person = person_;
    out.confirmed = state_.confirmed;
    out.trouble = check_in_trouble_ ? check_in_trouble_ : trouble_;
    out.records = chain_ && chain().writing() ? chain().writer().head().count : 0;
    out.acknowledged = acknowledged_;
    out.answered = static_cast<std::size_t>(std::ranges::count_if(
        state_.items, [](const auto& entry) { return entry.second.answered(); }));
    out.items = paper_items_;
    out.disk_full = disk_full();
    out.fenced = fenced_;
    out.package_built = statement_.has_value();
    out.countersigned = countersigned_;
    if (statement_) {
        out.slip = record::Slip{statement_->digest, salt_, countersigned_, proof_};
        out.short_code = crypto::short_code_grouped(crypto::short_of(statement_->digest));
    }
    out.desk_texts = state_.desk_texts;
    return out;
}

std::vector<Notice> LiveSession::take_notices() {
    const std::lock_guard lock(core_);
    return std::exchange(notices_, {});
}

std::optional<record::AgePublic> LiveSession::attempt_recipient() const {
    const std::lock_guard lock(core_);
    return row_ ? std::optional(row().recipient) : std::nullopt;
}

std::optional<record::SittingRules> LiveSession::rules() const {
    const std::lock_guard lock(core_);
    return room_ ? std::optional(room().manifest.object.rules) : std::nullopt;
}

Result<std::vector<AnswerVersion>> LiveSession::history(const std::string& item,
                                                        const std::string& response) {
    AttemptId attempt;
    {
        const std::lock_guard lock(core_);
        attempt = state_.terms.attempt;
    }
    return store_.history(attempt, item, response);
}

Status LiveSession::restore(const std::string& item, const std::string& response,
                            std::uint64_t record) {
    ASSAY_TRY(const std::vector<AnswerVersion> versions, history(item, response));
    const auto wanted = std::ranges::find(versions, record, &AnswerVersion::record);
    if (wanted == versions.end()) {
        return fail(Code::kNotFound, "sitting.history.none"_id);
    }
    return change(AnswerChanged{item, response, wanted->values, wanted->typed, record});
}

// ---- check-in

void LiveSession::check_in(std::optional<std::string> number,
                           std::optional<std::string> seat_code) {
    const std::lock_guard lock(core_);
    if (state_.phase() == Phase::kCheckIn && !state_.confirmed) {
        check_in_trouble_.reset();
        want_person_ = protocol::CheckInRequest{std::move(number), std::move(seat_code)};
        ++version_;
    }
}

Status LiveSession::confirm_person(const std::string& by, bool consent) {
    const std::lock_guard lock(core_);
    if (!person_ || !chain_) {
        return fail(Code::kRefused, "sitting.check-in.nobody"_id);
    }
    if (state_.phase() != Phase::kCheckIn || state_.confirmed) {
        return fail(Code::kRefused, "sitting.check-in.done"_id);
    }
    ASSAY_TRY_STATUS(
        store_.put(named("/confirmed"), as_bytes((consent ? "agreed " : "declined ") + by)));
    ASSAY_TRY_STATUS(store_.put("current", as_bytes(state_.terms.attempt.hex())));
    return take(PersonConfirmed{by, consent});
}

void LiveSession::reject_person() {
    const std::lock_guard lock(core_);
    if (state_.phase() == Phase::kCheckIn && !state_.confirmed && chain_) {
        (void)store_.remove(named("/person"));
        leave_attempt();
    }
}

void LiveSession::leave_attempt() {
    person_.reset();
    row_.reset();
    chain_.reset();
    folder_.reset();
    moved_.reset();
    statement_.reset();
    state_ = State{};
    countersigned_ = fenced_ = resume_pending_ = want_admission_ = false;
    want_presented_ = evidence_finished_ = false;
    acknowledged_ = followed_ = behind_ = 0;
    unfollowed_.clear();
    uploaded_.clear();
    proof_.clear();
    paper_items_ = 0;
    hand_up_ = false;
    check_in_trouble_.reset();
    want_releases_.clear();
    ++version_;
}

bool LiveSession::may_finish() const { return state_.sealed && countersigned_; }

Status LiveSession::finish() {
    const std::lock_guard lock(core_);
    if (!may_finish()) {
        return fail(Code::kRefused, "sitting.finish.not-yet"_id);
    }
    return end_sitting();
}

// Its files stay where they are until the organisation has opened the package.
Status LiveSession::end_sitting() {
    const Digest over = room().manifest.digest;
    ASSAY_TRY_STATUS(keep_uploads());
    ASSAY_TRY_STATUS(store_.put("finished", over.view()));
    ASSAY_TRY_STATUS(store_.remove("current"));
    ASSAY_TRY_STATUS(store_.remove("room"));
    leave_attempt();
    room_.reset();
    finished_ = over;
    return Ok{};
}

// ---- while it runs

Status LiveSession::open_item(const std::string& item) { return change(ItemOpened{item}); }

Status LiveSession::answer(const AnswerChanged& answered) { return change(answered); }

Status LiveSession::answer(const std::vector<AnswerChanged>& changes) {
    const std::lock_guard lock(core_);
    ASSAY_TRY_STATUS(may_change());
    std::vector<What> inputs;
    for (AnswerChanged change : changes) {
        // All are decided before one is folded: a second change of a response has no base yet.
        change.whole = std::ranges::count_if(changes, [&](const AnswerChanged& each) {
                           return each.item == change.item && each.response == change.response;
                       }) > 1;
        inputs.emplace_back(std::move(change));
    }
    return take_all(inputs);
}

Status LiveSession::flag(const std::string& item, bool flagged) {
    return change(FlagSet{item, flagged});
}

Status LiveSession::note(const std::string& item, const std::string& text) {
    return change(NoteChanged{item, text});
}

void LiveSession::tick() {
    const std::lock_guard lock(core_);
    const SteadyTime now = ports_.clock.steady();
    const std::int64_t gap = last_tick_ ? (now - *last_tick_).count() : 0;
    last_tick_ = now;
    if (!chain_ || !chain().writing() || statement_ || fenced_) {
        return;
    }
    if (resume_pending_ && (now - opened_at_).count() < kResumeWaitMs) {
        return;
    }
    if (const Status ticked = take(Ticked{gap}); !ticked.ok()) {
        trouble_ = ticked.error();
    }
    chain().writer().renew_reserve();
}

void LiveSession::raise_hand(bool up) {
    const std::lock_guard lock(core_);
    hand_up_ = up;
    ++version_;
}

Status LiveSession::trouble_shown(const std::string& id) { return change(TroubleShown{id}); }

Status LiveSession::finding(const FindingSeen& seen) { return change(seen); }

Status LiveSession::gap(const record::GapEntry& gap) { return change(GapSeen{gap}); }

Status LiveSession::covered(std::uint64_t seconds) { return change(Covered{seconds}); }

void LiveSession::evidence_finished() {
    const std::lock_guard lock(core_);
    evidence_finished_ = true;
}

Status LiveSession::enter_review() { return change(ReviewEntered{}); }

Status LiveSession::leave_review() { return change(ReviewLeft{}); }

Status LiveSession::ask_hand_in() { return change(HandInAsked{}); }

Status LiveSession::confirm_hand_in() { return change(HandInConfirmed{}); }

}  // namespace assay::sitting
