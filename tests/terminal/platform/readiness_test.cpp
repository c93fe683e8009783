#include "terminal/platform/readiness.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"

namespace assay::platform {
namespace {

constexpr const char* kMounts = "sysfs /sys sysfs rw 0 0\n/dev/sda1 / ext4 rw 0 0\n";

class ReadinessTest : public ::testing::Test {
  protected:
    ReadinessTest() {
        settings_.store = "/store";
        settings_.not_before = WallTime{1772000000};
        EXPECT_TRUE(disk_.make_folders("/store").ok());
        put("/proc/sys/kernel/random/boot_id", "boot-1\n");
        put("/proc/meminfo", "MemTotal:        8000000 kB\nSwapTotal:             0 kB\n");
        put("/proc/cpuinfo", "flags : fpu vme\n");
        put("/proc/1/comm", "systemd\n");
        put("/usr/bin/fcitx5", "x");
        put("/usr/share/fcitx5/addon/pinyin.conf", "x");
        put("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "x");
        put("/proc/self/mounts", kMounts);
        put("/sys/class/net/lo/operstate", "unknown\n");
        put("/sys/class/net/eth0/operstate", "up\n");
        put("/sys/class/net/wlan0/operstate", "down\n");
        put("/sys/class/video4linux/video0", "x");
        put("/sys/class/dmi/id/sys_vendor", "LENOVO\n");
        put("/sys/class/drm/card0-HDMI-A-1/status", "connected\n");
        put("/sys/class/drm/card0-DP-1/status", "disconnected\n");
    }
    void put(const Path& path, const std::string& text) {
        ASSERT_TRUE(disk_.make_folders(path.parent_path()).ok());
        ASSERT_TRUE(write_file(disk_, path, as_bytes(text)).ok());
    }
    Fact fact(FactKind kind) {
        const auto facts = look_at_machine(disk_, clock_, settings_);
        return *std::find_if(facts.begin(), facts.end(),
                             [&](const Fact& each) { return each.kind == kind; });
    }
    FactState state(FactKind kind) { return fact(kind).state; }
    bool ready() { return seat_is_ready(look_at_machine(disk_, clock_, settings_)); }

    FakeDisk disk_;
    FakeClock clock_;
    ReadinessSettings settings_;
};

TEST_F(ReadinessTest, FindsNothingOnAnOrdinaryMachine) {
    for (const Fact& each : look_at_machine(disk_, clock_, settings_)) {
        EXPECT_NE(each.state, FactState::kFinding) << each.reason.id.text();
    }
}

TEST_F(ReadinessTest, ProvesPersistenceOnlyByAMarkerOfAnEarlierStart) {
    EXPECT_EQ(state(FactKind::kDiskPersists), FactState::kUnknown);
    ASSERT_TRUE(leave_marker(disk_, settings_).ok());
    EXPECT_EQ(state(FactKind::kDiskPersists), FactState::kUnknown);
    put("/proc/sys/kernel/random/boot_id", "boot-2\n");
    EXPECT_EQ(state(FactKind::kDiskPersists), FactState::kGood);
    ASSERT_TRUE(leave_marker(disk_, settings_).ok());
    EXPECT_EQ(state(FactKind::kDiskPersists), FactState::kGood) << "a second look";
    ASSERT_TRUE(disk_.remove("/store/boot-marker").ok());  // the lab reverted its disk
    EXPECT_EQ(state(FactKind::kDiskPersists), FactState::kUnknown);
}

TEST_F(ReadinessTest, NamesADiskThatForgets) {
    EXPECT_EQ(state(FactKind::kDiskKind), FactState::kGood);
    for (const std::string kind : {"tmpfs", "overlay"}) {
        put("/proc/self/mounts", std::string(kMounts) + "x /store " + kind + " rw 0 0\n");
        EXPECT_EQ(state(FactKind::kDiskKind), FactState::kFinding) << kind;
        EXPECT_EQ(fact(FactKind::kDiskKind).reason.args.front().second, kind);
    }
    put("/proc/self/mounts", std::string(kMounts) + "x /storehouse tmpfs rw 0 0\n");
    EXPECT_EQ(state(FactKind::kDiskKind), FactState::kGood);
}

TEST_F(ReadinessTest, HoldsASeatBackOnlyForItsDisk) {
    EXPECT_FALSE(ready()) << "the disk was not seen to keep anything";
    ASSERT_TRUE(leave_marker(disk_, settings_).ok());
    put("/proc/sys/kernel/random/boot_id", "boot-2\n");
    EXPECT_TRUE(ready());
    put("/sys/class/net/wlan0/operstate", "up\n");
    EXPECT_EQ(state(FactKind::kNetworkPaths), FactState::kFinding);
    ASSERT_TRUE(disk_.remove("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").ok());
    EXPECT_EQ(state(FactKind::kFonts), FactState::kFinding);
    ASSERT_TRUE(disk_.remove("/usr/share/fcitx5/addon/pinyin.conf").ok());
    EXPECT_EQ(state(FactKind::kInputMethod), FactState::kFinding);
    EXPECT_TRUE(ready()) << "these are warnings";
    disk_.set_free_bytes(kFreeBytesNeeded - 1);
    EXPECT_FALSE(ready());
}

TEST_F(ReadinessTest, CountsConnectedDisplays) {
    EXPECT_EQ(count_displays(disk_, "/"), 1);
    put("/sys/class/drm/card0-DP-1/status", "connected\n");
    EXPECT_EQ(state(FactKind::kDisplays), FactState::kFinding);
    EXPECT_EQ(count_displays(disk_, "/elsewhere"), std::nullopt);
}

TEST_F(ReadinessTest, GivesSignalsWithTheirReasons) {
    put("/sys/class/dmi/id/sys_vendor", "QEMU\n");
    EXPECT_EQ(fact(FactKind::kVirtualMachine).reason.id.text(), "platform.fact.virtual-name");
    put("/sys/class/dmi/id/sys_vendor", "LENOVO\n");
    put("/proc/cpuinfo", "flags : fpu hypervisor vme\n");
    EXPECT_EQ(state(FactKind::kVirtualMachine), FactState::kFinding);
    put("/proc/77/comm", "x11vnc\n");
    EXPECT_EQ(state(FactKind::kRemoteSession), FactState::kFinding);
    put("/proc/meminfo", "MemTotal: 1000 kB\nSwapTotal: 5 kB\n");
    EXPECT_EQ(state(FactKind::kMemory), FactState::kFinding);
    EXPECT_EQ(state(FactKind::kSwap), FactState::kFinding);
    settings_.not_before = WallTime{1999999999};
    EXPECT_EQ(state(FactKind::kClock), FactState::kFinding);
}

TEST_F(ReadinessTest, KnowsNothingWhereTheSystemSaysNothing) {
    settings_.system = "/nowhere";
    for (const FactKind kind : {FactKind::kMemory, FactKind::kSwap, FactKind::kDisplays,
                                FactKind::kVirtualMachine, FactKind::kRemoteSession}) {
        EXPECT_EQ(state(kind), FactState::kUnknown);
    }
}

}  // namespace
}  // namespace assay::platform
