#pragma once
// A document (document.h): a value, any thread. Milliseconds and seconds say so in their name.
#include <map>

#include "crypto/record/document.h"

namespace assay::record {

/// What a journal record says happened. The table in the README tells which members each uses.
enum class EventKind {
    kCheckIn,   ///< item: "name", "number" or "desk" (how the person was confirmed)
    kConsent,   ///< text: agreed or declined
    kReleased,  ///< text: the release's envelope
    kOrder,     ///< text: a desk order's envelope, at the moment it takes effect
    kOpenItem,  ///< item
    kAnswer,    ///< item, response, values (absent: NULL); text: what was typed, if another;
                ///< number: the record (index in the chain) whose value this one restores
    kEdit,      ///< item, response: its one value, of `number` bytes, has `text` in place of the
                ///< bytes values[0] to values[1] (text_edit.h)
    kFlag,      ///< item, number 0 or 1
    kNote,      ///< item, text
    kFile,      ///< item, response (result name), digest, number (bytes), all of the plain file;
                ///< values: digest and bytes of its age file
    kClock,     ///< number: remaining milliseconds; text: started, tick, dark or resumed;
                ///< values: started, resumed: boot id, steady milliseconds; then the dark
                ///< milliseconds or "unknown"
    kFinding,   ///< text: code; number: weight; item: begin or end
    kSegment,   ///< digest, number (bytes), text: kind; values: from, to (RFC 3339)
    kGap,       ///< text: cause; number: seconds; values: from, to (RFC 3339)
    kCoverage,  ///< number: seconds with an analysed frame since the record of this kind before
    kTrouble,   ///< text: id of the message that was shown
    kReview,    ///< number 1 entered, 0 left
    kHandIn,    ///< text: handed-in or forced
    kSealed,    ///< digest: the seal of the room; stands after the package, in no package
};
template <>
struct Words<EventKind> {
    static constexpr std::array kWords{
        std::pair{EventKind::kCheckIn, std::string_view("check-in")},
        std::pair{EventKind::kConsent, std::string_view("consent")},
        std::pair{EventKind::kReleased, std::string_view("released")},
        std::pair{EventKind::kOrder, std::string_view("order")},
        std::pair{EventKind::kOpenItem, std::string_view("open-item")},
        std::pair{EventKind::kAnswer, std::string_view("answer")},
        std::pair{EventKind::kEdit, std::string_view("edit")},
        std::pair{EventKind::kFlag, std::string_view("flag")},
        std::pair{EventKind::kNote, std::string_view("note")},
        std::pair{EventKind::kFile, std::string_view("file")},
        std::pair{EventKind::kClock, std::string_view("clock")},
        std::pair{EventKind::kFinding, std::string_view("finding")},
        std::pair{EventKind::kSegment, std::string_view("segment")},
        std::pair{EventKind::kGap, std::string_view("gap")},
        std::pair{EventKind::kCoverage, std::string_view("coverage")},
        std::pair{EventKind::kTrouble, std::string_view("trouble")},
        std::pair{EventKind::kReview, std::string_view("review")},
        std::pair{EventKind::kHandIn, std::string_view("hand-in")},
        std::pair{EventKind::kSealed, std::string_view("sealed")},
    };
};

/// The body of a journal record: one JSON document, members in this order.
struct Event {
    static constexpr std::string_view kName = "event";
    EventKind kind{};
    std::int64_t at_ms = 0;  ///< steady milliseconds since this start of the journal
    WallTime wall;           ///< the terminal's own clock: a declaration, never used for time left
    std::optional<std::string> item;
    std::optional<std::string> response;
    std::optional<std::vector<std::string>> values;
    std::optional<std::string> text;
    std::optional<std::int64_t> number;
    std::optional<Digest> digest;
    friend bool operator==(const Event&, const Event&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("kind", s.kind);
        v.field("atMs", s.at_ms);
        v.field("wall", s.wall);
        v.field("item", s.item);
        v.field("response", s.response);
        v.field("values", s.values);
        v.field("text", s.text);
        v.field("number", s.number);
        v.field("digest", s.digest);
    }
};

}  // namespace assay::record
