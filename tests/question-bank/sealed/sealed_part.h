#pragma once

#include "crypto/hash.h"
#include "crypto/record/document.h"
#include "question-bank/sealed/bank.h"
#include "question-bank/sealed/kit.h"
#include "question-bank/sealed/scoring.h"
#include "question-bank/sealed/seal.h"
#include "question-bank/sealed/zip.h"

namespace assay::test {

inline const WallTime kNotBefore{1772353800};
inline const WallTime kNotAfter{1772440200};

/// An organisation with exam officers (2 of 3) and one sealed part of two items.
class SealedPartFixture {
  public:
    explicit SealedPartFixture(std::uint64_t seed = 1)
        : random(seed), scoring_key(crypto::AgeIdentity::generate(random)), keys(make_keys()) {
        files = {{"imsmanifest.xml", to_bytes("<manifest/>")},
                 {"items/a.xml", to_bytes("<item a/>")},
                 {"items/b.xml", to_bytes("<item b/>")},
                 {"media/film.mp4", Bytes(200'000, 0x55)}};
        for (std::size_t i = 0; i < files.at("media/film.mp4").size(); ++i) {
            files.at("media/film.mp4")[i] = static_cast<std::uint8_t>(i * 2654435761U >> 13U);
        }
    }

    sealed::Views views() const {
        sealed::Views out;
        sealed::Files scoring = files;
        for (const char* path : {"items/a.xml", "items/b.xml"}) {
            append(scoring[path], as_bytes("<correctResponse/>"));
            out.items.items.push_back(
                {path, path, crypto::sha256(files.at(path)), crypto::sha256(scoring[path])});
        }
        scoring[std::string(sealed::kItemsMember)] = record::write_document(out.items);
        out.candidate = sealed::write_zip(files);
        out.scoring = sealed::write_zip(scoring);
        out.languages = {"zh-CN", "en"};
        return out;
    }

    sealed::SealRequest request() {
        return {exam, part, 1, "理论", kNotBefore, kNotAfter, scoring_key.recipient(), {2, 3}};
    }

    sealed::SealedPart seal() {
        auto made = sealed::seal_part(random, views(), request()).value();
        approve(made.bank_statement);
        approve(made.scoring_statement);
        return made;
    }

    template <typename T>
    void approve(record::Signed<T>& statement, std::size_t signers = 2) const {
        for (std::size_t i = 0; i < signers; ++i) {
            statement.envelope.add_signature(officers[i]);
        }
    }

    static sealed::Expected expected(const sealed::SealedPart& made) {
        const sealed::BankPart& part = made.bank_statement.object;
        return {part.exam, part.part, part.bank, kNotBefore};
    }

    Result<sealed::Bank> open(File& file, const sealed::SealedPart& made) const {
        return sealed::open_bank(file, made.bank_statement, keys, expected(made), made.part_key);
    }

    FakeRandom random;
    crypto::AgeIdentity scoring_key;
    std::vector<crypto::SigningKey> officers;
    record::TrustedKeys keys;
    ExamId exam = random.id<ExamId>();
    PartId part = random.id<PartId>();
    sealed::Files files;

  private:
    record::TrustedKeys make_keys() {
        record::KeyRows rows;
        record::KeyList list;
        for (int i = 0; i < 3; ++i) {
            officers.push_back(crypto::SigningKey::generate(random));
            record::KeyRow row;
            row.role = record::Role::kExamOfficer;
            row.id = random.id<MachineId>();
            row.signing = record::public_of(officers.back());
            rows.rows.push_back(row);
        }
        const auto root = crypto::SigningKey::generate(random);
        list.roots = {record::public_of(root)};
        list.root_threshold = 1;
        const Bytes file = record::write_document(rows);
        list.rows = crypto::sha256(file);
        return record::TrustedKeys::from(record::sign(list, root), file, list.roots, 1).value();
    }
};

/// A file that counts what is read of it.
class CountingFile final : public File {
  public:
    explicit CountingFile(Bytes bytes) : inner_(sealed::memory_file(std::move(bytes))) {}
    Status append(ByteView bytes) override { return inner_->append(bytes); }
    Status write_at(std::uint64_t offset, ByteView bytes) override {
        return inner_->write_at(offset, bytes);
    }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
        auto count = inner_->read_at(offset, out);
        read += count.ok() ? *count : 0;
        return count;
    }
    Result<std::uint64_t> size() override { return inner_->size(); }
    Status truncate(std::uint64_t size) override { return inner_->truncate(size); }
    Status sync() override { return inner_->sync(); }

    std::uint64_t read = 0;

  private:
    std::unique_ptr<File> inner_;
};

}  // namespace assay::test
