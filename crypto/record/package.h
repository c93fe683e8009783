#pragma once
// Statement and contents. Limits: bytes, seconds. Values, any thread; kInvalid, kCorrupt, kLimit.
#include "crypto/age.h"
#include "crypto/record/answers.h"
#include "crypto/record/journal.h"
#include "crypto/record/release.h"
#include "crypto/record/start.h"

namespace assay::record {

inline constexpr std::size_t kPackageBytesMax = 8U << 20U;  ///< package.age
inline constexpr std::size_t kSegmentBytesMax = 1U << 20U;  ///< an evidence segment's age file
inline constexpr std::int64_t kSegmentSecondsMax = 15;

enum class PackageKind { kHandedIn, kForced, kRecovered };
template <>
struct Words<PackageKind> {
    static constexpr std::array kWords{
        std::pair{PackageKind::kHandedIn, std::string_view("handed-in")},
        std::pair{PackageKind::kForced, std::string_view("forced")},
        std::pair{PackageKind::kRecovered, std::string_view("recovered")},
    };
};

/// A file beside the package: a result of a practical task, or journal records that did not fit.
struct PackageFile {
    std::string name;
    Digest digest;  ///< H of the age file
    std::uint64_t bytes = 0;
    friend bool operator==(const PackageFile&, const PackageFile&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("name", s.name);
        v.field("digest", s.digest);
        v.field("bytes", s.bytes);
    }
};

/// The signed half of a score package. Signed by the named terminal and the desk in charge; a
/// recovered one by exam officers in place of both.
struct Package {
    static constexpr std::string_view kName = "package";
    Digest package;  ///< H(package.age)
    std::uint64_t bytes = 0;
    Digest manifest;
    RoomId room;
    AttemptId attempt;
    Epoch epoch;
    std::vector<Digest> moves;  ///< Statement digests
    std::vector<PartDigest> parts;
    MachineId terminal;
    std::vector<JournalHead> journals;  ///< oldest first
    std::vector<PackageFile> files;
    EvidenceCounts evidence;
    Digest commitment;
    PackageKind kind{};
    WallTime time;

    std::vector<Subject> subjects() const { return {{"package.age", package}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("package", s.package);
        v.field("bytes", s.bytes);
        v.field("manifest", s.manifest);
        v.field("room", s.room);
        v.field("attempt", s.attempt);
        v.field("epoch", s.epoch);
        v.field("moves", s.moves);
        v.field("parts", s.parts);
        v.field("terminal", s.terminal);
        v.field("journals", s.journals);
        v.field("files", s.files);
        v.field("evidence", s.evidence);
        v.field("commitment", s.commitment);
        v.field("kind", s.kind);
        v.field("time", s.time);
    }
};

/// An evidence segment as the package's index lists it.
struct SegmentEntry {
    std::string kind;  ///< snapshot, clip, window
    Digest digest;     ///< H of the age file
    std::uint64_t bytes = 0;
    WallTime from;
    WallTime to;
    friend bool operator==(const SegmentEntry&, const SegmentEntry&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("kind", s.kind);
        v.field("digest", s.digest);
        v.field("bytes", s.bytes);
        v.field("from", s.from);
        v.field("to", s.to);
    }
};

struct GapEntry {
    WallTime from;
    WallTime to;
    std::string cause;
    friend bool operator==(const GapEntry&, const GapEntry&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("from", s.from);
        v.field("to", s.to);
        v.field("cause", s.cause);
    }
};

/// The member index.json: files and evidence in the order of the journal.
struct PackageIndex {
    static constexpr std::string_view kName = "package-index";
    std::vector<PackageFile> files;
    std::vector<SegmentEntry> segments;
    std::vector<GapEntry> gaps;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("files", s.files);
        v.field("segments", s.segments);
        v.field("gaps", s.gaps);
    }
};

/// One journal inside a package.
struct PackagedJournal {
    Signed<Start> start;
    crypto::JournalKey key;      ///< K_j
    std::vector<Bytes> records;  ///< as they lie on the disk, without the length
    std::optional<Signed<Acknowledgement>> acknowledgement;  ///< the newest
};

/// What package.age holds: a tar of
/// start-NN.dsse.json, journal-NN.key, journal-NN.records, journal-NN.ack.dsse.json (if there is
/// one), move-NN.dsse.json, answers.json, result.xml, index.json, salt; NN from 00, oldest first.
struct PackageContents {
    std::vector<PackagedJournal> journals;
    std::vector<Signed<Move>> moves;
    Bytes answers;  ///< document bytes of Answers
    Bytes result;   ///< QTI assessmentResult
    PackageIndex index;
    Salt salt;
};

/// The tar. It holds journal keys and the salt: seal it and wipe it (crypto::WipeLater).
Bytes write_contents(const PackageContents& contents);
Result<PackageContents> read_contents(ByteView tar);

/// Checks an opened package against its Statement: journals' heads and key digests, that they
/// follow each other with rising epochs up to the package's terminal and room, moves, the
/// acknowledgement's head, the commitment, that the answers equal the fold of all journals, files,
/// and that the index's segments are those of the journal. The error names the first thing that
/// does not agree. Signatures are not looked at: whose they must be is in manifest, enrolment and
/// room opening.
Status check_contents(const Package& package, const PackageContents& contents);

/// The transport form of a package: a tar of package.dsse.json and package.age.
struct PackageUpload {
    Bytes statement;  ///< the envelope's JSON
    Bytes package;    ///< package.age
};
Bytes write_upload(const PackageUpload& upload);
Result<PackageUpload> read_upload(ByteView tar);

}  // namespace assay::record
