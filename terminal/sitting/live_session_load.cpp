#include "crypto/record/document.h"
#include "terminal/sitting/live_session.h"

// What a program finds on its machine when it starts.
namespace assay::sitting {

Status LiveSession::load() {
    const std::lock_guard lock(core_);
    ASSAY_TRY_STATUS(load_uploads());
    ASSAY_TRY(const std::optional<Bytes> finished, store_.get("finished"));
    if (finished) {
        ASSAY_TRY(finished_, Digest::from_bytes(*finished));
    }
    ASSAY_TRY(const std::optional<Bytes> room, store_.get("room"));
    if (!room) {
        return Ok{};
    }
    ASSAY_TRY(const auto reply, record::read_document<protocol::RoomReply>(*room));
    auto verified = verify_room(reply, config_.keys);
    if (!verified.ok()) {
        return Ok{};  // the keys changed: the desk is asked for its room first
    }
    room_ = std::move(verified).value();
    return load_current();
}

Status LiveSession::load_current() {
    ASSAY_TRY(const std::optional<Bytes> current, store_.get("current"));
    if (!current || row_) {
        return Ok{};
    }
    ASSAY_TRY(const AttemptId attempt, AttemptId::from_hex(as_text(*current)));
    return load_attempt(attempt);
}

Status LiveSession::load_attempt(const AttemptId& attempt) {
    const record::AttemptRow* row = room().attempts.find(attempt);
    if (row == nullptr) {
        return Ok{};  // of another sitting; its files stay where they are
    }
    ASSAY_TRY(const std::optional<Bytes> person, store_.get(attempt.hex() + "/person"));
    if (person) {
        ASSAY_TRY(auto reply, record::read_document<protocol::CheckInReply>(*person));
        person_ = Person{std::move(reply.row), std::move(reply.room_name), std::move(reply.photo)};
    }
    set_attempt(*row);
    ASSAY_TRY_STATUS(folder().make(ports_.disk));
    return load_journals();
}

void LiveSession::set_attempt(const record::AttemptRow& row) {
    row_ = row;
    folder_.emplace(config_.folder, row.attempt);
    chain_.emplace(ports_.disk, store_, config_.sealers, folder(), row.attempt);
    state_ = initial(terms_of(room(), row));
    ++version_;
}

Status LiveSession::load_journals() {
    ASSAY_TRY(const std::optional<Bytes> confirmed, store_.get(named("/confirmed")));
    ASSAY_TRY(Chain::Loaded loaded, chain().load(initial(state_.terms)));
    const bool mine = chain().writing() && !loaded.unbegun;
    if (mine) {
        state_ = std::move(loaded.state);
        resume_pending_ = true;
        const auto& ack = chain().acknowledgement();
        acknowledged_ = ack ? ack->object.index + 1 : 0;
        acknowledged_ = std::min(acknowledged_, chain().writer().head().count);
        ASSAY_TRY_STATUS(check_store(loaded));
        for (const record::PartDigest& part : state_.released) {
            notice(OpenPart{part});
        }
        return load_package();
    }
    if (!chain().empty() && loaded.state.start) {
        moved_ = std::move(loaded.state);
    }
    if (confirmed) {
        const std::string_view text = as_text(*confirmed);
        const std::size_t space = text.find(' ');
        state_.confirmed = true;
        state_.consent = text.starts_with("agreed");
        state_.confirmed_by = text.substr(space + 1);
        want_admission_ = !loaded.unbegun;
    }
    return loaded.unbegun ? begin_admitted(*loaded.unbegun) : Status(Ok{});
}

// The store is only believed where it names a record of this journal: an old copy of it, or one of
// another disk, is rebuilt.
Status LiveSession::check_store(const Chain::Loaded& loaded) {
    const AttemptId& attempt = state_.terms.attempt;
    const JournalWriter& writer = chain().writer();
    ASSAY_TRY(const std::optional<record::JournalHead> progress, store_.progress(attempt));
    const bool true_here = progress && progress->journal == writer.head().journal &&
                           progress->count <= writer.head().count &&
                           progress->head == writer.hash_before(progress->count);
    if (!true_here) {
        ASSAY_TRY_STATUS(store_.forget(attempt));
    }
    const std::uint64_t from = true_here ? progress->count : 0;
    followed_ = loaded.first + from;
    unfollowed_.assign(loaded.events.begin() + static_cast<std::ptrdiff_t>(from),
                       loaded.events.end());
    return Ok{};
}

Status LiveSession::load_package() {
    ASSAY_TRY(statement_,
              read_signed_file<record::Package>(ports_.disk, folder().statement(epoch())));
    ASSAY_TRY(const auto names, store_.names(named("/uploaded/")));
    for (const std::string& name : names) {
        const auto digest = Digest::from_hex(name.substr(name.rfind('/') + 1));
        if (digest.ok()) {
            uploaded_.insert(digest.value());
        }
    }
    if (!statement_) {
        if (state_.handed_in) {
            handed_in_at_ = ports_.clock.steady().count();
        }
        return Ok{};
    }
    countersigned_ = record::require_key(*statement_, room().desk).ok();
    const std::string suffix = '/' + std::to_string(epoch().value);
    ASSAY_TRY(const std::optional<Bytes> proof, store_.get(named("/proof") + suffix));
    ASSAY_TRY(const std::optional<Bytes> salt, store_.get(named("/salt") + suffix));
    proof_ = proof ? to_string(*proof) : "";
    if (salt) {
        ASSAY_TRY(salt_, record::Salt::from_bytes(*salt));
    }
    return Ok{};
}

Result<std::vector<record::Signed<record::Move>>> LiveSession::moves() const {
    std::vector<record::Signed<record::Move>> out;
    for (std::uint32_t each = 1; each <= kEpochsMax; ++each) {
        ASSAY_TRY(auto move,
                  read_signed_file<record::Move>(ports_.disk, folder().move(Epoch{each})));
        if (move) {
            out.push_back(std::move(*move));
        }
    }
    return out;
}

Status LiveSession::begin_admitted(const record::Signed<record::Start>& start) {
    const bool begun =
        chain().writing() && chain().writer().head().journal == record::journal_id(start);
    if (!begun) {
        ASSAY_TRY_STATUS(chain().begin(start));
    }
    State base = moved_ ? *moved_ : state_;
    base.confirmed_by = state_.confirmed_by;
    base.consent = state_.consent;
    base.confirmed = true;
    // The clock of the journal begins where the desk's time in the start was read.
    const SteadyTime now = ports_.clock.steady();
    const std::int64_t since = asked_at_.count() > 0 ? (now - asked_at_).count() : 0;
    const Input in{since, ports_.clock.wall(), Admitted{start.object, config_.boot, now}};
    const Decision decision = decide(base, in);
    ASSAY_TRY_STATUS(chain().writer().append(decision.events));
    state_ = apply(std::move(base), in, decision);
    followed_ = chain().earlier_records();
    unfollowed_ = decision.events;
    moved_.reset();
    statement_.reset();
    countersigned_ = evidence_finished_ = fenced_ = false;
    acknowledged_ = 0;
    want_admission_ = false;
    ++version_;
    return Ok{};
}

}  // namespace assay::sitting
