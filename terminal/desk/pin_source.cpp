#include "terminal/desk/pin_source.h"

#include <cerrno>

#include <unistd.h>

namespace assay::desk {

Result<crypto::SecretBytes> read_pin_line(int fd) {
    crypto::SecretBytes line = crypto::SecretBytes::zeros(kPinBytesMax);
    std::size_t size = 0;
    while (true) {
        std::uint8_t byte = 0;
        const ssize_t count = ::read(fd, &byte, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(Code::kIo, "desk.pin.source"_id);
        }
        if (count == 0 || byte == '\n') {
            break;
        }
        if (size == line.size()) {
            return fail(Code::kLimit, "desk.pin.long"_id, {{"limit", std::to_string(size)}});
        }
        line.span()[size++] = byte;
    }
    if (size == 0) {
        return fail(Code::kUsage, "desk.pin.empty"_id);
    }
    return crypto::SecretBytes::copy_of(line.view().first(size));
}

}  // namespace assay::desk
