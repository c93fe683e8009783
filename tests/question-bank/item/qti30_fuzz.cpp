// Any bytes as an item of a package: written as QTI 3.0 it is an item again, with the same
// variables and interactions, and what was the key still scores the same.
#include "question-bank/item/qti30.h"

#include <cstdint>

#include "crypto/base/check.h"
#include "question-bank/item/score.h"

namespace {

using namespace assay;

item::Package package_of(ByteView bytes) {
    item::Package out;
    item::Resource resource;
    resource.identifier = "I";
    resource.kind = item::ResourceKind::kItem;
    resource.href = "i.xml";
    out.resources.push_back(resource);
    out.files["i.xml"] = to_bytes(bytes);
    return out;
}

std::vector<item::TextLines> outcomes_of(const item::Item& item) {
    item::Responses responses;
    for (const auto& declaration : item.responses) {
        responses[declaration.identifier] = declaration.correct;
    }
    std::vector<item::TextLines> out;
    const auto outcomes = item::score_item(item, responses, 1);
    if (outcomes.ok()) {
        for (const auto& [name, value] : outcomes->values) {
            out.push_back(item::value_to_text(value));
        }
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto package = package_of({data, size});
    const auto before = item::read_item_at(package, "i.xml");
    const auto files = item::package_as_30(package);
    ASSAY_CHECK(before.ok() == files.ok());
    if (!files.ok()) {
        return 0;
    }
    const auto read = item::make_package(*files);
    ASSAY_CHECK(read.ok());
    const auto after = item::read_item_at(*read, "i.xml");
    ASSAY_CHECK(after.ok());
    ASSAY_CHECK(after->responses.size() == before->responses.size());
    ASSAY_CHECK(after->outcomes.size() == before->outcomes.size());
    ASSAY_CHECK(after->interactions.size() == before->interactions.size());
    ASSAY_CHECK(outcomes_of(*after) == outcomes_of(*before));
    return 0;
}
