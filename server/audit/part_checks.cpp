#include "server/audit/part_checks.h"

#include "crypto/hash.h"

namespace assay::audit {
namespace {

/// One folder of parts/: a bank part with its disclosed scoring view.
class PartFolder {
  public:
    PartFolder(Trail& trail, std::string name) : trail_(trail), name_(std::move(name)) {}

    std::optional<sealed::ScoringView> open() {
        return read_bank() && read_scoring() && read_file() ? read_view() : std::nullopt;
    }
    PartId part() const { return bank_->object.part; }

  private:
    std::string file(const char* name) const { return name_ + "/" + name; }

    template <typename T>
    bool read_statement(const char* name, MessageId id, std::optional<record::Signed<T>>& out) {
        const auto bytes = take(trail_, {id, {}}, file(name), crypto::kEnvelopeBytesMax);
        if (!bytes) {
            return false;
        }
        const auto check = [&]() -> Status {
            ASSAY_TRY(out, record::read_signed<T>(*bytes));
            const auto officers = trail_.keys->officers();
            ASSAY_TRY_STATUS(record::require(*out, officers, trail_.keys->officer_threshold()));
            ASSAY_TRY_STATUS(only_signers(out->envelope, officers));
            return check_named(out->object);
        };
        return trail_.report.add({id, {}}, file(name), check());
    }
    Status check_named(const sealed::BankPart& bank) const {
        const auto* known = trail_.manifest->object.find_part(bank.part);
        const bool same = known != nullptr && known->bank == bank.bank;
        return same ? Status(Ok{}) : disagree("audit.part.other"_id);
    }
    Status check_named(const sealed::ScoringPart& scoring) const {
        const auto* known = trail_.manifest->object.find_part(part());
        if (known->scoring != scoring.scoring) {
            return disagree("audit.part.other"_id);
        }
        return sealed::check_pair(*bank_, *scoring_, *trail_.keys);
    }

    bool read_bank() { return read_statement("bank.dsse.json", "audit.check.bank-part"_id, bank_); }
    bool read_scoring() {
        return read_statement("scoring.dsse.json", "audit.check.scoring-part"_id, scoring_);
    }
    bool read_file() {
        const Message what{"audit.check.scoring-age"_id, {}};
        auto bytes = take(trail_, what, file("scoring.age"), sealed::kScoringBytesMax);
        if (!bytes) {
            return false;
        }
        age_ = std::move(*bytes);
        const bool same = crypto::sha256(age_) == scoring_->object.scoring;
        return trail_.report.add(what, file("scoring.age"),
                                 same ? Status(Ok{}) : disagree("audit.digest.other"_id));
    }
    std::optional<sealed::ScoringView> read_view() {
        const Message what{"audit.check.scoring-view"_id, {}};
        if (!trail_.folder.has(file("scoring-view.key"))) {
            trail_.report.skip(what, file("scoring-view.key"), {"audit.why.optional"_id, {}});
            return std::nullopt;
        }
        const auto open_it = [&]() -> Result<sealed::ScoringView> {
            ASSAY_TRY(const auto key, read_identity(trail_.folder, file("scoring-view.key")));
            return sealed::open_scoring(age_, *scoring_, *bank_, *trail_.keys, key);
        };
        auto view = open_it();
        if (!trail_.report.add(what, file("scoring-view.key"),
                               view.ok() ? Status(Ok{}) : view.error())) {
            return std::nullopt;
        }
        return std::move(*view);
    }

    Trail& trail_;
    std::string name_;
    std::optional<record::Signed<sealed::BankPart>> bank_;
    std::optional<record::Signed<sealed::ScoringPart>> scoring_;
    Bytes age_;
};

}  // namespace

Views open_views(Trail& trail) {
    Views out;
    const auto parts = trail.folder.names("parts", "", "");
    if (parts.empty()) {
        trail.report.skip({"audit.check.scoring-view"_id, {}}, "parts",
                          {"audit.why.optional"_id, {}});
    }
    for (const std::string& name : parts) {
        if (lacks(trail, {"audit.check.bank-part"_id, {}}, name, trail.manifest.has_value())) {
            continue;
        }
        PartFolder folder(trail, name);
        if (auto view = folder.open()) {
            out.emplace(folder.part(), std::move(*view));
        }
    }
    return out;
}

}  // namespace assay::audit
