// assay-keys beside the age program: 1 GiB, whole processes, the file in the page cache.
#include <cstdlib>

#include <benchmark/benchmark.h>

#include "crypto/age.h"
#include "crypto/base/disk.h"
#include "crypto/random.h"
#include "tests/support/paired_bench.h"
#include "tests/support/paths.h"

namespace assay::crypto {

namespace {

constexpr std::uint64_t kFileBytes = std::uint64_t{1} << 30U;

/// A folder with an age file of 1 GiB and the key that opens it.
class LargeFile {
  public:
    LargeFile() {
        const auto out = disk_.create(path()).value();
        AgeWriter writer = AgeWriter::begin(random_, {&key_.recipient(), 1}, [&](ByteView bytes) {
                               return out->append(bytes);
                           }).value();
        const Bytes piece(std::size_t{1} << 20U, 'x');
        for (std::uint64_t at = 0; at < kFileBytes; at += piece.size()) {
            good_ = good_ && writer.write(piece).ok();
        }
        good_ = good_ && writer.finish().ok() &&
                write_file(disk_, folder_.path() / "key", key_.text().view()).ok() &&
                run("command -v age >/dev/null && cat f.age >/dev/null");
    }
    bool good() const { return good_; }
    Path path() const { return folder_.path() / "f.age"; }
    const AgeIdentity& key() const { return key_; }
    bool run(const std::string& command) const {
        return std::system(("cd " + folder_.path().string() + " && " + command).c_str()) == 0;
    }
    /// An offset of a plain byte.
    std::uint64_t any_offset() { return read_be64(random_.id<Digest>().view()) % kFileBytes; }

  private:
    test::TempFolder folder_;
    SystemDisk disk_;
    SystemRandom random_;
    AgeIdentity key_ = AgeIdentity::generate(random_);
    bool good_ = true;
};

void DecryptProgram(benchmark::State& state) {
    const LargeFile file;
    const std::string ours =
        test::program("assay-keys").string() + " decrypt --identity key --in f.age >/dev/null";
    bool good = file.good();
    test::paired(
        state, [&] { good = file.run(ours) && good; },
        [&] { good = file.run("age -d -i key f.age >/dev/null") && good; });
    if (!good) {
        state.SkipWithError("age or assay-keys failed");
    }
}
BENCHMARK(DecryptProgram)->UseManualTime();

/// Opening included: header, key, last chunk, then one byte; age streams up to the same byte.
void FirstByteAtAnOffset(benchmark::State& state) {
    LargeFile file;
    SystemDisk disk;
    bool good = file.good();
    std::uint64_t offset = 0;
    test::paired(
        state,
        [&] {
            offset = file.any_offset();
            const auto opened = disk.open_read_only(file.path()).value();
            AgeReader reader = AgeReader::open(*opened, file.key()).value();
            std::uint8_t byte[1] = {};
            good = reader.read_at(offset, byte).ok() && byte[0] == 'x' && good;
        },
        [&] {
            // age ends with an error when nobody reads on; only the byte counts.
            good = file.run("test $(age -d -i key f.age 2>/dev/null | tail -c +" +
                            std::to_string(offset + 1) + " | head -c 1) = x") &&
                   good;
        });
    if (!good) {
        state.SkipWithError("age or the reader failed");
    }
}
BENCHMARK(FirstByteAtAnOffset)->UseManualTime()->MinTime(0.002);

}  // namespace

}  // namespace assay::crypto
