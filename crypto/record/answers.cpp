#include "crypto/record/answers.h"

#include "crypto/hash.h"
#include "crypto/record/text_edit.h"

namespace assay::record {

void AnswerFold::add(const Event& event) {
    if (event.kind == EventKind::kHandIn) {
        handed_in_ = true;
    }
    if (handed_in_ || !event.item || !event.response) {
        return;
    }
    if (event.kind == EventKind::kAnswer) {
        items_[*event.item].responses[*event.response] =
            AnsweredResponse{*event.response, event.values, event.text};
    }
    if (event.kind == EventKind::kEdit) {
        edit(event);
    }
    if (event.kind == EventKind::kFile && event.digest) {
        items_[*event.item].files[*event.response] = AnsweredFile{
            *event.response, *event.digest, static_cast<std::uint64_t>(event.number.value_or(0))};
    }
}

void AnswerFold::edit(const Event& event) {
    const auto item = items_.find(*event.item);
    if (item == items_.end()) {
        return;
    }
    const auto stands = item->second.responses.find(*event.response);
    if (stands != item->second.responses.end()) {
        fold_edit(stands->second.values, stands->second.typed, event);
    }
}

Answers AnswerFold::answers() const {
    Answers out{attempt_, {}};
    for (const auto& [name, item] : items_) {
        AnsweredItem answered{name, {}, {}};
        for (const auto& [response, value] : item.responses) {
            answered.responses.push_back(value);
        }
        for (const auto& [file, value] : item.files) {
            answered.files.push_back(value);
        }
        out.items.push_back(std::move(answered));
    }
    return out;
}

Digest commitment(const Salt& salt, const AttemptId& attempt, ByteView answers) {
    return crypto::tagged_hash("assay/v1/candidate", {salt.view(), attempt.view(), answers});
}

}  // namespace assay::record
