// Property: the five ways to open a file agree on success and on every byte, and what a stream
// hands on before an error is never more than the file holds.
#include <algorithm>

#include "crypto/age_bulk.h"
#include "crypto/base/check.h"
#include "crypto/base/fake_disk.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 64, std::size_t{4} << 20U);
    using namespace assay;
    const ByteView input(data, size);
    FakeRandom random(1);
    const crypto::AgeIdentity key = crypto::AgeIdentity::generate(random);
    const Result<Bytes> whole = crypto::age_decrypt(input, key);

    Bytes streamed;
    const crypto::Source source = [rest = input](std::span<std::uint8_t> out) mutable {
        const std::size_t part = std::min({out.size(), rest.size(), std::size_t{701}});
        std::copy_n(rest.begin(), part, out.begin());
        rest = rest.subspan(part);
        return Result<std::size_t>(part);
    };
    const Result<std::uint64_t> total =
        crypto::age_decrypt_stream(source, key, [&](ByteView bytes) -> Status {
            append(streamed, bytes);
            return Ok{};
        });
    ASSAY_CHECK(total.ok() == whole.ok());
    ASSAY_CHECK(streamed.size() <= size);
    ASSAY_CHECK(!whole.ok() || *whole == streamed);

    const crypto::Source at_once = [rest = input](std::span<std::uint8_t> out) mutable {
        const std::size_t part = std::min(out.size(), rest.size());
        std::copy_n(rest.begin(), part, out.begin());
        rest = rest.subspan(part);
        return Result<std::size_t>(part);
    };
    for (const bool two_threads : {true, false}) {
        Bytes bulk;
        const crypto::Sink sink = [&](ByteView bytes) -> Status {
            append(bulk, bytes);
            return Ok{};
        };
        const Result<std::uint64_t> written =
            two_threads ? crypto::age_decrypt_two_threads(at_once, key, sink)
                        : crypto::age_decrypt_memory(input, key, sink);
        ASSAY_CHECK(written.ok() == whole.ok() && bulk == streamed);
    }

    FakeDisk disk;
    const auto file = disk.create("/f").value();
    ASSAY_CHECK(file->append(input).ok());
    Result<crypto::AgeReader> reader = crypto::AgeReader::open(*file, key);
    if (whole.ok()) {
        Bytes read(reader->size());
        ASSAY_CHECK(reader->read_at(0, read).value() == whole->size() && read == *whole);
    }
    return 0;
}
