#include "server/core/headroom.h"

#include "server/core/evidence_shelf.h"
#include "server/protocol/package.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

using test::give;

/// A disk whose free bytes a test says.
class NarrowDisk final : public Disk {
  public:
    std::uint64_t free = 0;
    bool broken = false;

    Result<std::uint64_t> free_bytes(const Path& folder) override {
        return broken ? Result<std::uint64_t>(
                            fail(Code::kIo, "base.disk.io"_id, {{"path", folder.string()}}))
                      : free;
    }
    Result<std::unique_ptr<File>> open(const Path& p) override { return disk_.open(p); }
    Result<std::unique_ptr<File>> create(const Path& p) override { return disk_.create(p); }
    Result<std::unique_ptr<File>> open_read_only(const Path& p) override {
        return disk_.open_read_only(p);
    }
    Status rename(const Path& a, const Path& b) override { return disk_.rename(a, b); }
    Status remove(const Path& p) override { return disk_.remove(p); }
    Status make_folders(const Path& p) override { return disk_.make_folders(p); }
    Status sync_folder(const Path& p) override { return disk_.sync_folder(p); }
    Result<std::vector<std::string>> list(const Path& p) override { return disk_.list(p); }
    bool exists(const Path& p) override { return disk_.exists(p); }

  private:
    SystemDisk disk_;
};

TEST(HeadroomTest, RefusesEvidenceFirstThenSittingsAndPackagesLast) {
    test::Organisation house;
    house.set_up_sitting();
    NarrowDisk disk;
    Headroom headroom(disk, "/", 800);
    Ports ports = *house.ports;
    ports.headroom = &headroom;
    Sittings sittings(ports, *house.trust);
    Statements statements(ports, *house.trust, sittings);
    Intake intake(ports, *house.trust, sittings, statements);
    store::Uploads uploads(*house.store, house.disk, house.folder.path() / "store");
    EvidenceShelf shelf(ports, sittings, uploads);
    const record::KeyRow desk =
        *house.trust->keys().value()->find(record::Role::kDesk, house.desk_id);
    const auto look = [&](std::uint64_t free) {
        disk.free = free;
        headroom.look();
        const UploadNote note{protocol::kUploadKindSegment, house.attempt(0).attempt, "clip", {}};
        const bool evidence = shelf.create(desk, note, 10).ok();
        const bool sitting = sittings.add_bank(house.delivery()).ok();
        const auto package = house.pack(house.attempt(0), {give("Q01", "A")},
                                        Epoch{static_cast<std::uint32_t>(free)});
        const bool taken = intake.take(package.digest(), package.upload).ok();
        return std::string(evidence ? "e" : "-") + (sitting ? "s" : "-") + (taken ? "p" : "-");
    };
    EXPECT_EQ(look(99), "---");
    EXPECT_EQ(look(100), "--p");
    EXPECT_EQ(look(400), "-sp");
    EXPECT_EQ(look(800), "esp");
    disk.broken = true;
    EXPECT_EQ(headroom.look(), Room::kPlenty) << "an unreadable number changes nothing";
}

}  // namespace
}  // namespace assay::server_core
