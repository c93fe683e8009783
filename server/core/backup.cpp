#include "server/core/backup.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "crypto/file_hash.h"

namespace assay::server_core {
namespace {

/// A running log replaces partial tiles while they are copied.
constexpr int kLogTries = 5;
/// The files of a running log follow its signatures by some 40 to 100 ms.
constexpr std::chrono::milliseconds kLogLag{300};

Result<Digest> digest_of_file(Disk& disk, const Path& path) {
    ASSAY_TRY(const auto file, disk.open_read_only(path));
    return crypto::sha256(*file);
}

/// Relative names of all files below, but the list itself, sorted.
std::vector<std::string> files_below(const Path& folder) {
    std::vector<std::string> out;
    std::error_code failed;
    std::filesystem::recursive_directory_iterator at(folder, failed);
    for (; !failed && at != std::filesystem::recursive_directory_iterator(); at.increment(failed)) {
        if (at->is_regular_file(failed)) {
            out.push_back(at->path().lexically_relative(folder).generic_string());
        }
    }
    std::erase(out, kSumsFile);
    std::ranges::sort(out);
    return out;
}

Status write_sums(Disk& disk, const Path& folder, store::BackupCount& count) {
    std::string sums;
    count = {};
    for (const std::string& name : files_below(folder)) {
        ASSAY_TRY(const Digest digest, digest_of_file(disk, folder / name));
        sums += digest.hex() + "  " + name + "\n";
        std::error_code ignored;
        count.bytes += std::filesystem::file_size(folder / name, ignored);
        ++count.files;
    }
    return write_file(disk, folder / kSumsFile, as_bytes(sums));
}

Error wrong(const std::string& name) {
    return fail(Code::kCorrupt, "server.backup.file"_id, {{"path", name}});
}

Status check_sums(Disk& disk, const Path& folder) {
    ASSAY_TRY(const Bytes file, read_file(disk, folder / kSumsFile, kSumsBytesMax));
    std::string_view rest = as_text(file);
    std::vector<std::string> named;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (end == std::string_view::npos || line.size() < 67 || line.substr(64, 2) != "  ") {
            return wrong(kSumsFile);
        }
        const std::string name(line.substr(66));
        ASSAY_TRY(const Digest expected, Digest::from_hex(line.substr(0, 64)));
        const auto found = disk.exists(folder / name) ? digest_of_file(disk, folder / name)
                                                      : Result<Digest>(wrong(name));
        if (!found.ok() || *found != expected) {
            return wrong(name);
        }
        named.push_back(name);
    }
    for (const std::string& name : files_below(folder)) {
        if (!std::ranges::binary_search(named, name)) {
            return wrong(name);
        }
    }
    return Ok{};
}

Status copy_log(const BackupOrder& order, const std::string& origin,
                const crypto::SigningKey& log_key, Disk& disk) {
    const auto open = [&](const Path& folder) -> Result<tlog::Log> {
        ASSAY_TRY(crypto::SigningKey key, crypto::SigningKey::from_seed(log_key.seed()));
        return tlog::Log::open(folder, origin, std::move(key), disk);
    };
    ASSAY_TRY(tlog::Log to, open(order.target / "log"));
    for (int left = kLogTries;; --left) {
        ASSAY_TRY(tlog::Log from, open(order.folder / "log"));
        const Status copied = extend_log(from, to);
        if (copied.ok() || left == 0 || copied.error().code != Code::kNotFound) {
            return copied;
        }
    }
}

}  // namespace

Result<store::BackupCount> back_up_server(const BackupOrder& order, const store::StoreKeys& keys,
                                          const std::string& origin,
                                          const crypto::SigningKey& log_key, Random& random) {
    SystemDisk disk;
    ASSAY_TRY(
        store::BackupCount count,
        store::back_up(order.folder / "store", keys, order.target / "store", order.wraps, random));
    // After the store: what was acknowledged meanwhile is then named as lost after a restore. A
    // leaf that the copy lacks all the same is appended from the volumes when the store is opened.
    std::this_thread::sleep_for(kLogLag);
    ASSAY_TRY_STATUS(copy_log(order, origin, log_key, disk));
    ASSAY_TRY_STATUS(write_sums(disk, order.target, count));
    return count;
}

Result<store::BackupCount> restore_server(const RestoreOrder& order) {
    SystemDisk disk;
    ASSAY_TRY_STATUS(check_sums(disk, order.backup));
    if (disk.exists(order.folder / "store") || disk.exists(order.folder / "log")) {
        return fail(Code::kConflict, "store.backup.exists"_id, {{"path", order.folder.string()}});
    }
    ASSAY_TRY(store::BackupCount count,
              store::copy_folder(disk, order.backup / "store", order.folder / "store"));
    const Path log = order.log.empty() ? order.backup / "log" : order.log;
    ASSAY_TRY(const store::BackupCount tiles, store::copy_folder(disk, log, order.folder / "log"));
    count.files += tiles.files;
    count.bytes += tiles.bytes;
    if (!order.wraps.empty()) {
        ASSAY_TRY(const store::BackupCount wraps,
                  store::copy_folder(disk, order.wraps, order.folder / "store"));
        count.files += wraps.files;
    }
    return count;
}

}  // namespace assay::server_core
