#include "terminal/proctor/evidence.h"

#include <algorithm>
#include <utility>

#include "crypto/hash.h"
#include "crypto/record/segment.h"
#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

using record::SegmentKind;
using record::ShedLevel;

constexpr std::size_t kPlainBytesMax = record::kSegmentBytesMax - kSealOverheadMax;
constexpr std::size_t kTarBytesEach = 1024;  // header and padding

/// Re-encoded, never the camera's own bytes: what reaches an auditor's viewer is ours.
Bytes shrink(const Frame& frame, int width, int height, int quality) {
    const auto image = to_image(frame, width, 3);
    return image.ok() ? encode_jpeg(fit(*image, width, height), quality) : Bytes();
}

template <typename Pictures>
std::size_t plain_bytes(const Pictures& pictures) {
    std::size_t sum = kTarBytesEach * (pictures.size() + 2) + 160 * pictures.size();
    for (const auto& picture : pictures) {
        sum += picture.jpeg.size();
    }
    return sum;
}

/// Drops every second picture that is no key frame until a segment holds the rest.
template <typename Pictures>
void thin_out(Pictures& pictures) {
    while (pictures.size() > 1 && (plain_bytes(pictures) > kPlainBytesMax ||
                                   pictures.size() > record::kSegmentPicturesMax)) {
        Pictures kept;
        bool keep = true;
        for (auto& picture : pictures) {
            if (picture.key || keep) {
                kept.push_back(std::move(picture));
            }
            keep = !keep;
        }
        const bool stuck = kept.size() == pictures.size();
        pictures = std::move(kept);
        if (stuck) {
            pictures.resize(1);
        }
    }
}

}  // namespace

ShedLevel Budget::level() const {
    if (!fits(record::kSegmentBytesMax)) {
        return ShedLevel::kNothingMore;
    }
    if (used_ >= max_ / 4 * 3) {
        return ShedLevel::kKeyFramesOnly;
    }
    return used_ >= max_ / 2 ? ShedLevel::kThinSnapshots : ShedLevel::kNone;
}

Evidence::Evidence(Seal seal, MomentOf moment_of, const Start& start)
    : seal_(std::move(seal)),
      moment_of_(std::move(moment_of)),
      budget_(start.used_bytes, start.bytes_max),
      next_segment_(start.next_segment) {}

void Evidence::offer(const Frame& frame) {
    if (!ring_.empty() && frame.at - ring_.back().at < kRingEvery) {
        return;
    }
    add_to_clips(frame);
    add_to_ring(frame);
}

void Evidence::add_to_ring(const Frame& frame) {
    Frame kept = frame;
    if (frame.format == PixelFormat::kYuyv) {
        // 600 KiB each as it is: small at once, but large enough for a key frame's face.
        kept = {PixelFormat::kJpeg, 0, 0, shrink(frame, kClipWidth, kClipHeight, kKeyQuality),
                frame.at};
    }
    ring_bytes_ += kept.data.size();
    ring_.push_back(std::move(kept));
    while (frame.at - ring_.front().at > kRingLength ||
           (ring_bytes_ > kRingBytesMax && ring_.size() > 1)) {
        ring_bytes_ -= ring_.front().data.size();
        ring_.pop_front();
    }
}

void Evidence::add_to_clips(const Frame& frame) {
    const bool wanted = std::any_of(clips_.begin(), clips_.end(), [](const Clip& clip) {
        return clip.moving || !clip.keys_due.empty();
    });
    if (!wanted) {
        return;
    }
    Bytes small;
    for (Clip& clip : clips_) {
        if (!clip.keys_due.empty() && frame.at >= clip.keys_due.front()) {
            clip.keys_due.erase(clip.keys_due.begin());
            clip.pictures.push_back(
                {frame.at, true, shrink(frame, kKeyWidth, kKeyHeight, kKeyQuality)});
        }
        if (clip.moving) {
            small = small.empty() ? shrink(frame, kClipWidth, kClipHeight, kClipQuality) : small;
            clip.pictures.push_back({frame.at, false, small});
        }
    }
}

bool Evidence::wants_moving(const Event& event) {
    const auto [place, first] = worst_.try_emplace(event.code, event.weight);
    const bool worse = !first && event.weight > place->second;
    place->second = std::max(place->second, event.weight);
    return first || worse || budget_.level() < ShedLevel::kKeyFramesOnly;
}

void Evidence::finding(const Event& event, std::uint64_t number) {
    const bool moving = wants_moving(event);
    if (clips_.size() >= kClipsOpenMax || budget_.level() == ShedLevel::kNothingMore) {
        return;
    }
    Clip clip;
    clip.finding = number;
    clip.code = event.code;
    clip.moving = moving;
    clip.raised = event.at;
    clip.keys_due = {event.at, event.at + kClipAfter / 2, event.at + kClipAfter - kRingEvery};
    for (const Frame& frame : ring_) {
        if (moving && event.at - frame.at <= kClipBefore) {
            clip.pictures.push_back(
                {frame.at, false, shrink(frame, kClipWidth, kClipHeight, kClipQuality)});
        }
    }
    clips_.push_back(std::move(clip));
}

Status Evidence::window(const record::ProctorWindowPicture& picture) {
    ASSAY_TRY(const Image image, decode_jpeg(picture.jpeg, kKeyWidth, 3));
    emit(SegmentKind::kWindow, 0, {}, {{picture.at.steady, true, encode_jpeg(image, kKeyQuality)}});
    return Ok();
}

void Evidence::snapshot(SteadyTime now) {
    const milliseconds every =
        budget_.level() == ShedLevel::kNone ? kSnapshotEvery : kSnapshotEveryThin;
    const bool fresh = !ring_.empty() && now - ring_.back().at < std::chrono::seconds(2);
    if (!fresh || (last_snapshot_ && now - *last_snapshot_ < every)) {
        return;
    }
    last_snapshot_ = now;
    const Frame& frame = ring_.back();
    emit(SegmentKind::kSnapshot, 0, {},
         {{frame.at, true, shrink(frame, kKeyWidth, kKeyHeight, kKeyQuality)}});
}

void Evidence::close_due(SteadyTime now) {
    while (!clips_.empty() && now - clips_.front().raised >= kClipAfter) {
        Clip clip = std::move(clips_.front());
        clips_.erase(clips_.begin());
        close(std::move(clip));
    }
}

void Evidence::close(Clip clip) {
    emit(SegmentKind::kClip, clip.finding, clip.code, std::move(clip.pictures));
}

void Evidence::emit(SegmentKind kind, std::uint64_t finding,
                    std::optional<record::FindingCode> code, std::vector<Picture> pictures) {
    std::erase_if(pictures, [](const Picture& picture) { return picture.jpeg.empty(); });
    thin_out(pictures);
    if (pictures.empty() || plain_bytes(pictures) > kPlainBytesMax) {
        return;
    }
    record::SegmentContent content;
    content.index.number = next_segment_;
    content.index.kind = kind;
    content.index.finding = finding != 0 ? std::optional(finding) : std::nullopt;
    content.index.code = code;
    record::ProctorSegment segment;
    segment.from = moment_of_(pictures.front().at);
    segment.to = moment_of_(pictures.back().at);
    for (Picture& picture : pictures) {
        const record::Moment at = moment_of_(picture.at);
        content.index.pictures.push_back({"", at.steady.count(), at.wall, picture.key});
        content.jpegs.push_back(std::move(picture.jpeg));
    }
    segment.sealed = seal_(record::write_segment(std::move(content)));
    if (segment.sealed.size() > record::kSegmentBytesMax || !budget_.fits(segment.sealed.size())) {
        return;
    }
    segment.number = next_segment_++;
    segment.kind = kind;
    segment.finding = finding;
    segment.digest = crypto::sha256(segment.sealed);
    budget_.take(segment.sealed.size());
    ready_.push_back(std::move(segment));
}

std::vector<record::ProctorSegment> Evidence::take_ready() { return std::exchange(ready_, {}); }

std::vector<record::ProctorSegment> Evidence::step(SteadyTime now) {
    close_due(now);
    snapshot(now);
    return take_ready();
}

std::vector<record::ProctorSegment> Evidence::finish(SteadyTime now) {
    close_due(now);
    for (Clip& clip : std::exchange(clips_, {})) {
        close(std::move(clip));
    }
    return take_ready();
}

}  // namespace assay::proctor
