#pragma once

#include "crypto/base/fake_disk.h"
#include "terminal/sitting/session.h"
#include "tests/terminal/sitting/fake_desk.h"

namespace assay::sitting::test {

/// A link that a test cuts for good or for one request.
class CuttingLink final : public Link {
  public:
    using Cut = FakeLink::Cut;
    explicit CuttingLink(FakeLink::Peer peer) : link_(std::move(peer)) {}

    Result<LinkReply> exchange(const LinkRequest& request) override {
        const bool once = once_ && requests++ == *once_;
        was_cut = was_cut || once;
        link_.cut(once ? once_how_ : always_);
        if (before) {
            before();
        }
        return link_.exchange(request);
    }
    void cut(Cut cut) { always_ = cut; }
    /// The number-th request from now on.
    void cut_once(int number, Cut how) {
        once_ = requests + number;
        once_how_ = how;
        was_cut = false;
    }
    /// Another peer answers from now on.
    void redirect(FakeLink::Peer peer) { link_ = FakeLink(std::move(peer)); }
    void set_copies(int copies) { link_.set_copies(copies); }

    int requests = 0;
    bool was_cut = false;
    std::function<void()> before;  ///< each request leaves

  private:
    FakeLink link_;
    Cut always_ = Cut::kNone;
    std::optional<int> once_;
    Cut once_how_ = Cut::kNone;
};

/// A terminal whose disk, store and clock outlive its program, at a desk of its own.
class Seat {
  public:
    explicit Seat(World& world, FakeDesk& desk, FakeClock& clock, bool spare = false)
        : world_(world),
          clock_(clock),
          id_(spare ? world.terminal_2 : world.terminal),
          age_((spare ? world.terminal_2_age : world.terminal_age).copy()),
          link([&desk, this](const LinkRequest& request) { return desk.answer(request, id_); }) {}

    /// Starts the program.
    Status run() {
        session.reset();
        auto opened = Session::open({disk, clock_, world_.random, link, store},
                                    {.folder = "/sittings",
                                     .banks = "/banks",
                                     .boot = boot,
                                     .terminal = id_,
                                     .signing = world_.terminal_key,
                                     .age = age_,
                                     .keys = world_.keys(),
                                     .sealers = {}});
        if (!opened.ok()) {
            return opened.error();
        }
        session = std::move(opened).value();
        return Ok{};
    }
    /// Some seconds pass, with a tick and a round with the desk in each.
    void pass(int seconds = 2) {
        for (int i = 0; i < seconds; ++i) {
            clock_.advance(std::chrono::seconds(1));
            session->tick();
            last = session->pump();
        }
    }
    /// From nothing to where the desk has admitted.
    void admit() {
        pass(1);
        session->check_in(std::nullopt, std::nullopt);
        pass(1);
        (void)session->confirm_person("name", true);
        pass(2);
    }
    Status answer(const std::string& item, const std::string& value) {
        return session->answer({item, "RESPONSE", std::vector{value}, std::nullopt});
    }
    void power_cut(std::uint64_t seed) {
        FakeRandom random(seed);
        session.reset();
        disk.cut_power(random);
        boot += "'";
    }
    std::string value_of(const std::string& item) const {
        const State state = session->state();
        const auto found = state.items.find(item);
        return found == state.items.end() || !found->second.answered()
                   ? ""
                   : found->second.responses.at("RESPONSE").values->at(0);
    }

  private:
    World& world_;
    FakeClock& clock_;
    MachineId id_;
    crypto::AgeIdentity age_;

  public:
    FakeDisk disk;
    FakeStore store;
    CuttingLink link;
    std::string boot = "boot";
    std::unique_ptr<Session> session;
    PumpReport last;
};

/// A room that has begun.
class RunningRoom {
  public:
    explicit RunningRoom(std::uint64_t seed = 1) : world(seed), desk(world, clock) {}

    void start(Seat& seat) { start(seat, desk); }
    /// At another desk than the room's own.
    static void start(Seat& seat, FakeDesk& at) {
        ASSERT_TRUE(seat.run().ok());
        seat.admit();
        at.release();
        at.order(record::OrderKind::kStart);
        seat.pass(2);
        ASSERT_EQ(seat.session->view().phase, Phase::kRunning)
            << (seat.last.trouble ? to_string(*seat.last.trouble) : "");
    }

    FakeClock clock;
    World world;
    FakeDesk desk;
};

}  // namespace assay::sitting::test
