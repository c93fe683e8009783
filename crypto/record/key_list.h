#pragma once
// Statement, its rows, and the verified list. Values, any thread. Errors: record.key-list.*.
#include "crypto/record/signed.h"

namespace assay::record {

enum class Role {
    kExamOfficer,
    kServer,   ///< tls and age; release, result and log keys are rows of their own
    kRelease,  ///< the server's release key
    kResult,   ///< the server's result key
    kLog,      ///< the central log
    kDesk,     ///< tls, signing and age of a desk
    kSiteLog,  ///< a desk's site log
};
template <>
struct Words<Role> {
    static constexpr std::array kWords{
        std::pair{Role::kExamOfficer, std::string_view("exam-officer")},
        std::pair{Role::kServer, std::string_view("server")},
        std::pair{Role::kRelease, std::string_view("release")},
        std::pair{Role::kResult, std::string_view("result")},
        std::pair{Role::kLog, std::string_view("log")},
        std::pair{Role::kDesk, std::string_view("desk")},
        std::pair{Role::kSiteLog, std::string_view("site-log")},
    };
};

/// One holder of keys. Absent keys are ones that the role does not need.
struct KeyRow {
    Role role{};
    MachineId id;
    std::string label;  ///< for people: "officer 2", "desk of room 301"
    std::optional<SiteId> site;
    std::optional<TlsPublic> tls;
    std::optional<SigningPublic> signing;
    std::optional<AgePublic> age;
    friend bool operator==(const KeyRow&, const KeyRow&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("role", s.role);
        v.field("id", s.id);
        v.field("label", s.label);
        v.field("site", s.site);
        v.field("tls", s.tls);
        v.field("signing", s.signing);
        v.field("age", s.age);
    }
};

/// The file that a key list binds by digest.
struct KeyRows {
    static constexpr std::string_view kName = "key-rows";
    OrganisationId organisation;
    std::vector<KeyRow> rows;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("organisation", s.organisation);
        v.field("rows", s.rows);
    }
};

/// kConflict with both holders where a key stands in two rows, or in one for two purposes. For who
/// makes a list: a verifier counts such a key once and goes on.
Status each_key_once(const std::vector<KeyRow>& rows);

/// From here on a key's signatures count only if they are logged before `tree_size`, or, for a
/// terminal, carry a desk time before `desk_time`.
struct Revocation {
    SigningPublic key;
    std::uint64_t tree_size = 0;
    std::optional<WallTime> desk_time;
    friend bool operator==(const Revocation&, const Revocation&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("key", s.key);
        v.field("treeSize", s.tree_size);
        v.field("deskTime", s.desk_time);
    }
};

/// Signed by root_threshold root officers.
struct KeyList {
    static constexpr std::string_view kName = "key-list";
    OrganisationId organisation;
    std::uint64_t number = 1;
    std::optional<Digest> predecessor;
    std::vector<SigningPublic> roots;
    std::uint32_t root_threshold = 2;
    std::uint32_t officer_threshold = 2;
    Digest rows;  ///< H of the KeyRows file
    std::vector<Revocation> revoked;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"key-rows", rows}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("organisation", s.organisation);
        v.field("number", s.number);
        v.field("predecessor", s.predecessor);
        v.field("roots", s.roots);
        v.field("rootThreshold", s.root_threshold);
        v.field("officerThreshold", s.officer_threshold);
        v.field("rows", s.rows);
        v.field("revoked", s.revoked);
        v.field("time", s.time);
    }
};

/// A key list that was verified against the organisation's roots, with its rows: what every
/// program asks "whose key is this?".
class TrustedKeys {
  public:
    /// Checks threshold, rows digest and thresholds of at least one. `known` is the list accepted
    /// before: a lower number, another list of the same number, or a direct successor that names
    /// another predecessor is refused. A machine that was offline may skip numbers: the roots'
    /// signatures carry them. `roots` are the pinned ones, or those of `known`.
    static Result<TrustedKeys> from(const Signed<KeyList>& list, ByteView rows,
                                    std::span<const SigningPublic> roots,
                                    std::uint32_t root_threshold,
                                    const TrustedKeys* known = nullptr);

    const KeyList& list() const { return list_; }
    const Digest& digest() const { return digest_; }
    const std::vector<KeyRow>& rows() const { return rows_; }
    std::vector<SigningPublic> officers() const;
    std::uint32_t officer_threshold() const { return list_.officer_threshold; }
    const KeyRow* find(Role role, const MachineId& id) const;
    const KeyRow* find_tls(const TlsPublic& key) const;
    /// Signing keys of a role, revoked ones left out.
    std::vector<SigningPublic> signing(Role role) const;
    bool revoked(const SigningPublic& key) const;

  private:
    KeyList list_;
    Digest digest_;
    std::vector<KeyRow> rows_;
};

}  // namespace assay::record
