#pragma once
// What the objects are made of: values, any thread. Lengths are bytes.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"

namespace assay::record {

/// Public keys as they stand in records: 32 bytes each, never mixed. A signing or TLS key is hex in
/// JSON; reading checks that it is a point of the prime order group. An age recipient is "age1...".
using SigningPublic = Fixed<struct SigningPublicTag, 32>;
using TlsPublic = Fixed<struct TlsPublicTag, 32>;
using AgePublic = Fixed<struct AgePublicTag, 32>;

/// 32 random bytes that hide what a digest is of.
using Salt = Fixed<struct SaltTag, 32>;
/// 32 random bytes that make a record unique.
using Nonce = Fixed<struct NonceTag, 32>;
/// Journal id, h(-1): H("assay/v1/jstart" 0 start payload).
using JournalId = Fixed<struct JournalTag, 32>;

/// The keys of one machine, one purpose each.
struct MachineKeys {
    TlsPublic tls;
    SigningPublic signing;
    AgePublic age;
    friend bool operator==(const MachineKeys&, const MachineKeys&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("tls", s.tls);
        v.field("signing", s.signing);
        v.field("age", s.age);
    }
};

/// What an in-toto Statement is about: a name for people and a digest.
struct Subject {
    std::string name;
    Digest digest;
    friend bool operator==(const Subject&, const Subject&) = default;
};

/// How far a journal reached: the number of its records and the hash of the last one.
struct JournalHead {
    JournalId journal;
    std::uint64_t count = 0;  ///< records; the last index is count - 1
    Digest head;              ///< h(count - 1); the journal's id where count is 0
    friend bool operator==(const JournalHead&, const JournalHead&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("journal", s.journal);
        v.field("count", s.count);
        v.field("head", s.head);
    }
};

/// A deviation for one candidate, from the roster; nobody in the room sees who has one.
struct Accommodations {
    std::uint32_t extra_time_percent = 0;
    std::uint32_t text_percent = 100;  ///< size of text on the screen
    std::string theme = "light";       ///< light, dark or contrast
    std::vector<std::string> other;    ///< free words that the invigilator reads
    friend bool operator==(const Accommodations&, const Accommodations&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("extraTimePercent", s.extra_time_percent);
        v.field("textPercent", s.text_percent);
        v.field("theme", s.theme);
        v.field("other", s.other);
    }
};

/// Counts of a candidate's evidence as the terminal made it.
struct EvidenceCounts {
    std::uint64_t segments = 0;
    std::uint64_t bytes = 0;
    std::uint64_t gaps = 0;
    std::uint64_t covered_seconds = 0;
    friend bool operator==(const EvidenceCounts&, const EvidenceCounts&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("segments", s.segments);
        v.field("bytes", s.bytes);
        v.field("gaps", s.gaps);
        v.field("coveredSeconds", s.covered_seconds);
    }
};

}  // namespace assay::record
