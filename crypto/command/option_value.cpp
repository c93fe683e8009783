#include "crypto/command/option_value.h"

namespace assay::command {
namespace {

constexpr std::size_t kShownBytesMax = 80;

/// What was written, unless it may be a secret that stands in the wrong place.
std::string shown(const std::string& text) {
    const bool secret =
        text.find("SECRET") != std::string::npos || text.find("secret") != std::string::npos;
    return secret ? "***" : text.substr(0, kShownBytesMax);
}

Error wrong(MessageId id, const char* option, const std::string& text) {
    return fail(Code::kUsage, id, {{"option", option}, {"value", shown(text)}});
}

}  // namespace

Error wrong_hex(const char* option, const std::string& text, std::size_t bytes) {
    return fail(
        Code::kUsage, "command.value.hex"_id,
        {{"option", option}, {"value", shown(text)}, {"digits", std::to_string(2 * bytes)}});
}

Result<WallTime> time_value(const char* option, const std::string& text) {
    Result<WallTime> read = WallTime::from_text(text);
    return read.ok() ? std::move(read) : wrong("command.value.time"_id, option, text);
}

Result<crypto::VerifyKey> key_value(const char* option, const std::string& text) {
    Result<crypto::VerifyKey> read = crypto::VerifyKey::from_text(text);
    return read.ok() ? std::move(read) : wrong("command.value.key"_id, option, text);
}

Result<crypto::AgeRecipient> recipient_value(const char* option, const std::string& text) {
    Result<crypto::AgeRecipient> read = crypto::AgeRecipient::from_text(text);
    return read.ok() ? std::move(read) : wrong("command.value.recipient"_id, option, text);
}

}  // namespace assay::command
