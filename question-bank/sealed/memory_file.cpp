#include "question-bank/sealed/memory_file.h"

#include <algorithm>

namespace assay::sealed {
namespace {

class MemoryFile final : public File {
  public:
    explicit MemoryFile(Bytes bytes) : bytes_(std::move(bytes)) {}

    Status append(ByteView /*bytes*/) override { return read_only(); }
    Status write_at(std::uint64_t /*offset*/, ByteView /*bytes*/) override { return read_only(); }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
        if (offset >= bytes_.size()) {
            return std::size_t{0};
        }
        const ByteView rest = ByteView(bytes_).subspan(offset);
        const std::size_t count = std::min(rest.size(), out.size());
        std::copy_n(rest.begin(), count, out.begin());
        return count;
    }
    Result<std::uint64_t> size() override { return std::uint64_t{bytes_.size()}; }
    Status truncate(std::uint64_t /*size*/) override { return read_only(); }
    Status sync() override { return Ok{}; }

  private:
    static Status read_only() { return fail(Code::kIo, "sealed.memory-file.read-only"_id); }

    Bytes bytes_;
};

}  // namespace

std::unique_ptr<File> memory_file(Bytes bytes) {
    return std::make_unique<MemoryFile>(std::move(bytes));
}

}  // namespace assay::sealed
