#pragma once

#include "crypto/record/signed.h"

namespace assay::sealed {

using record::AgePublic;
using record::Subject;

/// Names of the files of one part, in a folder of its own. What is secret never lies beside them.
inline constexpr std::string_view kBankFile = "bank.age";
inline constexpr std::string_view kBankStatementFile = "bank.dsse.json";
inline constexpr std::string_view kScoringFile = "scoring.age";
inline constexpr std::string_view kScoringStatementFile = "scoring.dsse.json";
/// age(V -> scoring key).
inline constexpr std::string_view kScoringKeyFile = "scoring-key.age";

/// bank.dsse.json: what a sealed part is. t-of-n exam officers; a leaf.
struct BankPart {
    static constexpr std::string_view kName = "bank-part";
    ExamId exam;
    PartId part;
    std::uint64_t version = 1;
    std::string title;
    std::vector<std::string> languages;  ///< of its tests, "zh-CN" first as in the package
    Digest bank;                         ///< H(bank.age)
    std::uint64_t bytes = 0;             ///< of bank.age
    Digest head;                         ///< H of its age header and payload nonce
    std::uint64_t head_bytes = 0;
    AgePublic recipient;  ///< R's public half
    WallTime not_before;  ///< compared with the release's time
    WallTime not_after;

    std::vector<Subject> subjects() const { return {{"bank.age", bank}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("exam", s.exam);
        v.field("part", s.part);
        v.field("version", s.version);
        v.field("title", s.title);
        v.field("languages", s.languages);
        v.field("bank", s.bank);
        v.field("bytes", s.bytes);
        v.field("head", s.head);
        v.field("headBytes", s.head_bytes);
        v.field("recipient", s.recipient);
        v.field("notBefore", s.not_before);
        v.field("notAfter", s.not_after);
    }
};

/// scoring.dsse.json: the scoring view that belongs to a bank part, and no other. t-of-n exam
/// officers; a leaf.
struct ScoringPart {
    static constexpr std::string_view kName = "scoring-part";
    ExamId exam;
    PartId part;
    std::uint64_t version = 1;
    Digest scoring;           ///< H(scoring.age)
    std::uint64_t bytes = 0;  ///< of scoring.age
    AgePublic recipient;      ///< V's public half
    Digest bank;              ///< H(bank.age)
    Digest items;             ///< H of the member kItemsMember: the digests of the items it scores
    std::uint64_t item_count = 0;

    std::vector<Subject> subjects() const { return {{"scoring.age", scoring}, {"bank.age", bank}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("exam", s.exam);
        v.field("part", s.part);
        v.field("version", s.version);
        v.field("scoring", s.scoring);
        v.field("bytes", s.bytes);
        v.field("recipient", s.recipient);
        v.field("bank", s.bank);
        v.field("items", s.items);
        v.field("itemCount", s.item_count);
    }
};

/// One item in both views.
struct ItemEntry {
    std::string path;  ///< the member's name, the same in both zips
    std::string identifier;
    Digest candidate;  ///< H of the member of bank.age
    Digest scoring;    ///< H of the member of scoring.age
    friend bool operator==(const ItemEntry&, const ItemEntry&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("path", s.path);
        v.field("identifier", s.identifier);
        v.field("candidate", s.candidate);
        v.field("scoring", s.scoring);
    }
};

/// The member of the scoring view that a ScoringPart binds by digest. Inside, not beside it: the
/// digest of an item would tell before the release whether a leaked text is genuine.
inline constexpr std::string_view kItemsMember = "assay-items.json";
struct ItemList {
    static constexpr std::string_view kName = "item-list";
    std::vector<ItemEntry> items;  ///< by path

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("items", s.items);
    }
};

enum class ShareHolder { kOrganisation, kInvigilator };

/// A share that may open a site kit, by digest.
struct KitShare {
    ShareHolder holder{};
    std::uint32_t number = 1;  ///< of the holder's kind, from 1; printed on the share sheet
    Digest digest;             ///< record::share_digest
    friend bool operator==(const KitShare&, const KitShare&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("holder", s.holder);
        v.field("number", s.number);
        v.field("digest", s.digest);
    }
};

/// Opens one part at one site without the network: the organisation's code AND `threshold`
/// invigilators. t-of-n exam officers; a leaf.
struct SiteKit {
    static constexpr std::string_view kName = "site-kit";
    ExamId exam;
    PartId part;
    Digest bank;  ///< H(bank.age)
    AgePublic recipient;
    SiteId site;
    Bytes key;                      ///< age(R -> S)
    std::uint32_t secret_bits = 0;  ///< 256, or 128 for shares that can be dictated
    std::uint32_t threshold = 0;    ///< invigilators needed
    std::vector<KitShare> shares;   ///< the organisation's first
    WallTime time;

    std::vector<Subject> subjects() const { return {{"bank.age", bank}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("exam", s.exam);
        v.field("part", s.part);
        v.field("bank", s.bank);
        v.field("recipient", s.recipient);
        v.field("site", s.site);
        v.field("key", s.key);
        v.field("secretBits", s.secret_bits);
        v.field("threshold", s.threshold);
        v.field("shares", s.shares);
        v.field("time", s.time);
    }
};

}  // namespace assay::sealed

template <>
struct assay::record::Words<assay::sealed::ShareHolder> {
    static constexpr std::array kWords{
        std::pair{assay::sealed::ShareHolder::kOrganisation, std::string_view("organisation")},
        std::pair{assay::sealed::ShareHolder::kInvigilator, std::string_view("invigilator")},
    };
};
