// Any bytes as a list of cases: a line each comes out, in order and in the end none; a line that is
// no object does not keep the next from being read, and no path that is named leaves the root.
#include "question-bank/cli/case_lines.h"

#include <algorithm>
#include <cstdint>

#include "crypto/base/check.h"
#include "crypto/base/fake_disk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const ByteView bytes(data, size);
    FakeDisk disk;
    ASSAY_CHECK(write_file(disk, "/cases", bytes).ok());
    auto cases = bank::CaseLines::open(disk, "/cases");
    ASSAY_CHECK(cases.ok());
    const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
    std::size_t read = 0;
    for (;;) {
        const auto one = cases->next();
        ASSAY_CHECK(one.ok() || one.error().code == Code::kInvalid);
        if (one.ok() && !*one) {
            break;
        }
        ASSAY_CHECK(++read <= lines);
        if (!one.ok()) {
            continue;
        }
        const auto path = bank::below("/given", bank::text_member(**one, "item"));
        ASSAY_CHECK(!path.ok() || path->string().starts_with("/given/"));
        ASSAY_CHECK(!path.ok() || path->string().find("/../") == std::string::npos);
    }
    const auto after = cases->next();
    ASSAY_CHECK(after.ok() && !*after);
    return 0;
}
