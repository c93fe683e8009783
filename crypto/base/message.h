#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// Names a sentence of the catalogues in crypto/text/po. Made only by the literal `"..."_id`, so
/// that the lint can find every id that the program can utter and ask for its translations.
class MessageId {
  public:
    /// Lower-case words joined by '.', '-' or '_'; checked at compile time.
    friend consteval MessageId operator""_id(const char* text, std::size_t size);

    constexpr std::string_view text() const { return text_; }
    friend constexpr bool operator==(MessageId a, MessageId b) { return a.text_ == b.text_; }

  private:
    constexpr explicit MessageId(std::string_view text) : text_(text) {}
    std::string_view text_;
};

consteval MessageId operator""_id(const char* text, std::size_t size) {
    const std::string_view id(text, size);
    if (id.empty()) {
        throw "empty message id";
    }
    for (const char c : id) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!word && c != '.' && c != '-' && c != '_') {
            throw "a message id is lower-case words joined by '.', '-' or '_'";
        }
    }
    return MessageId(id);
}

/// Named values for the {placeholders} of a sentence. Never a secret, never a person's data.
using Args = std::vector<std::pair<std::string, std::string>>;

/// What to say, in no language yet.
struct Message {
    MessageId id;
    Args args;

    friend bool operator==(const Message&, const Message&) = default;
};

}  // namespace assay
