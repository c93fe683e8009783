#pragma once
// What a journal adds up to. Values and a fold of one thread; order is that of the names.
#include <map>

#include "crypto/record/event.h"

namespace assay::record {

/// One response as it stood at hand-in. `values` absent is QTI's NULL; pairs are "A B", points
/// "x y" (the textual form of question-bank/item/responses.h).
struct AnsweredResponse {
    std::string response;
    std::optional<std::vector<std::string>> values;
    std::optional<std::string> typed;  ///< the raw value, where capture changed it
    friend bool operator==(const AnsweredResponse&, const AnsweredResponse&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("response", s.response);
        v.field("values", s.values);
        v.field("typed", s.typed);
    }
};

/// A result of a practical task.
struct AnsweredFile {
    std::string name;
    Digest digest;  ///< of the plain bytes
    std::uint64_t bytes = 0;
    friend bool operator==(const AnsweredFile&, const AnsweredFile&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("name", s.name);
        v.field("digest", s.digest);
        v.field("bytes", s.bytes);
    }
};

struct AnsweredItem {
    std::string item;
    std::vector<AnsweredResponse> responses;  ///< by name
    std::vector<AnsweredFile> files;          ///< by name
    friend bool operator==(const AnsweredItem&, const AnsweredItem&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("item", s.item);
        v.field("responses", s.responses);
        v.field("files", s.files);
    }
};

/// The member answers.json of a package: the fold of the journal, and what the commitment binds.
struct Answers {
    static constexpr std::string_view kName = "answers";
    AttemptId attempt;
    std::vector<AnsweredItem> items;  ///< by item identifier
    friend bool operator==(const Answers&, const Answers&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("items", s.items);
    }
};

/// Folds events into answers, in order; the last value of each response and file stands. Only
/// kAnswer, kEdit and kFile count, and an edit that does not fit the value that stands is none;
/// what comes after kHandIn is not an answer and is ignored, up to the journal that continues (the
/// desk reopened the attempt).
class AnswerFold {
  public:
    explicit AnswerFold(const AttemptId& attempt) : attempt_(attempt) {}
    /// Before the events of each journal of the chain.
    void begin_journal() { handed_in_ = false; }
    void add(const Event& event);
    Answers answers() const;
    bool handed_in() const { return handed_in_; }

  private:
    void edit(const Event& event);
    struct Item {
        std::map<std::string, AnsweredResponse> responses;
        std::map<std::string, AnsweredFile> files;
    };
    AttemptId attempt_;
    std::map<std::string, Item> items_;
    bool handed_in_ = false;
};

/// H("assay/v1/candidate" 0 salt, attempt, answers document).
Digest commitment(const Salt& salt, const AttemptId& attempt, ByteView answers);

}  // namespace assay::record
