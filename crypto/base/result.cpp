#include "crypto/base/result.h"

namespace assay {

const char* code_name(Code code) {
    switch (code) {
        case Code::kUsage:
            return "usage";
        case Code::kInvalid:
            return "invalid";
        case Code::kCorrupt:
            return "corrupt";
        case Code::kDenied:
            return "denied";
        case Code::kRefused:
            return "refused";
        case Code::kConflict:
            return "conflict";
        case Code::kNotFound:
            return "not-found";
        case Code::kLimit:
            return "limit";
        case Code::kUnavailable:
            return "unavailable";
        case Code::kFull:
            return "full";
        case Code::kIo:
            return "io";
    }
    return "unknown";
}

int exit_code(Code code) { return code == Code::kUsage ? 2 : 9 + static_cast<int>(code); }

std::string to_string(const Error& error) {
    std::string out = code_name(error.code);
    out += ' ';
    out += error.what.id.text();
    for (const auto& [name, value] : error.what.args) {
        out += ' ' + name + '=' + value;
    }
    return out;
}

}  // namespace assay
