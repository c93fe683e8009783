#include "terminal/sitting/page_message.h"

#include "crypto/record/document.h"
#include "question-bank/item/responses.h"

namespace assay::sitting {

Result<PageMessage> read_page_message(ByteView json) {
    if (json.size() > kPageMessageBytesMax) {
        return fail(Code::kLimit, "sitting.page.too-large"_id,
                    {{"limit", std::to_string(kPageMessageBytesMax)}});
    }
    return record::read_message<PageMessage>(json);
}

Result<AnswerChanged> captured(const Paper& paper, const std::string& item,
                               const std::string& response, const std::vector<std::string>& lines) {
    const Paper::Entry* entry = paper.find(item);
    const item::Declaration* declaration =
        entry == nullptr ? nullptr : entry->item->response(response);
    if (declaration == nullptr) {
        return fail(Code::kNotFound, "sitting.page.response"_id,
                    {{"item", item}, {"response", response}});
    }
    ASSAY_TRY(const item::Captured captured, item::capture(*declaration, lines));
    AnswerChanged out{item, response, std::nullopt, std::nullopt};
    const item::TextLines values = item::value_to_text(captured.value);
    if (!values.empty()) {
        out.values = values;
    }
    if (!captured.rules.empty()) {
        std::string typed;
        for (const std::string& line : captured.raw) {
            typed += (typed.empty() ? "" : "\n") + line;
        }
        out.typed = typed;
    }
    return out;
}

}  // namespace assay::sitting
