// Property: the three ways to open a file agree on success and on every byte, and what a stream
// hands on before an error is never more than the file holds.
#include <algorithm>

#include "crypto/age.h"
#include "crypto/base/check.h"
#include "crypto/base/fake_disk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
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
