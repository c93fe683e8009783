#pragma once

#include <filesystem>
#include <mutex>

#include "question-bank/item/package.h"
#include "terminal/sitting/session.h"
#include "tests/support/paths.h"

namespace assay::test {

/// A session that shows whatever a test says, with the sample exam as its paper. Any thread.
class FakeSession final : public sitting::Session {
  public:
    FakeSession() {
        SystemDisk disk;
        auto read = item::read_package(disk, sample());
        package_ = std::make_shared<const item::Package>(std::move(read).value());
    }
    static Path sample() { return repository() / "question-bank/sample"; }

    /// Changes what is shown.
    template <class F>
    void set(F&& change) {
        const std::lock_guard guard(lock_);
        change(view_, state_);
        ++view_.version;
    }
    int checked_in() const {
        const std::lock_guard guard(lock_);
        return checked_in_;
    }
    /// Item, response and record of the last restore.
    std::string restored() const {
        const std::lock_guard guard(lock_);
        return restored_;
    }
    record::SittingRules sitting_rules;
    std::vector<sitting::AnswerVersion> versions;  ///< of every answer

    sitting::View view() const override {
        const std::lock_guard guard(lock_);
        return view_;
    }
    sitting::State state() const override {
        const std::lock_guard guard(lock_);
        return state_;
    }
    std::vector<sitting::Notice> take_notices() override {
        const std::lock_guard guard(lock_);
        return std::exchange(notices_, {});
    }
    void check_in(std::optional<std::string>, std::optional<std::string>) override {
        const std::lock_guard guard(lock_);
        ++checked_in_;
    }
    Status confirm_person(const std::string&, bool) override { return Ok{}; }
    void reject_person() override {}
    Result<std::shared_ptr<const sitting::Paper>> open_paper() override {
        return paper_in("zh-CN");
    }
    Result<std::shared_ptr<const sitting::Paper>> paper_in(const std::string& language) override {
        const std::vector<std::shared_ptr<const item::Package>> packages{package_};
        ASSAY_TRY(auto paper, sitting::make_paper(packages, language, 7));
        return std::make_shared<const sitting::Paper>(std::move(paper));
    }
    Result<Bytes> bank_file(std::size_t, const std::string& name) override {
        SystemDisk disk;
        return read_file(disk, sample() / name, 1U << 22U);
    }
    Status open_item(const std::string& item) override {
        set([&](sitting::View&, sitting::State& state) { state.current_item = item; });
        return Ok{};
    }
    Status answer(const sitting::AnswerChanged& change) override {
        set([&](sitting::View&, sitting::State& state) {
            state.items[change.item].responses[change.response].values = change.values;
        });
        return Ok{};
    }
    Status answer(const std::vector<sitting::AnswerChanged>&) override { return Ok{}; }
    Status flag(const std::string& item, bool flagged) override {
        set([&](sitting::View&, sitting::State& state) { state.items[item].flagged = flagged; });
        return Ok{};
    }
    Status note(const std::string&, const std::string&) override { return Ok{}; }
    Status save_file(const std::string&, const std::string&, ByteView) override { return Ok{}; }
    Result<Bytes> saved_file(const std::string&, const std::string& name) override {
        return fail(Code::kNotFound, "sitting.file.not-here"_id, {{"name", name}});
    }
    Result<std::vector<sitting::AnswerVersion>> history(const std::string&,
                                                        const std::string&) override {
        return versions;
    }
    Status restore(const std::string& item, const std::string& response,
                   std::uint64_t record) override {
        const std::lock_guard guard(lock_);
        restored_ = item + ' ' + response + ' ' + std::to_string(record);
        return Ok{};
    }
    void tick() override {}
    void raise_hand(bool) override {}
    Status trouble_shown(const std::string&) override { return Ok{}; }
    Status finding(const sitting::FindingSeen&) override { return Ok{}; }
    Status segment(const record::SegmentEntry&, ByteView) override { return Ok{}; }
    Status gap(const record::GapEntry&) override { return Ok{}; }
    Status covered(std::uint64_t) override { return Ok{}; }
    void evidence_finished() override {}
    std::optional<record::AgePublic> attempt_recipient() const override { return std::nullopt; }
    std::optional<record::SittingRules> rules() const override { return sitting_rules; }
    Status enter_review() override { return go(sitting::Phase::kReviewing); }
    Status leave_review() override { return go(sitting::Phase::kRunning); }
    Status ask_hand_in() override {
        const std::lock_guard guard(lock_);
        notices_.emplace_back(sitting::ConfirmHandIn{});
        return Ok{};
    }
    Status confirm_hand_in() override { return go(sitting::Phase::kHandedIn); }
    Result<Path> export_package(const Path& folder) override { return folder; }
    Status finish() override {
        set([](sitting::View& view, sitting::State& state) {
            view = {};
            view.finished = true;
            state = {};
        });
        return Ok{};
    }
    sitting::PumpReport pump() override { return {}; }
    std::vector<sitting::Upload> uploads() const override { return {}; }
    Status uploaded(const Digest&) override { return Ok{}; }

  private:
    Status go(sitting::Phase phase) {
        set([phase](sitting::View& view, sitting::State&) { view.phase = phase; });
        return Ok{};
    }

    std::shared_ptr<const item::Package> package_;
    mutable std::mutex lock_;
    sitting::View view_;
    sitting::State state_;
    std::vector<sitting::Notice> notices_;
    std::string restored_;
    int checked_in_ = 0;
};

}  // namespace assay::test
