#include "terminal/platform/readiness.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <sstream>

namespace assay::platform {
namespace {

constexpr std::uint64_t kSmallFileBytesMax = 65536;
constexpr std::size_t kProcessesMax = 4096;
constexpr const char* kMarkerName = "boot-marker";

/// /proc and /sys files say that they are empty: they are read, not measured.
std::optional<std::string> read_small(Disk& disk, const Path& path) {
    auto file = disk.open_read_only(path);
    if (!file.ok()) {
        return {};
    }
    Bytes bytes(kSmallFileBytesMax);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto got = (*file)->read_at(size, std::span(bytes).subspan(size));
        if (!got.ok()) {
            return {};
        }
        if (*got == 0) {
            break;
        }
        size += *got;
    }
    std::string text(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\0')) {
        text.pop_back();
    }
    return text;
}

Fact good(FactKind kind, MessageId reason, Args args = {}) {
    return {kind, FactState::kGood, {reason, std::move(args)}};
}
Fact finding(FactKind kind, MessageId reason, Args args = {}) {
    return {kind, FactState::kFinding, {reason, std::move(args)}};
}
Fact unknown(FactKind kind) {
    return {kind, FactState::kUnknown, {"platform.fact.unknown"_id, {}}};
}

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U); }

/// "MemTotal:       16316412 kB"
std::optional<std::uint64_t> kib_of(const std::string& meminfo, std::string_view name) {
    std::size_t at = meminfo.find(std::string(name) + ":");
    if (at == std::string::npos) {
        return {};
    }
    at = meminfo.find_first_of("0123456789", at);
    std::uint64_t value = 0;
    if (at == std::string::npos ||
        std::from_chars(meminfo.data() + at, meminfo.data() + meminfo.size(), value).ec !=
            std::errc()) {
        return {};
    }
    return value;
}

Fact disk_space(Disk& disk, const ReadinessSettings& settings) {
    const auto free = disk.free_bytes(settings.store);
    if (!free.ok()) {
        return unknown(FactKind::kDiskSpace);
    }
    const Args args{{"free", mebibytes(*free)}, {"needed", mebibytes(kFreeBytesNeeded)}};
    return *free < kFreeBytesNeeded
               ? finding(FactKind::kDiskSpace, "platform.fact.disk-low"_id, args)
               : good(FactKind::kDiskSpace, "platform.fact.disk-enough"_id, args);
}

std::optional<std::string> boot_id(Disk& disk, const Path& system) {
    return read_small(disk, system / "proc/sys/kernel/random/boot_id");
}

/// The newest line of the marker that is another start than this one; empty if there is none.
std::string earlier_start(const std::string& marker, const std::string& now) {
    std::string out;
    std::istringstream lines(marker);
    for (std::string line; std::getline(lines, line);) {
        out = line.empty() || line == now ? out : line;
    }
    return out;
}

/// A lab that reverts its disks at each start loses the marker; then nothing is known, for ever.
Fact disk_persists(Disk& disk, const ReadinessSettings& settings) {
    const auto now = boot_id(disk, settings.system);
    const auto marker = read_small(disk, settings.store / kMarkerName);
    if (!now || !marker || earlier_start(*marker, *now).empty()) {
        return {FactKind::kDiskPersists,
                FactState::kUnknown,
                {"platform.fact.persistence-unproven"_id, {}}};
    }
    return good(FactKind::kDiskPersists, "platform.fact.persistence-proven"_id);
}

Fact camera(Disk& disk, const ReadinessSettings& settings) {
    const auto devices = disk.list(settings.system / "sys/class/video4linux");
    if (devices.ok() && !devices->empty()) {
        return good(FactKind::kCamera, "platform.fact.camera-there"_id,
                    {{"count", std::to_string(devices->size())}});
    }
    return settings.camera_wanted ? finding(FactKind::kCamera, "platform.fact.camera-none"_id)
                                  : good(FactKind::kCamera, "platform.fact.camera-unwanted"_id);
}

Fact clock_fact(const Clock& clock, const ReadinessSettings& settings) {
    const Args args{{"time", clock.wall().text()}};
    return clock.wall() < settings.not_before
               ? finding(FactKind::kClock, "platform.fact.clock-behind"_id, args)
               : good(FactKind::kClock, "platform.fact.clock-plausible"_id, args);
}

Fact memory(Disk& disk, const ReadinessSettings& settings) {
    const auto info = read_small(disk, settings.system / "proc/meminfo");
    const auto total = info ? kib_of(*info, "MemTotal") : std::nullopt;
    if (!total) {
        return unknown(FactKind::kMemory);
    }
    const Args args{{"total", std::to_string(*total / 1024)},
                    {"needed", std::to_string(kMemoryKibNeeded / 1024)}};
    return *total < kMemoryKibNeeded
               ? finding(FactKind::kMemory, "platform.fact.memory-low"_id, args)
               : good(FactKind::kMemory, "platform.fact.memory-enough"_id, args);
}

Fact swap(Disk& disk, const ReadinessSettings& settings) {
    const auto info = read_small(disk, settings.system / "proc/meminfo");
    const auto total = info ? kib_of(*info, "SwapTotal") : std::nullopt;
    if (!total) {
        return unknown(FactKind::kSwap);
    }
    return *total > 0 ? finding(FactKind::kSwap, "platform.fact.swap-on"_id)
                      : good(FactKind::kSwap, "platform.fact.swap-off"_id);
}

/// The kind of file system that holds `path`, from the longest mount point above it.
std::optional<std::string> file_system_of(Disk& disk, const ReadinessSettings& settings) {
    const auto mounts = read_small(disk, settings.system / "proc/self/mounts");
    if (!mounts) {
        return {};
    }
    const std::string store = settings.store.string();
    std::size_t longest = 0;
    std::optional<std::string> out;
    std::istringstream lines(*mounts);
    for (std::string device, point, kind, rest; lines >> device >> point >> kind;) {
        std::getline(lines, rest);
        const bool above = point == "/" || store == point || store.starts_with(point + "/");
        if (above && point.size() >= longest) {
            longest = point.size();
            out = kind;
        }
    }
    return out;
}

Fact disk_kind(Disk& disk, const ReadinessSettings& settings) {
    constexpr std::array<std::string_view, 6> kForgetful = {"tmpfs", "ramfs",    "overlay",
                                                            "aufs",  "squashfs", "unionfs"};
    const auto kind = file_system_of(disk, settings);
    if (!kind) {
        return unknown(FactKind::kDiskKind);
    }
    const Args args{{"kind", *kind}};
    return std::ranges::find(kForgetful, *kind) != kForgetful.end()
               ? finding(FactKind::kDiskKind, "platform.fact.disk-forgets"_id, args)
               : good(FactKind::kDiskKind, "platform.fact.disk-keeps"_id, args);
}

Fact fonts(Disk& disk, const ReadinessSettings& settings) {
    const auto names = disk.list(settings.system / "usr/share/fonts/opentype/noto");
    const bool there = names.ok() && std::ranges::any_of(*names, [](const std::string& name) {
                           return name.starts_with("NotoSansCJK");
                       });
    return there ? good(FactKind::kFonts, "platform.fact.fonts-there"_id)
                 : finding(FactKind::kFonts, "platform.fact.fonts-none"_id);
}

Fact network_paths(Disk& disk, const ReadinessSettings& settings) {
    const Path folder = settings.system / "sys/class/net";
    const auto names = disk.list(folder);
    if (!names.ok()) {
        return unknown(FactKind::kNetworkPaths);
    }
    std::string up;
    int count = 0;
    for (const std::string& name : *names) {
        if (name != "lo" && read_small(disk, folder / name / "operstate") == "up") {
            up += (up.empty() ? "" : ", ") + name;
            ++count;
        }
    }
    const Args args{{"names", up}};
    return count > 1 ? finding(FactKind::kNetworkPaths, "platform.fact.networks-several"_id, args)
                     : good(FactKind::kNetworkPaths, "platform.fact.networks-one"_id);
}

Fact input_method(Disk& disk, const ReadinessSettings& settings) {
    return disk.exists(settings.system / "usr/bin/fcitx5") &&
                   disk.exists(settings.system / "usr/share/fcitx5/addon/pinyin.conf")
               ? good(FactKind::kInputMethod, "platform.fact.input-there"_id)
               : finding(FactKind::kInputMethod, "platform.fact.input-none"_id);
}

Fact displays(Disk& disk, const ReadinessSettings& settings) {
    const auto count = count_displays(disk, settings.system);
    if (!count) {
        return unknown(FactKind::kDisplays);
    }
    const Args args{{"count", std::to_string(*count)}};
    return *count > 1 ? finding(FactKind::kDisplays, "platform.fact.displays-several"_id, args)
                      : good(FactKind::kDisplays, "platform.fact.displays-one"_id, args);
}

Fact virtual_machine(Disk& disk, const ReadinessSettings& settings) {
    constexpr std::array<std::string_view, 10> kMakers = {
        "QEMU", "VMware",    "innotek",   "VirtualBox",
        "Xen",  "Bochs",     "Parallels", "Microsoft Corporation Virtual",
        "KVM",  "Amazon EC2"};
    const Path dmi = settings.system / "sys/class/dmi/id";
    const auto vendor = read_small(disk, dmi / "sys_vendor");
    const auto product = read_small(disk, dmi / "product_name");
    const std::string name = vendor.value_or("") + " " + product.value_or("");
    for (const std::string_view maker : kMakers) {
        if (name.find(maker) != std::string::npos) {
            return finding(FactKind::kVirtualMachine, "platform.fact.virtual-name"_id,
                           {{"name", name}});
        }
    }
    const auto cpu = read_small(disk, settings.system / "proc/cpuinfo");
    if (cpu && cpu->find(" hypervisor") != std::string::npos) {
        return finding(FactKind::kVirtualMachine, "platform.fact.virtual-flag"_id);
    }
    return vendor || cpu ? good(FactKind::kVirtualMachine, "platform.fact.virtual-no"_id)
                         : unknown(FactKind::kVirtualMachine);
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Programs that show this screen elsewhere, by the names that the kernel gives their processes.
Fact remote_session(Disk& disk, const ReadinessSettings& settings) {
    constexpr std::array<std::string_view, 13> kPrograms = {
        "x11vnc",  "Xvnc",           "xrdp",       "xrdp-sesman",    "wayvnc",
        "anydesk", "teamviewerd",    "TeamViewer", "sunloginclient", "oray_rundaemon",
        "todesk",  "ToDesk_Service", "rustdesk"};
    const auto names = disk.list(settings.system / "proc");
    if (!names.ok()) {
        return unknown(FactKind::kRemoteSession);
    }
    std::size_t seen = 0;
    for (const std::string& name : *names) {
        if (!is_number(name) || ++seen > kProcessesMax) {
            continue;
        }
        const auto program = read_small(disk, settings.system / "proc" / name / "comm");
        if (program && std::find(kPrograms.begin(), kPrograms.end(), *program) != kPrograms.end()) {
            return finding(FactKind::kRemoteSession, "platform.fact.remote-program"_id,
                           {{"program", *program}});
        }
    }
    return good(FactKind::kRemoteSession, "platform.fact.remote-no"_id);
}

}  // namespace

Grade grade_of(FactKind kind) {
    switch (kind) {
        case FactKind::kDiskSpace:
        case FactKind::kDiskPersists:
        case FactKind::kDiskKind:
            return Grade::kSeat;
        default:
            return Grade::kWarn;
    }
}

bool seat_is_ready(std::span<const Fact> facts) {
    return std::ranges::all_of(facts, [](const Fact& fact) {
        return grade_of(fact.kind) != Grade::kSeat || fact.state == FactState::kGood;
    });
}

std::optional<int> count_displays(Disk& disk, const Path& system) {
    const Path folder = system / "sys/class/drm";
    const auto names = disk.list(folder);
    if (!names.ok()) {
        return {};
    }
    std::optional<int> count;
    for (const std::string& name : *names) {
        const auto status = read_small(disk, folder / name / "status");
        if (status) {
            count = count.value_or(0) + (*status == "connected" ? 1 : 0);
        }
    }
    return count;
}

Status leave_marker(Disk& disk, const ReadinessSettings& settings) {
    const auto now = boot_id(disk, settings.system);
    if (!now) {
        return fail(Code::kUnavailable, "platform.marker.no-boot-id"_id);
    }
    // The start before stays beside this one: a second look is as good as the first.
    const Path path = settings.store / kMarkerName;
    const std::string before = earlier_start(read_small(disk, path).value_or(""), *now);
    return write_file(disk, path, as_bytes((before.empty() ? before : before + '\n') + *now));
}

std::vector<Fact> look_at_machine(Disk& disk, const Clock& clock,
                                  const ReadinessSettings& settings) {
    return {disk_space(disk, settings),    disk_persists(disk, settings),
            disk_kind(disk, settings),     fonts(disk, settings),
            network_paths(disk, settings), camera(disk, settings),
            clock_fact(clock, settings),   memory(disk, settings),
            swap(disk, settings),          input_method(disk, settings),
            displays(disk, settings),      virtual_machine(disk, settings),
            remote_session(disk, settings)};
}

}  // namespace assay::platform
