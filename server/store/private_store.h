#pragma once

#include <mutex>

#include "crypto/vault/vault.h"
#include "server/store/store.h"

namespace assay::store {

/// What must be erasable, in two database files of their own that no volume repeats: personal rows,
/// and the wraps of P_a (which ordinary backups leave out). Any thread.
class PrivateStore {
  public:
    /// `people.db` and `keys.db` in an existing folder.
    static Result<std::unique_ptr<PrivateStore>> open(const Path& folder,
                                                      const crypto::StoreKey& people_key,
                                                      const crypto::StoreKey& keys_key);

    /// Copies one of the two into another folder, as it stands at one moment; another process may
    /// write to it.
    static Status copy_people(const Path& folder, const Path& target, const crypto::StoreKey& key);
    static Status copy_wraps(const Path& folder, const Path& target, const crypto::StoreKey& key);

    Status put(const std::vector<PersonalRow>& rows);
    Result<std::vector<PersonalRow>> rows(const std::string& table, const AttemptId& attempt);
    Status erase(const AttemptId& attempt);

    Status put(const std::vector<Wrap>& wraps);
    Result<Wrap> wrap(const AttemptId& attempt, const std::string& recipient);
    Status destroy_wraps(const AttemptId& attempt);

    Status check();

  private:
    PrivateStore(vault::Vault people, vault::Vault keys)
        : people_(std::move(people)), keys_(std::move(keys)) {}

    std::mutex using_people_;
    vault::Vault people_;
    std::mutex using_keys_;
    vault::Vault keys_;
};

}  // namespace assay::store
