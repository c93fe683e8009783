#include "server/core/lost.h"

namespace assay::server_core {
namespace {

/// The word after "urn:assay:v1:" in a payload; empty where it is none of ours.
std::string kind_of(ByteView payload) {
    constexpr std::string_view kBegin = "\"predicateType\":\"urn:assay:v1:";
    const std::string_view text = as_text(payload);
    const std::size_t at = text.find(kBegin);
    if (at == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = text.substr(at + kBegin.size());
    return std::string(rest.substr(0, rest.find('"')));
}

}  // namespace

Result<std::vector<LostStatement>> lost_statements(Ports& ports) {
    std::vector<LostStatement> out;
    std::uint64_t from = 0;
    while (true) {
        ASSAY_TRY(const auto page, ports.store.lost(from));
        for (const store::LostObject& lost : page) {
            ASSAY_TRY(const Bytes payload, ports.central.leaf(lost.log_index));
            LostStatement row{lost.log_index, lost.digest, kind_of(payload), std::nullopt};
            if (row.kind == record::Package::kName) {
                ASSAY_TRY(row.package, record::read_payload<record::Package>(payload));
            }
            out.push_back(std::move(row));
            from = lost.log_index + 1;
        }
        if (page.size() < store::kPageRowsMax) {
            return out;
        }
    }
}

}  // namespace assay::server_core
