#pragma once
// A Statement (signed.h): a value, any thread. Who must sign it and what it binds: verify.h.
#include "crypto/record/signed.h"

namespace assay::record {

enum class OrderKind {
    kStart,
    kPause,
    kResume,
    kExtraTime,
    kEnd,
    kMessage,
    kErrata,
    kAllowStorage,
    kOverride,
    kTerminate,
    kIncident,
    kTime,
};
template <>
struct Words<OrderKind> {
    static constexpr std::array kWords{
        std::pair{OrderKind::kStart, std::string_view("start")},
        std::pair{OrderKind::kPause, std::string_view("pause")},
        std::pair{OrderKind::kResume, std::string_view("resume")},
        std::pair{OrderKind::kExtraTime, std::string_view("extra-time")},
        std::pair{OrderKind::kEnd, std::string_view("end")},
        std::pair{OrderKind::kMessage, std::string_view("message")},
        std::pair{OrderKind::kErrata, std::string_view("errata")},
        std::pair{OrderKind::kAllowStorage, std::string_view("allow-storage")},
        std::pair{OrderKind::kOverride, std::string_view("override")},
        std::pair{OrderKind::kTerminate, std::string_view("terminate")},
        std::pair{OrderKind::kIncident, std::string_view("incident")},
        std::pair{OrderKind::kTime, std::string_view("time")},
    };
};

/// An order of the desk in charge to one attempt or all of a room. Numbers rise by one in a room.
struct DeskOrder {
    static constexpr std::string_view kName = "desk-order";
    Digest manifest;
    RoomId room;
    std::optional<AttemptId> attempt;  ///< none: everyone in the room
    std::uint64_t number = 1;
    OrderKind kind = OrderKind::kMessage;
    std::int64_t seconds = 0;  ///< extra time; for `time` the remaining seconds
    std::string text;          ///< message, errata
    std::string item;          ///< errata: the item it is about
    std::string reason;
    std::vector<std::string> persons;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"sitting-manifest", manifest}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("manifest", s.manifest);
        v.field("room", s.room);
        v.field("attempt", s.attempt);
        v.field("number", s.number);
        v.field("kind", s.kind);
        v.field("seconds", s.seconds);
        v.field("text", s.text);
        v.field("item", s.item);
        v.field("reason", s.reason);
        v.field("persons", s.persons);
        v.field("time", s.time);
    }
};

}  // namespace assay::record
