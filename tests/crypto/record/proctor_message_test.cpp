#include "crypto/record/proctor_message.h"

#include <gtest/gtest.h>

namespace assay::record {
namespace {

const Moment kAt{SteadyTime(123456), WallTime{1772353800}};

std::vector<ProctorMessage> one_of_each() {
    ProctorSegment segment{7, SegmentKind::kClip, kAt, kAt, 3, Digest(), Bytes(300, 0xAB)};
    segment.digest.bytes[5] = 9;
    ProctorPolicy policy;
    policy.source = "mjpeg:/tmp/a.mjpeg";
    policy.recipient = "age1qqq";
    return {ProctorHello{kProctorProtocol, DetectorKind::kYunet, true},
            ProctorFinding{1, FindingCode::kFaceAbsent, Phase::kEnd, kAt, kAt,
                           FindingWeight::kMedium, 90},
            segment,
            ProctorGap{Phase::kEnd, GapCause::kProcessStalled, kAt, kAt},
            ProctorShed{ShedLevel::kKeyFramesOnly, kAt, 48U << 20U},
            ProctorHealth{240, 60, SteadyTime(99), 30, 70000, 12345},
            ProctorLivePicture{kAt, 1, Bytes{0xFF, 0xD8}},
            policy,
            ProctorRosterPicture{Bytes{1, 2, 3}},
            ProctorWindowPicture{kAt, Bytes{4}},
            ProctorLiveView{true},
            ProctorStop{}};
}

Bytes framed(std::string_view header, std::string_view payload = "") {
    Bytes out;
    append_be32(out, static_cast<std::uint32_t>(header.size()));
    append_be32(out, static_cast<std::uint32_t>(payload.size()));
    append(out, as_bytes(header));
    append(out, as_bytes(payload));
    return out;
}

bool accepts(const Bytes& bytes) {
    ProctorReader reader;
    reader.feed(bytes);
    const auto read = reader.next();
    return read.ok() && read->has_value();
}

TEST(ProctorMessage, ComesBackAsItWasWrittenWhereverTheStreamIsCut) {
    Bytes stream;
    for (const ProctorMessage& message : one_of_each()) {
        append(stream, write_proctor_message(message));
    }
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
        ProctorReader reader;
        std::vector<ProctorMessage> seen;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            reader.feed(ByteView(stream).subspan(at, std::min(step, stream.size() - at)));
            for (auto read = reader.next(); read->has_value(); read = reader.next()) {
                seen.push_back(**read);
            }
        }
        EXPECT_EQ(seen, one_of_each());
    }
}

TEST(ProctorMessage, IsRefusedWithAMissingAnExtraOrAWrongField) {
    EXPECT_TRUE(accepts(framed(R"({"type":"stop"})")));
    EXPECT_TRUE(accepts(framed(R"({"type":"live-view","on":true})")));
    EXPECT_FALSE(accepts(framed(R"({"type":"live-view"})")));
    EXPECT_FALSE(accepts(framed(R"({"type":"live-view","on":1})")));
    EXPECT_FALSE(accepts(framed(R"({"type":"live-view","on":true,"more":1})")));
    EXPECT_FALSE(accepts(framed(R"({"type":"stop","on":true})")));
    EXPECT_FALSE(accepts(framed(R"({"type":"unknown"})")));
    EXPECT_FALSE(accepts(framed(R"({"on":true})")));
    EXPECT_FALSE(accepts(framed(R"([1])")));
    EXPECT_FALSE(accepts(framed("{")));
    EXPECT_FALSE(accepts(framed(R"({"type":"stop"})", "payload nobody asked for")));
}

TEST(ProctorMessage, RefusesNumbersAndTimesOutOfRange) {
    const std::string at = R"({"steady":1,"wall":"2026-03-01T08:30:00Z"})";
    const auto shed = [&](const std::string& when, const std::string& used) {
        return accepts(
            framed(R"({"type":"shed","level":"none","at":)" + when + R"(,"used":)" + used + "}"));
    };
    EXPECT_TRUE(shed(at, "5"));
    EXPECT_FALSE(shed(at, "-5"));
    EXPECT_FALSE(shed(at, "5.5"));
    EXPECT_FALSE(shed(at, "18446744073709551615"));
    EXPECT_FALSE(shed(R"({"steady":1,"wall":"yesterday"})", "5"));
    EXPECT_FALSE(shed(R"({"steady":1})", "5"));
    EXPECT_FALSE(shed(R"({"steady":-1,"wall":"2026-03-01T08:30:00Z"})", "5"));
}

TEST(ProctorMessage, RefusesLengthsOverTheLimitBeforeWaitingForThem) {
    Bytes bytes;
    append_be32(bytes, 10);
    append_be32(bytes, kProctorPayloadBytesMax + 1);
    ProctorReader reader;
    reader.feed(bytes);
    const auto first = reader.next();
    ASSERT_FALSE(first.ok());
    EXPECT_EQ(first.error().code, Code::kLimit);
    reader.feed(write_proctor_message(ProctorStop{}));
    EXPECT_FALSE(reader.next().ok());  // stays broken
}

}  // namespace
}  // namespace assay::record
