#include "terminal/sitting/store.h"
#include "terminal/sitting/versions.h"

namespace assay::sitting {

Status FakeStore::put(const std::string& name, ByteView bytes) {
    files_[name] = to_bytes(bytes);
    return Ok{};
}

Result<std::optional<Bytes>> FakeStore::get(const std::string& name) {
    const auto found = files_.find(name);
    return found == files_.end() ? std::optional<Bytes>() : std::optional<Bytes>(found->second);
}

Status FakeStore::remove(const std::string& name) {
    files_.erase(name);
    return Ok{};
}

Result<std::vector<std::string>> FakeStore::names(const std::string& prefix) {
    std::vector<std::string> out;
    for (auto it = files_.lower_bound(prefix); it != files_.end() && it->first.starts_with(prefix);
         ++it) {
        out.push_back(it->first);
    }
    return out;
}

Result<std::optional<record::JournalHead>> FakeStore::progress(const AttemptId& attempt) {
    const auto found = rebuilt_.find(attempt);
    return found == rebuilt_.end() ? std::optional<record::JournalHead>() : found->second.head;
}

Status FakeStore::follow(const AttemptId& attempt, std::uint64_t first,
                         const std::vector<record::Event>& events,
                         const record::JournalHead& head) {
    Rebuilt& rebuilt = rebuilt_[attempt];
    for (const record::Event& event : events) {
        if (changes_answer(event)) {
            rebuilt.answers[{*event.item, *event.response}].push_back({first, event});
        }
        ++first;
    }
    rebuilt.head = head;
    return Ok{};
}

Status FakeStore::forget(const AttemptId& attempt) {
    rebuilt_.erase(attempt);
    return Ok{};
}

Result<std::vector<AnswerVersion>> FakeStore::history(const AttemptId& attempt,
                                                      const std::string& item,
                                                      const std::string& response) {
    return versions_of(rebuilt_[attempt].answers[{item, response}]);
}

}  // namespace assay::sitting
