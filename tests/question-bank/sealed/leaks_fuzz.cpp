// Property: a view that holds exactly what the scoring view holds, key and all, is never clean when
// the file has a key: the words "correctResponse" or "responseProcessing" as an element.
#include "question-bank/sealed/leaks.h"

#include <cstddef>
#include <cstdint>

#include "crypto/base/check.h"
#include "question-bank/sealed/secret_parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::Bytes file(data, data + size);
    const std::map<std::string, assay::Bytes> view{{"item.xml", file}};
    const auto report = assay::sealed::look_for_leaks(view, view);
    assay::sealed::XmlParts parts;
    if (!parts.read(file) || !parts.forbidden().empty()) {
        ASSAY_CHECK(!report.leaks.empty());
    }
    return 0;
}
