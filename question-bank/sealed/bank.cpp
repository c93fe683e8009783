#include "question-bank/sealed/bank.h"

#include "crypto/hash.h"
#include "question-bank/sealed/zip.h"

namespace assay::sealed {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;

Error other(const char* member) {
    return fail(Code::kRefused, "sealed.bank.other"_id, {{"member", member}});
}

Status check_length(File& file, const BankPart& part) {
    ASSAY_TRY(const std::uint64_t size, file.size());
    if (size != part.bytes) {
        return fail(Code::kCorrupt, "sealed.bank.length"_id,
                    {{"found", std::to_string(size)}, {"expected", std::to_string(part.bytes)}});
    }
    return Ok{};
}

Status check_head(File& file, const BankPart& part) {
    const auto head = crypto::age_head(file);
    if (!head.ok() || head->digest != part.head || head->bytes != part.head_bytes) {
        return fail(Code::kCorrupt, "sealed.bank.head"_id);
    }
    return Ok{};
}

}  // namespace

struct Bank::State {
    BankPart part;
    std::unique_ptr<crypto::AgeReader> plain;
    std::unique_ptr<ZipReader> zip;
};

Bank::Bank(std::unique_ptr<State> state) : state_(std::move(state)) {}
Bank::Bank(Bank&&) noexcept = default;
Bank& Bank::operator=(Bank&&) noexcept = default;
Bank::~Bank() = default;

const std::vector<std::string>& Bank::names() const { return state_->zip->names(); }
const BankPart& Bank::part() const { return state_->part; }
Result<std::uint64_t> Bank::size(std::string_view name) const { return state_->zip->size(name); }
Result<Bytes> Bank::read(std::string_view name) { return state_->zip->read(name); }

Result<std::size_t> Bank::read_range(std::string_view name, std::uint64_t offset,
                                     std::span<std::uint8_t> out) {
    return state_->zip->read_range(name, offset, out);
}

Result<std::map<std::string, Bytes>> Bank::read_files(Which which) {
    std::map<std::string, Bytes> out;
    for (const std::string& name : names()) {
        if (which == Which::kAll || name.ends_with(".xml") || name.ends_with(".css")) {
            ASSAY_TRY(out[name], read(name));
        }
    }
    return out;
}

Status check_bank_statement(const record::Signed<BankPart>& statement,
                            const record::TrustedKeys& keys, const Expected& expected) {
    ASSAY_TRY_STATUS(record::require(statement, keys.officers(), keys.officer_threshold()));
    const BankPart& part = statement.object;
    if (part.exam != expected.exam) {
        return other("exam");
    }
    if (part.part != expected.part) {
        return other("part");
    }
    if (part.bank != expected.bank) {
        return other("bank");
    }
    const Args times{{"time", expected.release_time.text()},
                     {"not_before", part.not_before.text()},
                     {"not_after", part.not_after.text()}};
    if (expected.release_time < part.not_before) {
        return fail(Code::kRefused, "sealed.bank.too-early"_id, times);
    }
    if (part.not_after < expected.release_time) {
        return fail(Code::kRefused, "sealed.bank.too-late"_id, times);
    }
    return Ok{};
}

Status check_arrival(File& file, const BankPart& part) {
    ASSAY_TRY_STATUS(check_length(file, part));
    crypto::Sha256 hash;
    Bytes piece(kPieceBytes);
    for (std::uint64_t at = 0; at < part.bytes;) {
        ASSAY_TRY(const std::size_t count, file.read_at(at, piece));
        if (count == 0) {
            break;
        }
        hash.update(ByteView(piece).first(count));
        at += count;
    }
    if (hash.finish() != part.bank) {
        return fail(Code::kCorrupt, "sealed.bank.digest"_id);
    }
    return Ok{};
}

Result<Bank> open_bank(File& file, const record::Signed<BankPart>& statement,
                       const record::TrustedKeys& keys, const Expected& expected,
                       const crypto::AgeIdentity& part_key) {
    ASSAY_TRY_STATUS(check_bank_statement(statement, keys, expected));
    return open_members(file, statement.object, part_key);
}

Result<Bank> open_members(File& file, const BankPart& part, const crypto::AgeIdentity& part_key) {
    if (record::public_of(part_key.recipient()) != part.recipient) {
        return fail(Code::kDenied, "sealed.bank.other-key"_id,
                    {{"expected", record::age_recipient(part.recipient).text()}});
    }
    ASSAY_TRY_STATUS(check_length(file, part));
    ASSAY_TRY_STATUS(check_head(file, part));
    ASSAY_TRY(crypto::AgeReader reader, crypto::AgeReader::open(file, part_key));
    auto state = std::make_unique<Bank::State>();
    state->part = part;
    state->plain = std::make_unique<crypto::AgeReader>(std::move(reader));
    crypto::AgeReader& plain = *state->plain;
    ASSAY_TRY(
        ZipReader zip,
        ZipReader::open({plain.size(), [&plain](std::uint64_t offset, std::span<std::uint8_t> out) {
                             return plain.read_at(offset, out);
                         }}));
    state->zip = std::make_unique<ZipReader>(std::move(zip));
    return Bank(std::move(state));
}

}  // namespace assay::sealed
