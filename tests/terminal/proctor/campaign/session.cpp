#include "tests/terminal/proctor/campaign/session.h"

#include <algorithm>
#include <cstdlib>

#include "terminal/proctor/script_source.h"

namespace assay::proctor::campaign {
namespace {

using record::FindingCode;

constexpr int kFps = 4;
constexpr int kZoomMin = 130;  ///< a face of 90 to 140 pixels, and more or less of the room

/// A kind of event: its scene, how long it lasts, what its amount may be.
struct Kind {
    Scene scene;
    FindingCode code;
    int shortest, longest;
    int amount_min, amount_max;
    bool either_sign;
};
constexpr Kind kKinds[] = {
    {Scene::kAbsent, FindingCode::kFaceAbsent, 8, 25, 0, 0, false},
    {Scene::kMultiple, FindingCode::kFaceMultiple, 6, 12, 0, 0, false},
    {Scene::kOther, FindingCode::kIdMismatch, 45, 60, 0, 0, false},
    {Scene::kAway, FindingCode::kLookAway, 6, 12, 50, 65, true},
    {Scene::kCovered, FindingCode::kCameraCovered, 5, 12, 4, 120, false},
    {Scene::kDark, FindingCode::kCameraDark, 11, 20, 10, 24, false},
    {Scene::kMoved, FindingCode::kCameraMoved, 14, 30, 60, 130, true},
    {Scene::kFrozen, FindingCode::kFeedFrozen, 5, 12, 0, 0, false},
    {Scene::kLoop, FindingCode::kFeedLoop, 45, 60, 3, 9, false},
    {Scene::kStill, FindingCode::kFeedStill, 70, 90, 0, 0, false},
    {Scene::kLost, FindingCode::kCameraLost, 4, 10, 0, 0, false},
    {Scene::kChanged, FindingCode::kCameraChanged, 5, 8, 0, 0, false},
};
constexpr Scene kBenign[] = {Scene::kDrink, Scene::kChin,  Scene::kUp,    Scene::kStretch,
                             Scene::kPass,  Scene::kLight, Scene::kPerson};

int between(FakeRandom& random, int from, int to) {
    return from + static_cast<int>(random.below(static_cast<std::uint64_t>(to - from + 1)));
}

/// Lays cues one behind the other.
class Planner {
  public:
    Planner(const std::vector<Person>& people, std::uint64_t seed) : random_(seed) {
        std::vector<const Person*> sitters;
        for (const Person& person : people) {
            if (person.moving && person.name != "c") {
                sitters.push_back(&person);
            }
        }
        const Person& person = *sitters[seed % sitters.size()];
        const Person* other = &person;
        while (other == &person) {
            other = &people[random_.below(people.size())];
        }
        plan_.script.person = person.films;
        plan_.script.other = other->films;
        plan_.script.zoom = between(random_, kZoomMin, person.zoom);
        plan_.script.fps = kFps;
        plan_.script.noise = between(random_, 2, 6);
        plan_.script.seed = seed * 7919 + 1;
    }
    void rest(int seconds) { now_ += milliseconds(1000 * seconds + between(random_, 0, 999)); }
    void benign() {
        const Scene scene = kBenign[random_.below(std::size(kBenign))];
        const int seconds = scene == Scene::kPass ? 2 : between(random_, 2, 4);
        const int light = scene == Scene::kLight ? between(random_, -30, 30) : 0;
        cue(scene, milliseconds(1000 * seconds), light);
    }
    void play(const Kind& kind) {
        int amount = between(random_, kind.amount_min, kind.amount_max);
        amount *= kind.either_sign && random_.below(2) == 0 ? -1 : 1;
        const milliseconds from = now_;
        if (kind.scene == Scene::kOther && random_.below(2) == 0) {
            cue(Scene::kAbsent, milliseconds(4000), 0);  // changed seats while nobody was there
        }
        const milliseconds begun = now_;
        cue(kind.scene, milliseconds(1000 * between(random_, kind.shortest, kind.longest)), amount);
        plan_.truths.push_back({kind.code, begun, now_});
        static_cast<void>(from);
    }
    FakeRandom& random() { return random_; }
    milliseconds now() const { return now_; }
    Plan finish() {
        plan_.length = now_;
        return std::move(plan_);
    }

  private:
    void cue(Scene scene, milliseconds length, int amount) {
        plan_.script.cues.push_back({now_, now_ + length, scene, amount});
        now_ += length;
    }
    FakeRandom random_;
    Plan plan_;
    milliseconds now_{0};
};

}  // namespace

Plan plan_with_everything(const std::vector<Person>& people, std::uint64_t seed) {
    Planner planner(people, seed);
    std::vector<Kind> kinds(std::begin(kKinds), std::end(kKinds));
    for (std::size_t i = kinds.size(); i > 1; --i) {
        std::swap(kinds[i - 1], kinds[planner.random().below(i)]);
    }
    planner.rest(70);
    for (const Kind& kind : kinds) {
        planner.play(kind);
        planner.rest(12);
        planner.benign();
        planner.rest(6);
    }
    return planner.finish();
}

Plan plan_benign(const std::vector<Person>& people, std::uint64_t seed, int seconds) {
    Planner planner(people, seed);
    while (planner.now() < std::chrono::seconds(seconds)) {
        planner.rest(between(planner.random(), 8, 40));
        planner.benign();
    }
    return planner.finish();
}

Outcome sit(const Plan& plan, const Sitter& sitter) {
    FakeClock clock;
    FakePause pause(clock);
    const SteadyTime start = clock.steady();
    Outcome out;
    std::map<std::uint64_t, bool> open;
    record::ProctorPolicy policy;
    policy.camera = record::CameraPolicy::kRequired;
    policy.identity = true;
    WatchPorts ports{
        clock,
        [&] { return make_scripted(plan.script, {clock, pause, sitter.disk}); },
        sitter.models,
        [](ByteView plain) { return to_bytes(plain); },
        [] { return Usage{}; },
        [&](const record::ProctorMessage& message) {
            if (const auto* finding = std::get_if<record::ProctorFinding>(&message)) {
                const bool begins = finding->phase == record::Phase::kBegin;
                out.ordered = out.ordered && (begins ? open.emplace(finding->number, true).second
                                                     : open[finding->number]);
                if (finding->phase == record::Phase::kEnd) {
                    open[finding->number] = false;
                }
                const Raised raised{finding->code, finding->weight, finding->onset.steady - start,
                                    finding->at.steady - start};
                if (begins) {
                    out.raised.push_back(raised);
                } else if (finding->phase == record::Phase::kUpdate) {
                    const auto last = std::find_if(
                        out.raised.rbegin(), out.raised.rend(),
                        [&](const Raised& each) { return each.code == finding->code; });
                    if (last != out.raised.rend()) {
                        last->weight = finding->weight;
                    }
                }
            } else if (const auto* health = std::get_if<record::ProctorHealth>(&message)) {
                out.used_bytes = health->used_bytes;
                out.covered_seconds = health->covered_seconds;
            }
            if (sitter.also) {
                sitter.also(message);
            }
        }};
    Watch watch(policy, {}, std::move(ports));
    watch.start();
    SteadyTime next_median = start + SteadyTime(10000);
    while (clock.steady() - start < plan.length) {
        const SteadyTime before = clock.steady();
        watch.tick(milliseconds(1000 / kFps));
        if (clock.steady() == before) {
            clock.advance(milliseconds(10));
        }
        if (clock.steady() >= next_median) {
            next_median += SteadyTime(10000);
            if (const auto median = watch.identity().median_to_check_in()) {
                out.medians.push_back(*median);
            }
        }
    }
    watch.finish();
    return out;
}

}  // namespace assay::proctor::campaign
