#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/record/event.h"
#include "crypto/record/types.h"
#include "crypto/secret.h"

namespace assay::sitting {

/// One earlier value of an answer, for the candidate's history.
struct AnswerVersion {
    std::uint64_t record = 0;  ///< index in the chain of the attempt's journals
    WallTime wall;
    std::optional<std::vector<std::string>> values;
    std::optional<std::string> typed;
    std::optional<std::uint64_t> restores = std::nullopt;  ///< the record that it brought back
    friend bool operator==(const AnswerVersion&, const AnswerVersion&) = default;
};

/// A record that changed one response, as a store keeps it.
struct AnswerRecord {
    std::uint64_t record = 0;  ///< index in the chain
    record::Event event;       ///< kAnswer or kEdit
};

/// What a terminal keeps besides journals: small secrets and papers by name, and what was rebuilt
/// from the journal for quick look-up. Encrypted at rest; durable when a call returned. The
/// journal is the truth: whatever here is older or other than the journal is thrown away.
///
/// An interface because tests and simulations keep it in memory. One thread at a time.
class Store {
  public:
    virtual ~Store() = default;

    /// Replaces. Names: README.md of this folder.
    virtual Status put(const std::string& name, ByteView bytes) = 0;
    virtual Result<std::optional<Bytes>> get(const std::string& name) = 0;
    virtual Status remove(const std::string& name) = 0;
    /// Names that begin with `prefix`, sorted.
    virtual Result<std::vector<std::string>> names(const std::string& prefix) = 0;

    /// How far the rebuilt part has followed the newest journal of an attempt.
    virtual Result<std::optional<record::JournalHead>> progress(const AttemptId& attempt) = 0;
    /// Answers among `events`, which begin at record `first`, and the new progress, at once.
    virtual Status follow(const AttemptId& attempt, std::uint64_t first,
                          const std::vector<record::Event>& events,
                          const record::JournalHead& head) = 0;
    /// Forgets the rebuilt part of an attempt.
    virtual Status forget(const AttemptId& attempt) = 0;
    /// Oldest first, at most kHistoryMax, the newest ones.
    virtual Result<std::vector<AnswerVersion>> history(const AttemptId& attempt,
                                                       const std::string& item,
                                                       const std::string& response) = 0;
};

inline constexpr std::size_t kHistoryMax = 200;

/// In memory. Survives a simulated power cut by being kept.
class FakeStore final : public Store {
  public:
    Status put(const std::string& name, ByteView bytes) override;
    Result<std::optional<Bytes>> get(const std::string& name) override;
    Status remove(const std::string& name) override;
    Result<std::vector<std::string>> names(const std::string& prefix) override;
    Result<std::optional<record::JournalHead>> progress(const AttemptId& attempt) override;
    Status follow(const AttemptId& attempt, std::uint64_t first,
                  const std::vector<record::Event>& events,
                  const record::JournalHead& head) override;
    Status forget(const AttemptId& attempt) override;
    Result<std::vector<AnswerVersion>> history(const AttemptId& attempt, const std::string& item,
                                               const std::string& response) override;

  private:
    struct Rebuilt {
        std::optional<record::JournalHead> head;
        std::map<std::pair<std::string, std::string>, std::vector<AnswerRecord>> answers;
    };
    std::map<std::string, Bytes> files_;
    std::map<AttemptId, Rebuilt> rebuilt_;
};

}  // namespace assay::sitting
