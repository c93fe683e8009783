#pragma once

#include <algorithm>

#include "crypto/command/new_file.h"
#include "crypto/command/pin.h"
#include "crypto/command/session.h"

namespace assay::keys {

using command::open_ring;
using command::PinSource;
using command::print;
using command::read_new_pin;
using command::read_pin;
using command::Session;
using command::tell;
using command::write_new;

/// Says before the error of what file it is, where a command reads several and the error does not
/// name one.
template <typename T>
Result<T> of_file(const Session& session, const Path& path, Result<T> read) {
    if (!read.ok()) {
        const Args& args = read.error().what.args;
        if (std::ranges::none_of(args, [](const auto& arg) { return arg.first == "path"; })) {
            tell(session.say("keys.file.about"_id, {{"path", path.string()}}));
        }
    }
    return read;
}

}  // namespace assay::keys
