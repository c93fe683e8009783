#include "terminal/platform/speech.h"

#include <speech-dispatcher/libspeechd.h>

namespace assay::platform {

struct Speech::Connection {
    SPDConnection* open = nullptr;

    Connection() : open(spd_open("assay", "read-aloud", nullptr, SPD_MODE_SINGLE)) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        if (open != nullptr) {
            spd_close(open);
        }
    }
};

Speech::Speech() = default;
Speech::~Speech() = default;

bool Speech::say(const std::string& text, const std::string& language) {
    if (!connection_) {
        connection_ = std::make_unique<Connection>();
    }
    auto* const open = connection_->open;
    if (open == nullptr) {
        connection_.reset();  // a service may be there the next time
        return false;
    }
    (void)spd_cancel(open);
    (void)spd_set_language(open, language.substr(0, language.find('-')).c_str());
    const bool said = spd_say(open, SPD_TEXT, text.substr(0, kSpokenBytesMax).c_str()) >= 0;
    if (!said) {
        connection_.reset();
    }
    return said;
}

void Speech::hush() {
    if (connection_ && connection_->open != nullptr) {
        (void)spd_cancel(connection_->open);
    }
}

}  // namespace assay::platform
