// A person's definition of a sitting: what is read is written in one form, which reads the same.
#include <cstdint>

#include "crypto/base/check.h"
#include "server/core/planning.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Definition = assay::server_core::SittingDefinition;
    const auto read = assay::record::read_message<Definition>({data, size});
    if (!read.ok()) {
        return 0;
    }
    const assay::Bytes written = assay::record::write_document(*read);
    const auto again = assay::record::read_document<Definition>(written);
    ASSAY_CHECK(again.ok());
    ASSAY_CHECK(assay::record::write_document(*again) == written);
    return 0;
}
