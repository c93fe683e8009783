#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "crypto/base/check.h"
#include "crypto/base/message.h"

namespace assay {

/// What kind of thing went wrong; decides exit codes, HTTP status and whether to try again.
enum class Code {
    kUsage,        ///< the call itself is wrong
    kInvalid,      ///< input that is not what it says it is
    kCorrupt,      ///< stored or signed data does not agree with its digest, signature or chain
    kDenied,       ///< wrong PIN, key, role or code
    kRefused,      ///< understood and valid, but a rule says no
    kConflict,     ///< something else with this name is already there
    kNotFound,     ///< no such thing
    kLimit,        ///< larger, longer or more than a named limit
    kUnavailable,  ///< the other side or a device is not there now; trying again may help
    kFull,         ///< no space left
    kIo,           ///< the disk or the system failed
};

/// A short fixed word for logs and JSON: "invalid", "denied", ...
const char* code_name(Code code);

/// Process exit code for an error: 2 for kUsage, 10 and up for the others in their order.
int exit_code(Code code);

/// What happened and, through the catalogue's "<id>.hint", the next step a person can take.
struct Error {
    Code code;
    Message what;

    friend bool operator==(const Error&, const Error&) = default;
};

/// "code id key=value ...", for logs and test output.
std::string to_string(const Error& error);

/// Shorthand: `return fail(Code::kInvalid, "age.header.malformed"_id, {{"line", "3"}});`
inline Error fail(Code code, MessageId id, Args args = {}) {
    return Error{code, Message{id, std::move(args)}};
}

/// Success without a value.
struct Ok {
    friend bool operator==(Ok, Ok) = default;
};

/// Either a value or an Error. value() on an error is a bug and ends the process.
template <typename T>
class [[nodiscard]] Result {
  public:
    // Implicit on purpose: `return value;` and `return fail(...)` both read well.
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & {
        ASSAY_CHECK(ok());
        return std::get<0>(state_);
    }
    const T& value() const& {
        ASSAY_CHECK(ok());
        return std::get<0>(state_);
    }
    T&& value() && {
        ASSAY_CHECK(ok());
        return std::get<0>(std::move(state_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const {
        ASSAY_CHECK(!ok());
        return std::get<1>(state_);
    }

  private:
    std::variant<T, Error> state_;
};

using Status = Result<Ok>;

}  // namespace assay

#define ASSAY_JOIN_INNER(a, b) a##b
#define ASSAY_JOIN(a, b) ASSAY_JOIN_INNER(a, b)

/// ASSAY_TRY(auto key, read_key(path)); returns the error to our caller, or declares `key`.
#define ASSAY_TRY(declaration, ...) \
    ASSAY_TRY_AS(ASSAY_JOIN(assay_try_, __LINE__), declaration, __VA_ARGS__)
#define ASSAY_TRY_AS(name, declaration, ...) \
    auto name = (__VA_ARGS__);               \
    if (!name.ok()) {                        \
        return name.error();                 \
    }                                        \
    declaration = std::move(name).value()

/// ASSAY_TRY_STATUS(write(...)); the same where there is no value.
#define ASSAY_TRY_STATUS(...)                        \
    do {                                             \
        const auto assay_try_status = (__VA_ARGS__); \
        if (!assay_try_status.ok()) {                \
            return assay_try_status.error();         \
        }                                            \
    } while (false)
