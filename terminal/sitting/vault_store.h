#pragma once

#include "crypto/vault/vault.h"
#include "terminal/sitting/store.h"

namespace assay::sitting {

/// The store of a real terminal: one SQLCipher database under the store key.
class VaultStore final : public Store {
  public:
    /// Errors of vault::Vault::open.
    static Result<std::unique_ptr<VaultStore>> open(const Path& file, const crypto::StoreKey& key);

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
    explicit VaultStore(vault::Vault vault) : vault_(std::move(vault)) {}
    vault::Vault vault_;
};

}  // namespace assay::sitting
