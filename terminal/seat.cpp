#include "terminal/seat.h"

namespace assay::terminal {
namespace {

constexpr const char* kBootId = "/proc/sys/kernel/random/boot_id";
constexpr std::uint64_t kBootIdBytesMax = 64;

Result<std::string> boot_id(Disk& disk) {
    ASSAY_TRY(const Bytes bytes, read_file(disk, kBootId, kBootIdBytesMax));
    std::string text = to_string(bytes);
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text;
}

constexpr SteadyTime kSayAgain = std::chrono::minutes(1);

/// What the screen shows, for whoever reads the log afterwards; the same once a minute at most.
class TroubleLog {
  public:
    TroubleLog(Log& log, const Clock& clock) : log_(log), clock_(clock) {}
    void look(const std::optional<Error>& now) {
        if (!now || (now == last_ && clock_.steady() - said_ < kSayAgain)) {
            return;
        }
        last_ = now;
        said_ = clock_.steady();
        log_.error(*now);
    }

  private:
    Log& log_;
    const Clock& clock_;
    std::optional<Error> last_;
    SteadyTime said_{};
};

}  // namespace

Result<std::unique_ptr<Seat>> Seat::open(World& world, const Arguments& arguments, Machine& machine,
                                         platform::KeptKey* keeper) {
    std::unique_ptr<Seat> seat(new Seat());
    const DeskAddress desk{arguments.desk_host, arguments.desk_port};
    ASSAY_TRY(seat->link_, machine.link(desk));
    const Path store = arguments.folder / "store.db";
    ASSAY_TRY(const crypto::StoreKey key, machine.store_key(keeper, *seat->link_, store));
    ASSAY_TRY(seat->store_, sitting::VaultStore::open(store, key));
    ASSAY_TRY(const std::string boot, boot_id(world.disk));
    const Path banks = arguments.folder / "banks";
    const Path sittings = arguments.folder / "sittings";
    ASSAY_TRY_STATUS(world.disk.make_folders(banks));
    ASSAY_TRY_STATUS(world.disk.make_folders(sittings));
    ASSAY_TRY(seat->session_,
              sitting::Session::open(
                  {world.disk, world.clock, world.random, *seat->link_, *seat->store_},
                  {.folder = sittings,
                   .banks = banks,
                   .boot = boot,
                   .terminal = machine.id(),
                   .signing = machine.signing(),
                   .age = machine.age(),
                   .keys = machine.trusted(),
                   .language = "zh-CN",
                   .camera = arguments.camera != "none",
                   .newer_keys = [&machine](Link& link) { return machine.newer_keys(link); },
                   .sealers = {}}));
    seat->evidence_ =
        std::make_unique<Evidence>(EvidenceSettings{arguments.proctor, arguments.proctor_socket,
                                                    arguments.camera, arguments.models.string()},
                                   world.clock, world.log);
    seat->conductor_ = std::make_unique<terminal_ui::Conductor>(
        *seat->session_, world.disk, [&machine, desk]() -> Result<std::unique_ptr<Link>> {
            ASSAY_TRY(auto link, machine.link(desk));
            return std::unique_ptr<Link>(std::move(link));
        });
    seat->conductor_->every_round([evidence = seat->evidence_.get(),
                                   trouble = std::make_shared<TroubleLog>(world.log, world.clock)](
                                      sitting::Session& session) {
        evidence->round(session);
        trouble->look(session.view().trouble);
    });
    return seat;
}

Seat::~Seat() {
    if (link_) {
        link_->cancel();  // a request that hangs must not hold up the end
    }
    if (conductor_) {
        conductor_->stop();
    }
}

}  // namespace assay::terminal
