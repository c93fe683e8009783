#include "server/store/volumes.h"

#include <algorithm>

#include "crypto/hash.h"

namespace assay::store {
namespace {

constexpr std::string_view kVolumeMagic("assay volume 1\n\0", 16);
constexpr std::string_view kFrameMagic = "AVF1";
constexpr std::uint64_t kHeaderBytes = 16 + 8 + 8 + 16 + 32;
constexpr std::uint64_t kFrameHeaderBytes = 4 + 8 + 8 + 32;
constexpr std::size_t kDigestAt = 20;
/// Places that look like a later frame and are hashed before we call the volume damaged.
constexpr int kCandidatesMax = 256;

Error damaged(const Path& path, std::uint64_t offset) {
    return fail(Code::kCorrupt, "store.volume.corrupt"_id,
                {{"path", path.string()}, {"offset", std::to_string(offset)}});
}

Result<Bytes> read_exactly(File& file, std::uint64_t offset, std::size_t size, const Path& path) {
    Bytes out(size);
    ASSAY_TRY(const std::size_t done, file.read_at(offset, out));
    if (done != size) {
        return damaged(path, offset);
    }
    return out;
}

}  // namespace

Volumes::Volumes(Path folder, Disk& disk, Random& random, std::uint64_t closed_at)
    : folder_(std::move(folder)), disk_(&disk), random_(&random), closed_at_(closed_at) {}

Result<std::unique_ptr<Volumes>> Volumes::open(Path folder, Disk& disk, Random& random,
                                               std::uint64_t closed_at) {
    std::unique_ptr<Volumes> out(new Volumes(std::move(folder), disk, random, closed_at));
    ASSAY_TRY_STATUS(disk.make_folders(out->folder_));
    ASSAY_TRY_STATUS(out->load());
    return out;
}

Path Volumes::path(std::uint64_t number) const {
    const std::string digits = std::to_string(number);
    return folder_ /
           (std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits + ".vol");
}

Status Volumes::load() {
    std::uint64_t count = 0;
    while (disk_->exists(path(count + 1))) {
        ++count;
    }
    for (std::uint64_t number = 1; number <= count; ++number) {
        ASSAY_TRY_STATUS(load_volume(number, number == count));
    }
    return volumes_.empty() ? Status(Ok{}) : repair_tail();
}

Status Volumes::load_volume(std::uint64_t number, bool last) {
    const Path name = path(number);
    ASSAY_TRY(auto file, disk_->open(name));
    ASSAY_TRY(const std::uint64_t size, file->size());
    Bytes header(kHeaderBytes);
    ASSAY_TRY(const std::size_t done, file->read_at(0, header));
    const ByteView view(header);
    const bool good = done == kHeaderBytes && as_text(view.first(16)) == kVolumeMagic &&
                      read_be64(view.subspan(16)) == number &&
                      as_text(crypto::sha256(view.first(48)).view()) == as_text(view.subspan(48));
    if (!good) {
        // A volume gets its first frame after its header is durable.
        if (!last || size > kHeaderBytes) {
            return damaged(name, 0);
        }
        ASSAY_TRY_STATUS(disk_->remove(name));
        return disk_->sync_folder(folder_);
    }
    Volume volume;
    volume.file = std::move(file);
    volume.size = size;
    std::copy_n(view.begin() + 32, volume.tag.size(), volume.tag.begin());
    sequence_ = read_be64(view.subspan(24)) - 1;
    volumes_.push_back(std::move(volume));
    return Ok{};
}

/// Finds the end of the last volume; sequence_ is that before its first frame.
Status Volumes::repair_tail() {
    Volume& volume = volumes_.back();
    const Path name = path(volumes_.size());
    std::uint64_t offset = kHeaderBytes;
    while (offset < volume.size) {
        ASSAY_TRY(const auto frame, frame_at(volume, offset));
        if (!frame || frame->sequence != sequence_ + 1) {
            break;
        }
        sequence_ = frame->sequence;
        offset += kFrameHeaderBytes + frame->content.size();
    }
    if (offset < volume.size) {
        ASSAY_TRY(const bool later, later_frame(volume, offset, sequence_ + 1));
        if (later) {
            return damaged(name, offset);
        }
        ASSAY_TRY_STATUS(volume.file->truncate(offset));
        ASSAY_TRY_STATUS(volume.file->sync());
        volume.size = offset;
    }
    end_ = {volumes_.size(), offset};
    return Ok{};
}

/// A frame that is complete and passes its digest; nothing for anything else.
Result<std::optional<Volumes::Frame>> Volumes::frame_at(Volume& volume, std::uint64_t offset) {
    if (volume.size - offset < kFrameHeaderBytes) {
        return std::optional<Frame>();
    }
    ASSAY_TRY(const Bytes header, read_exactly(*volume.file, offset, kFrameHeaderBytes, folder_));
    const ByteView view(header);
    const std::uint64_t length = read_be64(view.subspan(12));
    if (as_text(view.first(4)) != kFrameMagic || length > kFrameBytesMax ||
        length > volume.size - offset - kFrameHeaderBytes) {
        return std::optional<Frame>();
    }
    ASSAY_TRY(Bytes content,
              read_exactly(*volume.file, offset + kFrameHeaderBytes, length, folder_));
    const Digest digest = frame_digest(volume, view.first(kDigestAt), content);
    if (as_text(digest.view()) != as_text(view.subspan(kDigestAt))) {
        return std::optional<Frame>();
    }
    return std::optional(Frame{read_be64(view.subspan(4)), std::move(content)});
}

/// Whether a complete frame of a later number lies behind a bad one: then the bad one was synced.
Result<bool> Volumes::later_frame(Volume& volume, std::uint64_t offset, std::uint64_t sequence) {
    ASSAY_TRY(const Bytes rest, read_exactly(*volume.file, offset, volume.size - offset, folder_));
    const std::string_view text = as_text(rest);
    int candidates = 0;
    for (std::size_t at = text.find(kFrameMagic, 1); at != std::string_view::npos;
         at = text.find(kFrameMagic, at + 1)) {
        if (rest.size() - at < kFrameHeaderBytes ||
            read_be64(ByteView(rest).subspan(at + 4)) <= sequence) {
            continue;
        }
        ASSAY_TRY(const auto frame, frame_at(volume, offset + at));
        if (frame || ++candidates == kCandidatesMax) {
            return true;
        }
    }
    return false;
}

/// The volume's random tag keeps an uploader from planting a frame inside a body.
Digest Volumes::frame_digest(const Volume& volume, ByteView header, ByteView content) const {
    crypto::Sha256 hash;
    hash.update(volume.tag);
    hash.update(header);
    hash.update(content);
    return hash.finish();
}

Status Volumes::create(std::uint64_t number) {
    Bytes header = to_bytes(kVolumeMagic);
    append_be64(header, number);
    append_be64(header, sequence_ + 1);
    Volume volume;
    random_->fill(volume.tag);
    assay::append(header, volume.tag);
    assay::append(header, crypto::sha256(header).view());
    ASSAY_TRY(volume.file, disk_->create(path(number)));
    ASSAY_TRY_STATUS(volume.file->append(header));
    ASSAY_TRY_STATUS(volume.file->sync());
    ASSAY_TRY_STATUS(disk_->sync_folder(folder_));
    volume.size = header.size();
    end_ = {number, volume.size};
    const std::lock_guard lock(reading_);
    volumes_.push_back(std::move(volume));
    return Ok{};
}

Result<Place> Volumes::next() {
    if (broken_) {
        return fail(Code::kIo, "store.volume.broken"_id, {{"path", folder_.string()}});
    }
    if (volumes_.empty() || volumes_.back().size >= closed_at_) {
        const Status made = create(volumes_.size() + 1);
        broken_ = !made.ok();
        ASSAY_TRY_STATUS(made);
    }
    return Place{end_.volume, end_.offset + kFrameHeaderBytes};
}

Status Volumes::append(ByteView content) {
    ASSAY_CHECK(!broken_ && !volumes_.empty() && content.size() <= kFrameBytesMax);
    Volume& volume = volumes_.back();
    Bytes header = to_bytes(kFrameMagic);
    append_be64(header, sequence_ + 1);
    append_be64(header, content.size());
    assay::append(header, frame_digest(volume, header, content).view());
    // Two writes, so that the content is not copied once more; the digest finds either torn.
    Status written = volume.file->write_at(volume.size, header);
    if (written.ok()) {
        written = volume.file->write_at(volume.size + header.size(), content);
    }
    if (!written.ok()) {
        broken_ = !volume.file->truncate(volume.size).ok() || written.error().code != Code::kFull;
        return written;
    }
    if (const Status synced = volume.file->sync(); !synced.ok()) {
        broken_ = true;
        return synced;
    }
    ++sequence_;
    volume.size += header.size() + content.size();
    end_ = {volumes_.size(), volume.size};
    return Ok{};
}

Result<Bytes> Volumes::read(Place place, std::size_t size) {
    const std::lock_guard lock(reading_);
    if (place.volume == 0 || place.volume > volumes_.size()) {
        return damaged(path(place.volume), place.offset);
    }
    std::unique_ptr<File>& file = volumes_[place.volume - 1].reader;
    if (!file) {
        ASSAY_TRY(file, disk_->open_read_only(path(place.volume)));
    }
    return read_exactly(*file, place.offset, size, path(place.volume));
}

Status Volumes::replay(Place from, const Visit& visit) {
    if (from > end_) {
        return fail(Code::kCorrupt, "store.volume.missing"_id, {{"path", folder_.string()}});
    }
    const std::uint64_t first = std::max<std::uint64_t>(1, from.volume);
    for (std::uint64_t number = first; number <= volumes_.size(); ++number) {
        Volume& volume = volumes_[number - 1];
        std::uint64_t offset = number == from.volume ? from.offset : kHeaderBytes;
        while (offset < volume.size) {
            ASSAY_TRY(const auto frame, frame_at(volume, offset));
            if (!frame) {
                return damaged(path(number), offset);
            }
            ASSAY_TRY_STATUS(visit({number, offset + kFrameHeaderBytes}, frame->content));
            offset += kFrameHeaderBytes + frame->content.size();
        }
    }
    return Ok{};
}

}  // namespace assay::store
