#include "server/core/trust.h"

namespace assay::server_core {

Result<std::unique_ptr<Trust>> Trust::open(Ports ports) {
    std::unique_ptr<Trust> trust(new Trust(ports));
    ASSAY_TRY(const auto lists, all_kept<record::KeyList>(ports, {}));
    for (const auto& list : lists) {
        ASSAY_TRY(const Bytes rows, ports.store.body(list.object.rows));
        ASSAY_TRY(trust->keys_, trust->checked(list, rows));
        trust->reply_ = {to_bytes(list.json()), rows};
    }
    return trust;
}

Result<std::shared_ptr<const record::TrustedKeys>> Trust::checked(
    const record::Signed<record::KeyList>& list, ByteView rows) const {
    const record::KeyList& roots_of = keys_ ? keys_->list() : list.object;
    ASSAY_TRY(record::TrustedKeys next,
              record::TrustedKeys::from(list, rows, roots_of.roots, roots_of.root_threshold,
                                        keys_.get()));
    return std::make_shared<const record::TrustedKeys>(std::move(next));
}

Status Trust::adopt(ByteView list_file, ByteView rows) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const auto list, record::read_signed<record::KeyList>(list_file));
    ASSAY_TRY(auto next, checked(list, rows));
    store::Batch batch;
    batch.objects.push_back(as_object(list, {}));
    batch.bodies.push_back({list.object.rows, to_bytes(rows)});
    ASSAY_TRY(const store::Committed done, ports_.store.put(std::move(batch)));
    keys_ = std::move(next);
    reply_ = {to_bytes(list_file), to_bytes(rows)};
    ports_.log.info("server.log.key-list"_id,
                    {{"number", std::to_string(list.object.number)},
                     {"leaf", std::to_string(done.objects.at(0).log_index.value_or(0))}});
    return Ok{};
}

Result<std::shared_ptr<const record::TrustedKeys>> Trust::keys() const {
    const std::lock_guard guard(lock_);
    if (!keys_) {
        return fail(Code::kRefused, "server.keys.none"_id);
    }
    return keys_;
}

Result<protocol::KeyListReply> Trust::reply() const {
    const std::lock_guard guard(lock_);
    if (!keys_) {
        return fail(Code::kRefused, "server.keys.none"_id);
    }
    return reply_;
}

}  // namespace assay::server_core
