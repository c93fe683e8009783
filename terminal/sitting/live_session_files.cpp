#include "crypto/base32.h"
#include "crypto/record/document.h"
#include "question-bank/sealed/capsule.h"
#include "terminal/sitting/live_session.h"

// Files of the candidate and of the camera, the paper, and what is exported.
namespace assay::sitting {
namespace {

/// Results up to this size can be edited again after a restart.
constexpr std::size_t kPlainFileBytesMax = 1U << 20U;

std::string file_name(const std::string& item, const std::string& name) {
    return "/file/" + item + '/' + name;
}

}  // namespace

Status LiveSession::segment(const record::SegmentEntry& entry, ByteView sealed) {
    Path path;
    {
        const std::lock_guard lock(core_);
        ASSAY_TRY_STATUS(may_change());
        if (!folder_) {
            return fail(Code::kRefused, "sitting.journal.none"_id);
        }
        if (disk_full()) {
            return fail(Code::kFull, "sitting.disk.reserve"_id);
        }
        path = folder().evidence(entry.digest);
    }
    if (sealed.size() > record::kSegmentBytesMax || crypto::sha256(sealed) != entry.digest) {
        return fail(Code::kInvalid, "sitting.evidence.segment"_id);
    }
    ASSAY_TRY_STATUS(write_file(ports_.disk, path, sealed));
    return change(SegmentMade{entry});
}

Status LiveSession::save_file(const std::string& item, const std::string& name, ByteView plain) {
    if (plain.size() > kCandidateFileBytesMax) {
        return fail(Code::kLimit, "sitting.file.too-large"_id,
                    {{"size", std::to_string(plain.size())},
                     {"limit", std::to_string(kCandidateFileBytesMax)}});
    }
    std::optional<record::AttemptRow> row;
    std::optional<SittingFolder> folder;
    {
        const std::lock_guard lock(core_);
        ASSAY_TRY_STATUS(may_change());
        if (disk_full()) {
            return fail(Code::kFull, "sitting.disk.reserve"_id);
        }
        row = row_;
        folder = folder_;
    }
    if (!row || !folder) {
        return fail(Code::kRefused, "sitting.journal.none"_id);
    }
    const Bytes sealed =
        crypto::age_encrypt(ports_.random, plain, record::age_recipient(row->recipient));
    const Digest digest = crypto::sha256(sealed);
    ASSAY_TRY_STATUS(write_file(ports_.disk, folder->file(digest), sealed));
    if (plain.size() <= kPlainFileBytesMax) {
        ASSAY_TRY_STATUS(store_.put(row->attempt.hex() + file_name(item, name), plain));
    }
    return change(
        FileSaved{item, name, crypto::sha256(plain), plain.size(), digest, sealed.size()});
}

Result<Bytes> LiveSession::saved_file(const std::string& item, const std::string& name) {
    std::string key;
    {
        const std::lock_guard lock(core_);
        key = named(file_name(item, name));
    }
    ASSAY_TRY(std::optional<Bytes> kept, store_.get(key));
    if (!kept) {
        return fail(Code::kNotFound, "sitting.file.not-here"_id, {{"name", name}});
    }
    return std::move(*kept);
}

Result<std::shared_ptr<const Paper>> LiveSession::open_paper() {
    const std::lock_guard lock(paper_mutex_);
    if (!paper_) {
        ASSAY_TRY(paper_, read_released_paper());
        const std::lock_guard core(core_);
        paper_items_ = paper_->entries.size();
        ++version_;
    }
    return paper_;
}

Result<std::shared_ptr<const Paper>> LiveSession::paper_in(const std::string& language) {
    ASSAY_TRY(const auto first, open_paper());
    if (first->language == language) {
        return first;
    }
    const std::lock_guard lock(paper_mutex_);
    AttemptId attempt;
    {
        const std::lock_guard core(core_);
        attempt = state_.terms.attempt;
    }
    ASSAY_TRY(Paper paper, read_paper(*bank_, language, record::form_seed(attempt)));
    return std::make_shared<const Paper>(std::move(paper));
}

Result<Bytes> LiveSession::bank_file(const std::string& name) {
    const std::lock_guard lock(paper_mutex_);
    if (!bank_) {
        return fail(Code::kRefused, "sitting.paper.not-released"_id);
    }
    return bank_->read(name);
}

Result<std::shared_ptr<const Paper>> LiveSession::read_released_paper() {
    std::optional<record::Signed<sealed::BankPart>> statement;
    sealed::Expected expected;
    std::string release_name;
    AttemptId attempt;
    {
        const std::lock_guard core(core_);
        if (!room_ || state_.released.empty()) {
            return fail(Code::kRefused, "sitting.paper.not-released"_id);
        }
        const record::PartDigest& part = state_.released.front();
        for (const auto& each : room().banks) {
            if (each.object.part == part.part && each.object.bank == part.bank) {
                statement = each;
            }
        }
        expected = {room().manifest.object.exam, part.part, part.bank, {}};
        release_name = named("/release/" + part.part.hex());
        attempt = state_.terms.attempt;
    }
    ASSAY_TRY(const std::optional<Bytes> kept, store_.get(release_name));
    if (!statement || !kept) {
        return fail(Code::kNotFound, "sitting.paper.no-bank"_id);
    }
    ASSAY_TRY(const auto reply, record::read_document<protocol::ReleaseReply>(*kept));
    ASSAY_TRY(const auto release, record::read_signed<record::Release>(reply.release));
    expected.release_time = release.object.time;
    ASSAY_TRY(const crypto::AgeIdentity key,
              sealed::open_capsule(reply.key, config_.age, statement->object.recipient));
    ASSAY_TRY(bank_file_,
              ports_.disk.open_read_only(config_.banks / (expected.bank.hex() + ".age")));
    ASSAY_TRY(sealed::Bank bank,
              sealed::open_bank(*bank_file_, *statement, config_.keys, expected, key));
    bank_.emplace(std::move(bank));
    ASSAY_TRY(Paper paper, read_paper(*bank_, config_.language, record::form_seed(attempt)));
    return std::make_shared<const Paper>(std::move(paper));
}

Result<Path> LiveSession::export_package(const Path& folder) {
    record::PackageUpload upload;
    std::string name;
    {
        const std::lock_guard lock(core_);
        if (!statement_) {
            return fail(Code::kRefused, "sitting.package.none"_id);
        }
        upload.statement = to_bytes(statement_->json());
        ASSAY_TRY(upload.package, read_file(ports_.disk, this->folder().package(epoch()),
                                            record::kPackageBytesMax));
        name = crypto::short_code(statement_->digest) + ".assay-package";
    }
    const Path path = folder / name;
    ASSAY_TRY_STATUS(write_file(ports_.disk, path, record::write_upload(upload)));
    return path;
}

std::vector<Upload> LiveSession::uploads() const {
    const std::lock_guard lock(core_);
    return uploads_now();
}

std::vector<Upload> LiveSession::uploads_now() const {
    std::vector<Upload> out;
    if (!folder_) {
        return out;
    }
    for (const record::PackageFile& file : state_.files) {
        if (!uploaded_.contains(file.digest)) {
            out.push_back({protocol::kUploadKindFile, state_.terms.attempt, file.name, file.digest,
                           file.bytes, folder().file(file.digest)});
        }
    }
    for (const record::SegmentEntry& segment : state_.evidence.segments) {
        if (!uploaded_.contains(segment.digest)) {
            out.push_back({protocol::kUploadKindSegment, state_.terms.attempt, segment.kind,
                           segment.digest, segment.bytes, folder().evidence(segment.digest)});
        }
    }
    return out;
}

Status LiveSession::uploaded(const Digest& digest) {
    std::string name;
    {
        const std::lock_guard lock(core_);
        name = named("/uploaded/" + digest.hex());
    }
    ASSAY_TRY_STATUS(store_.put(name, {}));
    const std::lock_guard lock(core_);
    uploaded_.insert(digest);
    ++version_;
    return Ok{};
}

}  // namespace assay::sitting
