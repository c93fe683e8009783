#include "crypto/record/proctor_message.h"

#include <limits>
#include <utility>

#include <boost/json.hpp>

namespace assay::record {
namespace {

namespace json = boost::json;

constexpr std::size_t kPrefixBytes = 8;
constexpr std::int64_t kSteadyMax = 1LL << 52U;  // well inside what every JSON reader keeps exact

/// Puts the fields of a message into a header; the other side is Taker. describe() names each
/// field once for both.
class Putter {
  public:
    explicit Putter(std::string_view type) { header_["type"] = type; }

    void field(std::string_view key, bool value) { header_[key] = value; }
    void field(std::string_view key, std::uint64_t value) {
        ASSAY_CHECK(value <= static_cast<std::uint64_t>(kSteadyMax));
        header_[key] = value;
    }
    void field(std::string_view key, std::uint32_t value) { field(key, std::uint64_t{value}); }
    void field(std::string_view key, const std::string& value) {
        ASSAY_CHECK(value.size() <= kProctorTextBytesMax);
        header_[key] = value;
    }
    void field(std::string_view key, SteadyTime value) { header_[key] = value.count(); }
    void field(std::string_view key, const Digest& value) { header_[key] = value.hex(); }
    void field(std::string_view key, const Moment& value) {
        header_[key] = {{"steady", value.steady.count()}, {"wall", value.wall.text()}};
    }
    template <typename Enum>
        requires std::is_enum_v<Enum>
    void field(std::string_view key, Enum value) {
        header_[key] = word(value);
    }
    void number(std::string_view key, int value, int max) {
        ASSAY_CHECK(value >= 0 && value <= max);
        header_[key] = value;
    }
    void payload(const Bytes& bytes, std::size_t max) {
        ASSAY_CHECK(bytes.size() <= max);
        payload_ = bytes;
    }

    Bytes finish() const {
        const std::string text = json::serialize(header_);
        ASSAY_CHECK(text.size() <= kProctorHeaderBytesMax);
        Bytes out;
        out.reserve(kPrefixBytes + text.size() + payload_.size());
        append_be32(out, static_cast<std::uint32_t>(text.size()));
        append_be32(out, static_cast<std::uint32_t>(payload_.size()));
        append(out, as_bytes(text));
        append(out, payload_);
        return out;
    }

  private:
    json::object header_;
    ByteView payload_;
};

/// Takes the fields of a message out of a header: each must be there, of its type and in its
/// range, and nothing else may be there.
class Taker {
  public:
    Taker(const json::object& header, ByteView payload) : header_(header), payload_(payload) {}

    void field(std::string_view key, bool& value) {
        const json::value* found = take(key);
        require(found != nullptr && found->is_bool());
        if (good_) {
            value = found->get_bool();
        }
    }
    void field(std::string_view key, std::uint64_t& value) {
        value = integer(take(key), kSteadyMax);
    }
    void field(std::string_view key, std::uint32_t& value) {
        value = static_cast<std::uint32_t>(
            integer(take(key), std::numeric_limits<std::uint32_t>::max()));
    }
    void field(std::string_view key, std::string& value) {
        value = text(take(key), kProctorTextBytesMax);
    }
    void field(std::string_view key, SteadyTime& value) {
        value = SteadyTime(static_cast<std::int64_t>(integer(take(key), kSteadyMax)));
    }
    void field(std::string_view key, Digest& value) {
        keep(Digest::from_hex(text(take(key), 2 * Digest::kBytes)), value);
    }
    void field(std::string_view key, Moment& value) {
        const json::value* found = take(key);
        require(found != nullptr && found->is_object() && found->get_object().size() == 2);
        if (good_) {
            const json::object& both = found->get_object();
            value.steady = SteadyTime(
                static_cast<std::int64_t>(integer(both.if_contains("steady"), kSteadyMax)));
            keep(WallTime::from_text(text(both.if_contains("wall"), 32)), value.wall);
        }
    }
    template <typename Enum>
        requires std::is_enum_v<Enum>
    void field(std::string_view key, Enum& value) {
        const std::string name = text(take(key), 32);
        const auto known = from_word<Enum>(name);
        require(known.has_value());
        value = known.value_or(value);
    }
    void number(std::string_view key, int& value, int max) {
        value = static_cast<int>(integer(take(key), static_cast<std::uint64_t>(max)));
    }
    void payload(Bytes& bytes, std::size_t max) {
        require(payload_.size() <= max);
        if (good_) {
            bytes = to_bytes(payload_);
        }
        payload_taken_ = true;
    }

    /// Every field was right, and nothing was left over. One key is the type.
    bool finished() const {
        return good_ && taken_ + 1 == header_.size() && (payload_taken_ || payload_.empty());
    }

  private:
    const json::value* take(std::string_view key) {
        const json::value* found = header_.if_contains(key);
        require(found != nullptr);
        ++taken_;
        return found;
    }
    std::uint64_t integer(const json::value* value, std::uint64_t max) {
        // A JSON reader keeps small positive numbers as signed.
        require(value != nullptr && value->is_int64() && value->get_int64() >= 0 &&
                static_cast<std::uint64_t>(value->get_int64()) <= max);
        return good_ ? static_cast<std::uint64_t>(value->get_int64()) : 0;
    }
    std::string text(const json::value* value, std::size_t max) {
        require(value != nullptr && value->is_string() && value->get_string().size() <= max);
        return good_ ? std::string(value->get_string()) : std::string();
    }
    template <typename T>
    void keep(Result<T> read, T& value) {
        require(read.ok());
        if (good_) {
            value = std::move(read).value();
        }
    }
    void require(bool condition) { good_ = good_ && condition; }

    const json::object& header_;
    ByteView payload_;
    std::size_t taken_ = 0;
    bool payload_taken_ = false;
    bool good_ = true;
};

// The words that name the messages.
std::string_view type_of(const ProctorHello& /*tag*/) { return "hello"; }
std::string_view type_of(const ProctorFinding& /*tag*/) { return "finding"; }
std::string_view type_of(const ProctorSegment& /*tag*/) { return "segment"; }
std::string_view type_of(const ProctorGap& /*tag*/) { return "gap"; }
std::string_view type_of(const ProctorShed& /*tag*/) { return "shed"; }
std::string_view type_of(const ProctorHealth& /*tag*/) { return "health"; }
std::string_view type_of(const ProctorLivePicture& /*tag*/) { return "live-picture"; }
std::string_view type_of(const ProctorPolicy& /*tag*/) { return "policy"; }
std::string_view type_of(const ProctorRosterPicture& /*tag*/) { return "roster-picture"; }
std::string_view type_of(const ProctorWindowPicture& /*tag*/) { return "window-picture"; }
std::string_view type_of(const ProctorLiveView& /*tag*/) { return "live-view"; }
std::string_view type_of(const ProctorStop& /*tag*/) { return "stop"; }

// `M` is const where it is written and not const where it is read.
template <typename M, typename T>
concept Is = std::is_same_v<std::remove_const_t<M>, T>;

template <typename Side, Is<ProctorHello> M>
void describe(Side& side, M& m) {
    side.field("protocol", m.protocol);
    side.field("detector", m.detector);
    side.field("camera", m.camera);
}
template <typename Side, Is<ProctorFinding> M>
void describe(Side& side, M& m) {
    side.field("number", m.number);
    side.field("code", m.code);
    side.field("phase", m.phase);
    side.field("onset", m.onset);
    side.field("at", m.at);
    side.field("weight", m.weight);
    side.number("confidence", m.confidence, 100);
}
template <typename Side, Is<ProctorSegment> M>
void describe(Side& side, M& m) {
    side.field("number", m.number);
    side.field("kind", m.kind);
    side.field("from", m.from);
    side.field("to", m.to);
    side.field("finding", m.finding);
    side.field("digest", m.digest);
    side.payload(m.sealed, kSegmentBytesMax);
}
template <typename Side, Is<ProctorGap> M>
void describe(Side& side, M& m) {
    side.field("phase", m.phase);
    side.field("cause", m.cause);
    side.field("from", m.from);
    side.field("to", m.to);
}
template <typename Side, Is<ProctorShed> M>
void describe(Side& side, M& m) {
    side.field("level", m.level);
    side.field("at", m.at);
    side.field("used", m.used_bytes);
}
template <typename Side, Is<ProctorHealth> M>
void describe(Side& side, M& m) {
    side.field("frames-per-minute", m.frames_per_minute);
    side.field("covered", m.covered_seconds);
    side.field("covered-until", m.covered_until);
    side.field("cpu-permille", m.cpu_permille);
    side.field("resident-kib", m.resident_kib);
    side.field("used", m.used_bytes);
}
template <typename Side, Is<ProctorLivePicture> M>
void describe(Side& side, M& m) {
    side.field("at", m.at);
    side.number("faces", m.faces, 100);
    side.payload(m.jpeg, kProctorPayloadBytesMax);
}
template <typename Side, Is<ProctorPolicy> M>
void describe(Side& side, M& m) {
    side.field("camera", m.camera);
    side.field("identity", m.identity);
    side.field("window-pictures", m.window_pictures);
    side.field("source", m.source);
    side.field("models", m.models);
    side.field("recipient", m.recipient);
    side.field("tolerances", m.tolerances);
    side.field("evidence-bytes-max", m.evidence_bytes_max);
    side.field("next-finding", m.next_finding);
    side.field("next-segment", m.next_segment);
    side.field("used", m.used_bytes);
}
template <typename Side, Is<ProctorRosterPicture> M>
void describe(Side& side, M& m) {
    side.payload(m.jpeg, kProctorPayloadBytesMax);
}
template <typename Side, Is<ProctorWindowPicture> M>
void describe(Side& side, M& m) {
    side.field("at", m.at);
    side.payload(m.jpeg, kProctorPayloadBytesMax);
}
template <typename Side, Is<ProctorLiveView> M>
void describe(Side& side, M& m) {
    side.field("on", m.on);
}
template <typename Side, Is<ProctorStop> M>
void describe(Side& /*side*/, M& /*m*/) {}

Error malformed(const char* what) {
    return fail(Code::kInvalid, "record.proctor.malformed"_id, {{"what", what}});
}

template <typename M>
Result<ProctorMessage> take_as(const json::object& header, ByteView payload) {
    M message;
    Taker taker(header, payload);
    describe(taker, message);
    if (!taker.finished()) {
        return malformed("fields");
    }
    return ProctorMessage(std::move(message));
}

/// Tries each type of the variant by its word.
template <std::size_t I = 0>
Result<ProctorMessage> take_named(std::string_view type, const json::object& header,
                                  ByteView payload) {
    if constexpr (I < std::variant_size_v<ProctorMessage>) {
        using M = std::variant_alternative_t<I, ProctorMessage>;
        if (type == type_of(M())) {
            return take_as<M>(header, payload);
        }
        return take_named<I + 1>(type, header, payload);
    } else {
        return malformed("type");
    }
}

Result<ProctorMessage> parse(std::string_view text, ByteView payload) {
    json::parse_options options;
    options.max_depth = 3;
    boost::system::error_code failed;
    const json::value header = json::parse(text, failed, {}, options);
    if (failed || !header.is_object()) {
        return malformed("json");
    }
    const json::object& fields = header.get_object();
    const json::value* type = fields.if_contains("type");
    if (type == nullptr || !type->is_string()) {
        return malformed("type");
    }
    return take_named(std::string_view(type->get_string()), fields, payload);
}

}  // namespace

Bytes write_proctor_message(const ProctorMessage& message) {
    return std::visit(
        [](const auto& m) {
            Putter putter(type_of(m));
            describe(putter, m);
            return putter.finish();
        },
        message);
}

void ProctorReader::feed(ByteView bytes) {
    if (!broken_) {
        append(buffer_, bytes);
    }
}

Result<std::optional<ProctorMessage>> ProctorReader::next() {
    if (broken_) {
        return *broken_;
    }
    auto taken = take();
    if (!taken.ok()) {
        broken_ = taken.error();
        buffer_ = {};
    }
    return taken;
}

Result<std::optional<ProctorMessage>> ProctorReader::take() {
    const ByteView rest = ByteView(buffer_).subspan(start_);
    if (rest.size() < kPrefixBytes) {
        return std::optional<ProctorMessage>();
    }
    const std::size_t header = read_be32(rest);
    const std::size_t payload = read_be32(rest.subspan(4));
    if (header > kProctorHeaderBytesMax || payload > kProctorPayloadBytesMax) {
        return fail(Code::kLimit, "record.proctor.limit"_id,
                    {{"header", std::to_string(header)}, {"payload", std::to_string(payload)}});
    }
    if (rest.size() < kPrefixBytes + header + payload) {
        return std::optional<ProctorMessage>();
    }
    ASSAY_TRY(ProctorMessage message, parse(as_text(rest.subspan(kPrefixBytes, header)),
                                            rest.subspan(kPrefixBytes + header, payload)));
    start_ += kPrefixBytes + header + payload;
    if (start_ == buffer_.size() || start_ > kProctorPayloadBytesMax) {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(start_));
        start_ = 0;
    }
    return std::optional<ProctorMessage>(std::move(message));
}

}  // namespace assay::record
