#include "crypto/base32.h"
#include "crypto/record/document.h"
#include "question-bank/sealed/capsule.h"
#include "server/protocol/upload_note.h"
#include "terminal/sitting/live_session.h"

// Files of the candidate and of the camera, the paper, and what is exported.
namespace assay::sitting {
namespace {

/// Results up to this size can be edited again after a restart.
constexpr std::size_t kPlainFileBytesMax = 1U << 20U;

/// In the store: what is on its way to the desk of attempts that are over here.
constexpr const char* kLeftUploads = "left-uploads";

struct Left {
    struct Row {
        protocol::UploadNote note;
        std::string path;
        template <class V, class S>
        static void fields(V& v, S& s) {
            v.field("note", s.note);
            v.field("path", s.path);
        }
    };
    static constexpr std::string_view kName = "left-uploads";
    std::vector<Row> rows;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("rows", s.rows);
    }
};

Bytes write_left(const std::vector<Upload>& uploads) {
    Left left;
    for (const Upload& each : uploads) {
        left.rows.push_back(
            {{each.kind, each.attempt, each.name, each.digest, each.bytes}, each.path.string()});
    }
    return record::write_document(left);
}

Result<std::vector<Upload>> read_left(ByteView kept) {
    ASSAY_TRY(const Left left, record::read_document<Left>(kept));
    std::vector<Upload> out;
    for (const Left::Row& row : left.rows) {
        out.push_back({row.note.kind, row.note.attempt, row.note.name, row.note.digest,
                       row.note.bytes, row.path});
    }
    return out;
}

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
    const std::size_t before = banks_.size();
    ASSAY_TRY_STATUS(open_banks());
    if (!paper_ || banks_.size() != before) {
        ASSAY_TRY(Paper paper,
                  make_paper(packages(), config_.language, record::form_seed(opened_for_)));
        paper_ = std::make_shared<const Paper>(std::move(paper));
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
    ASSAY_TRY(Paper paper, make_paper(packages(), language, record::form_seed(opened_for_)));
    return std::make_shared<const Paper>(std::move(paper));
}

Result<Bytes> LiveSession::bank_file(std::size_t bank, const std::string& name) {
    const std::lock_guard lock(paper_mutex_);
    if (bank >= banks_.size()) {
        return fail(Code::kRefused, "sitting.paper.not-released"_id);
    }
    return banks_[bank].bank.read(name);
}

std::vector<std::shared_ptr<const item::Package>> LiveSession::packages() const {
    std::vector<std::shared_ptr<const item::Package>> out;
    out.reserve(banks_.size());
    for (const OpenBank& each : banks_) {
        out.push_back(each.package);
    }
    return out;
}

// What is open stays open; released parts are only ever added at the end.
Status LiveSession::open_banks() {
    std::vector<record::PartDigest> released;
    AttemptId attempt;
    {
        const std::lock_guard core(core_);
        if (!room_ || state_.released.empty()) {
            return fail(Code::kRefused, "sitting.paper.not-released"_id);
        }
        released = state_.released;
        attempt = state_.terms.attempt;
    }
    if (attempt != opened_for_) {
        paper_.reset();
        banks_.clear();
        opened_for_ = attempt;
    }
    while (banks_.size() < released.size()) {
        ASSAY_TRY(OpenBank opened, open_released(released[banks_.size()]));
        banks_.push_back(std::move(opened));
    }
    return Ok{};
}

Result<LiveSession::OpenBank> LiveSession::open_released(const record::PartDigest& part) {
    std::optional<record::Signed<sealed::BankPart>> statement;
    sealed::Expected expected;
    std::string release_name;
    std::optional<record::TrustedKeys> keys;
    {
        const std::lock_guard core(core_);
        for (const auto& each : room().banks) {
            if (each.object.part == part.part && each.object.bank == part.bank) {
                statement = each;
            }
        }
        expected = {room().manifest.object.exam, part.part, part.bank, {}};
        release_name = named("/release/" + part.part.hex());
        keys = config_.keys;
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
    ASSAY_TRY(auto file,
              ports_.disk.open_read_only(config_.banks / (expected.bank.hex() + ".age")));
    ASSAY_TRY(sealed::Bank bank, sealed::open_bank(*file, *statement, *keys, expected, key));
    ASSAY_TRY(auto package, read_package(bank));
    return OpenBank{part, std::move(file), std::move(bank), std::move(package)};
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
    std::vector<Upload> out = uploads_now();
    out.insert(out.end(), left_uploads_.begin(), left_uploads_.end());
    return out;
}

Status LiveSession::keep_uploads() {
    std::vector<Upload> all = uploads_now();
    all.insert(all.end(), left_uploads_.begin(), left_uploads_.end());
    ASSAY_TRY_STATUS(store_.put(kLeftUploads, write_left(all)));
    left_uploads_ = std::move(all);
    return Ok{};
}

Status LiveSession::load_uploads() {
    ASSAY_TRY(const std::optional<Bytes> kept, store_.get(kLeftUploads));
    if (kept) {
        ASSAY_TRY(left_uploads_, read_left(*kept));
    }
    return Ok{};
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
        if (std::erase_if(left_uploads_,
                          [&](const Upload& each) { return each.digest == digest; }) > 0) {
            return store_.put(kLeftUploads, write_left(left_uploads_));
        }
        name = named("/uploaded/" + digest.hex());
    }
    ASSAY_TRY_STATUS(store_.put(name, {}));
    const std::lock_guard lock(core_);
    uploaded_.insert(digest);
    ++version_;
    return Ok{};
}

}  // namespace assay::sitting
