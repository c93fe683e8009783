#include "kiosk-config/measure.h"

// The lockdown as data. What a row lays down stands in files/ below this folder; why, in README.md.
namespace assay::kiosk {
namespace {

using enum StepKind;

constexpr Step kUsers[] = {{kFile, "etc/sysusers.d/60-assay.conf"}};

constexpr Step kFirewall[] = {
    {kProgram, "usr/sbin/nft", "nftables"},
    {kFile, "etc/assay/kiosk/closed.nft"},
    {kFile, "etc/assay/kiosk/firewall.nft"},
    {kDesk, "etc/assay/kiosk/desk.nft"},
    {kFile, "etc/systemd/system/assay-firewall.service"},
    {kLink, "etc/systemd/system/multi-user.target.wants/assay-firewall.service",
     "/etc/systemd/system/assay-firewall.service"},
};

constexpr Step kSeat[] = {
    {kProgram, "usr/sbin/seatd", "seatd"},
    {kFile, "etc/systemd/system/seatd.service.d/60-assay.conf"},
};

constexpr Step kSession[] = {
    {kProgram, "usr/bin/cage", "cage"},
    {kProgram, "usr/bin/assay-terminal", "assay"},
    {kFile, "usr/lib/assay/session", "", 0755},
    {kFile, "etc/systemd/system/assay-session.service"},
    {kLink, "etc/systemd/system/multi-user.target.wants/assay-session.service",
     "/etc/systemd/system/assay-session.service"},
};

constexpr Step kCamera[] = {
    {kProgram, "usr/bin/assay-proctor", "assay"},
    {kFile, "etc/systemd/system/assay-proctor.socket"},
    {kFile, "etc/systemd/system/assay-proctor@.service"},
    {kLink, "etc/systemd/system/sockets.target.wants/assay-proctor.socket",
     "/etc/systemd/system/assay-proctor.socket"},
    {kSocket, "run/assay-proctor.sock"},
};

constexpr Step kNoConsoles[] = {
    {kFile, "etc/systemd/logind.conf.d/60-assay.conf"},
    {kMask, "etc/systemd/system/getty@.service"},
    {kMask, "etc/systemd/system/autovt@.service"},
    {kMask, "etc/systemd/system/serial-getty@.service"},
    {kMask, "etc/systemd/system/console-getty.service"},
    {kMask, "etc/systemd/system/ctrl-alt-del.target"},
};

constexpr Step kNoSysrq[] = {
    {kFile, "etc/sysctl.d/60-assay-sysrq.conf"},
    {kLive, "proc/sys/kernel/sysrq", "0"},
};

constexpr Step kNoUserServices[] = {{kMask, "etc/systemd/system/user@.service"}};

constexpr Step kNoCores[] = {
    {kFile, "etc/sysctl.d/60-assay-core.conf"},
    {kFile, "etc/security/limits.d/60-assay-core.conf"},
    {kFile, "etc/systemd/coredump.conf.d/60-assay.conf"},
    {kLive, "proc/sys/kernel/core_pattern", "|/bin/false"},
    {kLive, "proc/sys/fs/suid_dumpable", "0"},
};

constexpr Step kNoTracing[] = {
    {kFile, "etc/sysctl.d/60-assay-ptrace.conf"},
    {kLive, "proc/sys/kernel/yama/ptrace_scope", "2"},
};

constexpr Step kNoSwapping[] = {
    {kMask, "etc/systemd/system/swap.target"},
    {kNoSwap, "etc/fstab"},
    {kNoLive, "proc/swaps"},
};

constexpr Step kWatchdog[] = {{kFile, "etc/systemd/system.conf.d/60-assay.conf"}};

constexpr Step kInputMethod[] = {
    {kProgram, "usr/bin/fcitx5", "fcitx5"},
    {kProgram, "usr/share/fcitx5/addon/pinyin.conf", "fcitx5-pinyin"},
    {kProgram, "usr/share/fcitx5/addon/table.conf", "fcitx5-table"},
    {kProgram, "usr/share/fcitx5/addon/fullwidth.conf", "fcitx5-module-fullwidth"},
    {kFile, "etc/xdg/fcitx5/config"},
    {kFile, "etc/xdg/fcitx5/profile"},
    {kFile, "etc/xdg/fcitx5/conf/pinyin.conf"},
    {kFile, "etc/xdg/fcitx5/conf/cloudpinyin.conf"},
    {kFile, "etc/xdg/fcitx5/conf/fullwidth.conf"},
    {kFile, "etc/xdg/fcitx5/conf/classicui.conf"},
    {kFile, "usr/lib/assay/input-method", "", 0755},
};

constexpr Step kUsbStorage[] = {
    {kFile, "etc/modprobe.d/60-assay-usb-storage.conf"},
    {kFile, "etc/systemd/system/assay-usb-storage.service"},
    {kFile, "etc/polkit-1/rules.d/60-assay.rules"},
};

constexpr Measure kMeasures[] = {
    {"users", "kiosk.measure.users"_id, kUsers},
    {"firewall", "kiosk.measure.firewall"_id, kFirewall},
    {"seat", "kiosk.measure.seat"_id, kSeat},
    {"camera", "kiosk.measure.camera"_id, kCamera},
    {"session", "kiosk.measure.session"_id, kSession},
    {"no-consoles", "kiosk.measure.no-consoles"_id, kNoConsoles},
    {"no-sysrq", "kiosk.measure.no-sysrq"_id, kNoSysrq},
    {"no-user-services", "kiosk.measure.no-user-services"_id, kNoUserServices},
    {"no-core-dumps", "kiosk.measure.no-core-dumps"_id, kNoCores},
    {"no-tracing", "kiosk.measure.no-tracing"_id, kNoTracing},
    {"no-swap", "kiosk.measure.no-swap"_id, kNoSwapping},
    {"watchdog", "kiosk.measure.watchdog"_id, kWatchdog},
    {"input-method", "kiosk.measure.input-method"_id, kInputMethod},
    {"usb-storage", "kiosk.measure.usb-storage"_id, kUsbStorage},
};

}  // namespace

std::span<const Measure> measures() { return kMeasures; }

}  // namespace assay::kiosk
