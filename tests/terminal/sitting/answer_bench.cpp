// A change received by the session until it is durable, beside a bare append and fdatasync on the
// same disk in the same run.
#include <algorithm>
#include <chrono>

#include <benchmark/benchmark.h>

#include "crypto/random.h"
#include "crypto/record/journal.h"
#include "terminal/sitting/journal_file.h"
#include "terminal/sitting/step.h"
#include "tests/support/paths.h"

namespace assay::sitting {
namespace {

/// A bare file, for the reference.
class RawFile {
  public:
    explicit RawFile(const Path& path) : file_(disk_.create(path).value()) {}
    bool append_and_sync() { return file_->append(page_).ok() && file_->sync().ok(); }

  private:
    SystemDisk disk_;
    std::unique_ptr<File> file_;
    Bytes page_ = Bytes(4096, 'x');
};

class Laps {
  public:
    void begin() { from_ = std::chrono::steady_clock::now(); }
    void end() {
        const std::chrono::duration<double, std::milli> lap =
            std::chrono::steady_clock::now() - from_;
        laps_.push_back(lap.count());
    }
    /// In milliseconds.
    double last() const { return laps_.back(); }
    double at(double share) {
        std::ranges::sort(laps_);
        const auto place = static_cast<double>(laps_.size() - 1) * share;
        return laps_[static_cast<std::size_t>(place)];
    }

  private:
    std::chrono::steady_clock::time_point from_;
    std::vector<double> laps_;
};

State running_state() {
    Terms terms;
    terms.rules.duration_minutes = 100'000;
    State state = initial(terms);
    state = begin_journal(std::move(state), record::Start{});
    state.released = {record::PartDigest{}};
    state.started = true;
    return state;
}

/// decide, seal, append, fdatasync, fold: what Session::answer does, for an answer of `size` bytes,
/// in turn with a bare append of 4 KiB and fdatasync.
void change_to_durable(benchmark::State& bench) {
    const assay::test::TempFolder folder;
    SystemDisk disk;
    crypto::SystemRandom random;
    const auto id = random.id<record::JournalId>();
    record::JournalSealer sealer(crypto::JournalKey::random(random), id, random);
    auto writer = JournalWriter::create(
        disk, {folder.path() / "journal-01.records", folder.path() / "reserve"}, sealer, id);
    RawFile raw(folder.path() / "raw");
    State state = running_state();
    std::string text(static_cast<std::size_t>(bench.range(0)), 'a');
    std::int64_t at = 0;
    Laps ours;
    Laps reference;
    const auto append_raw = [&] {
        reference.begin();
        const bool kept = raw.append_and_sync();
        reference.end();
        return kept;
    };
    const auto change = [&] {
        text[static_cast<std::size_t>(at) % text.size()] ^= 1;
        ours.begin();
        const Input in{++at, WallTime{1}, AnswerChanged{"Q1", "RESPONSE", std::vector{text}, {}}};
        const Decision decision = decide(state, in);
        const bool kept = !decision.refused && writer->append(decision.events).ok();
        state = apply(std::move(state), in, decision);
        ours.end();
        return kept;
    };
    for (auto _ : bench) {
        // A pair a round, each first in turn: what the disk still does after one hits the other.
        const bool kept = at % 2 == 0 ? append_raw() && change() : change() && append_raw();
        if (!kept) {
            bench.SkipWithError("the disk failed");
            return;
        }
        bench.SetIterationTime(ours.last() / 1000);
    }
    bench.counters["reference_ms"] = reference.at(0.5);
    bench.counters["ours_ms"] = ours.at(0.5);
    bench.counters["ratio"] = ours.at(0.5) / reference.at(0.5);
    bench.counters["p99_ms"] = ours.at(0.99);
}
BENCHMARK(change_to_durable)->Arg(20)->Arg(2000)->Arg(20000)->Arg(150000)->UseManualTime();

/// A sitting of three hours read, checked and folded again.
void resume(benchmark::State& bench) {
    const assay::test::TempFolder folder;
    SystemDisk disk;
    crypto::SystemRandom random;
    const auto id = random.id<record::JournalId>();
    record::JournalSealer sealer(crypto::JournalKey::random(random), id, random);
    const JournalPlace place{folder.path() / "journal-01.records", folder.path() / "reserve"};
    {
        auto writer = JournalWriter::create(disk, place, sealer, id);
        record::Event event;
        event.kind = record::EventKind::kAnswer;
        event.item = "Q1";
        event.response = "RESPONSE";
        event.values = {"an answer of a usual length"};
        for (std::int64_t i = 0; i < bench.range(0); i += std::int64_t{kBatchRecordsMax}) {
            event.at_ms = i;
            (void)writer->append(std::vector<record::Event>(kBatchRecordsMax, event));
        }
    }
    for (auto _ : bench) {
        auto opened = JournalWriter::open(disk, place, sealer, id);
        State state = running_state();
        for (const record::Event& event : opened->events) {
            state = fold(std::move(state), event);
        }
        benchmark::DoNotOptimize(state);
    }
}
BENCHMARK(resume)->Arg(20000)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace assay::sitting
