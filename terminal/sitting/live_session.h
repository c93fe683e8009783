#pragma once

#include <map>
#include <mutex>
#include <set>

#include "terminal/sitting/chain.h"
#include "terminal/sitting/desk_checks.h"
#include "terminal/sitting/locked_store.h"
#include "terminal/sitting/session.h"

namespace assay::sitting {

/// The session of a real terminal. Two locks: `pumping_` for one round with the desk at a time,
/// `core_` for everything that a call of the screen touches; no request to the desk is made while
/// `core_` is held, and nothing is written to the store while an answer waits.
class LiveSession final : public Session {
  public:
    LiveSession(const SessionPorts& ports, SessionConfig config);
    /// Reads what lies on this machine.
    Status load();

    View view() const override;
    State state() const override;
    std::vector<Notice> take_notices() override;
    void check_in(std::optional<std::string> number, std::optional<std::string> seat_code) override;
    Status confirm_person(const std::string& by, bool consent) override;
    void reject_person() override;
    Result<std::shared_ptr<const Paper>> open_paper() override;
    Result<std::shared_ptr<const Paper>> paper_in(const std::string& language) override;
    Result<Bytes> bank_file(std::size_t bank, const std::string& name) override;
    Status open_item(const std::string& item) override;
    Status answer(const AnswerChanged& change) override;
    Status answer(const std::vector<AnswerChanged>& changes) override;
    Status flag(const std::string& item, bool flagged) override;
    Status note(const std::string& item, const std::string& text) override;
    Status save_file(const std::string& item, const std::string& name, ByteView plain) override;
    Result<Bytes> saved_file(const std::string& item, const std::string& name) override;
    Result<std::vector<AnswerVersion>> history(const std::string& item,
                                               const std::string& response) override;
    Status restore(const std::string& item, const std::string& response,
                   std::uint64_t record) override;
    void tick() override;
    void raise_hand(bool up) override;
    Status trouble_shown(const std::string& id) override;
    Status finding(const FindingSeen& finding) override;
    Status segment(const record::SegmentEntry& segment, ByteView sealed) override;
    Status gap(const record::GapEntry& gap) override;
    Status covered(std::uint64_t seconds) override;
    void evidence_finished() override;
    std::optional<record::AgePublic> attempt_recipient() const override;
    std::optional<record::SittingRules> rules() const override;
    Status enter_review() override;
    Status leave_review() override;
    Status ask_hand_in() override;
    Status confirm_hand_in() override;
    Result<Path> export_package(const Path& folder) override;
    Status finish() override;
    PumpReport pump() override;
    std::vector<Upload> uploads() const override;
    Status uploaded(const Digest& digest) override;

  private:
    using What = decltype(Input::what);

    // ---- the core; all of these under core_
    Status take(What what);
    /// Several inputs, one write and one sync; the first refusal refuses all.
    Status take_all(const std::vector<What>& inputs);
    /// By the candidate: not where the attempt goes on elsewhere or is packed.
    Status change(What what);
    Status may_change() const;
    bool disk_full() const;
    /// How many of them `state_` holds already, because the journal had to be opened anew.
    Result<std::size_t> write(const std::vector<record::Event>& events);
    Status commit(const std::vector<record::Event>& events);
    Status reopen_journal();
    void perform(const std::vector<Effect>& effects);
    void notice(Notice notice);
    Input input(What what) const;
    Status resume();
    Status begin_admitted(const record::Signed<record::Start>& start);
    void set_attempt(const record::AttemptRow& row);
    void leave_attempt();
    bool may_finish() const;
    Status end_sitting();
    /// What is still on its way to the desk goes on after the attempt is left here.
    Status keep_uploads();
    // What must be there where it is asked for.
    VerifiedRoom& room() {
        ASSAY_CHECK(room_.has_value());
        return *room_;
    }
    const VerifiedRoom& room() const {
        ASSAY_CHECK(room_.has_value());
        return *room_;
    }
    Chain& chain() {
        ASSAY_CHECK(chain_.has_value());
        return *chain_;
    }
    const Chain& chain() const {
        ASSAY_CHECK(chain_.has_value());
        return *chain_;
    }
    const SittingFolder& folder() const {
        ASSAY_CHECK(folder_.has_value());
        return *folder_;
    }
    const record::AttemptRow& row() const {
        ASSAY_CHECK(row_.has_value());
        return *row_;
    }
    std::string named(const std::string& rest) const { return state_.terms.attempt.hex() + rest; }
    Epoch epoch() const { return state_.start ? state_.start->epoch : Epoch{1}; }
    std::vector<Upload> uploads_now() const;

    // ---- reading what lies here; under core_
    Status load_current();
    Status load_uploads();
    Status load_attempt(const AttemptId& attempt);
    Status load_journals();
    Status load_package();
    Status check_store(const Chain::Loaded& loaded);
    Result<std::vector<record::Signed<record::Move>>> moves() const;

    // ---- a round with the desk; under pumping_, each takes core_ where it needs it. True: moved.
    Result<bool> round();
    bool wants_room();
    Status renew_keys();
    Result<bool> fetch_room();
    Result<bool> fetch_banks();
    Result<bool> ask_person();
    Result<bool> take_back_lost();
    Status note_behind();
    Result<bool> heartbeat();
    Result<bool> ask_admission();
    /// The start of the journal that is written, to a desk that does not know it.
    Result<bool> present_start();
    Result<bool> fetch_releases();
    Result<bool> fetch_move();
    Result<bool> copy_records();
    Result<bool> build();
    Result<bool> deliver();
    void copy_again();
    Result<bool> follow_store();
    protocol::HeartbeatRequest heartbeat_request() const;
    Status take_heartbeat(const protocol::HeartbeatReply& reply);
    /// A clock of this machine that is far from the desk's: nothing is measured by it, but a person
    /// should know.
    Status note_clock(const WallTime& desk);
    Result<record::Signed<record::Start>> pending_start(Bytes& wrapped_key);
    Result<record::Signed<record::Start>> new_start(Epoch next, Bytes& wrapped_key);
    Result<Epoch> next_epoch() const;
    Status adopt_move(const protocol::MoveReply& reply);
    WallTime desk_now() const;

    /// A released part, open. Under paper_mutex_.
    struct OpenBank {
        record::PartDigest part;
        std::unique_ptr<File> file;  ///< the bank reads from it
        sealed::Bank bank;
        std::shared_ptr<const item::Package> package;
    };
    Result<OpenBank> open_released(const record::PartDigest& part);
    Status open_banks();
    std::vector<std::shared_ptr<const item::Package>> packages() const;

    SessionPorts ports_;
    SessionConfig config_;
    mutable LockedStore store_;

    std::mutex pumping_;
    std::mutex paper_mutex_;  ///< before core_
    mutable std::mutex core_;

    // Under core_.
    std::optional<VerifiedRoom> room_;
    std::optional<Digest> finished_;  ///< manifest of the sitting that is over here
    std::optional<Person> person_;
    std::optional<record::AttemptRow> row_;
    std::optional<SittingFolder> folder_;
    std::optional<Chain> chain_;
    State state_;
    std::optional<State> moved_;  ///< of the journals that moved here, before our own begins
    std::vector<Notice> notices_;
    std::uint64_t version_ = 0;
    std::uint64_t acknowledged_ = 0;
    LinkState link_ = LinkState::kUnknown;
    std::optional<Error> trouble_;
    std::optional<Error> check_in_trouble_;
    bool resume_pending_ = false;
    std::uint64_t behind_ = 0;  ///< records that came back from the desk, not yet told
    bool fenced_ = false;
    bool hand_up_ = false;
    bool evidence_finished_ = false;
    std::int64_t handed_in_at_ = 0;
    std::optional<SteadyTime> last_tick_;
    SteadyTime opened_at_{0};
    std::optional<record::Signed<record::Package>> statement_;
    bool countersigned_ = false;
    std::string proof_;
    record::Salt salt_;
    std::set<Digest> uploaded_;
    std::vector<Upload> left_uploads_;  ///< of attempts that are over here
    std::size_t paper_items_ = 0;
    std::vector<record::Event> unfollowed_;
    std::uint64_t followed_ = 0;  ///< index in the chain of the first of them

    // Wishes that the next round fulfils; under core_.
    std::optional<protocol::CheckInRequest> want_person_;
    bool want_admission_ = false;
    bool want_presented_ = false;
    std::vector<PartId> want_releases_;
    std::optional<AttemptId> want_move_;

    // Under pumping_.
    std::optional<WallTime> desk_time_;
    SteadyTime desk_time_at_{0};
    std::optional<SteadyTime> last_heartbeat_;
    SteadyTime asked_at_{0};  ///< when the pending start was made, in this process
    bool room_checked_ = false;
    std::optional<SteadyTime> room_asked_;
    std::optional<SteadyTime> copied_again_;

    // Under paper_mutex_.
    AttemptId opened_for_;
    std::vector<OpenBank> banks_;
    std::shared_ptr<const Paper> paper_;
};

}  // namespace assay::sitting
