#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/base/random.h"
#include "crypto/record/signed.h"

namespace assay::test {

/// Fills any object of the record layer with repeatable random values, by its fields(): long and
/// empty lists, absent optionals, the ends of integers, text in Chinese and with escapes.
class RandomObject {
  public:
    explicit RandomObject(std::uint64_t seed) : random_(seed) {}

    template <typename T>
    T make() {
        T out{};
        value(out);
        return out;
    }

    template <typename T>
    void field(std::string_view /*name*/, T& content) {
        value(content);
    }
    template <typename T>
    void field(std::string_view /*name*/, std::optional<T>& content) {
        content.reset();
        if (random_.below(2) == 0) {
            value(content.emplace());
        }
    }

    void value(std::string& text) {
        static const std::vector<std::string> kPieces{"a",
                                                      "Z",
                                                      "0",
                                                      " ",
                                                      "\"",
                                                      "\\",
                                                      "/",
                                                      "\n",
                                                      "\r",
                                                      "\t",
                                                      std::string("\x01"),
                                                      "\x1f",
                                                      "\x7f",
                                                      "中",
                                                      "é",
                                                      "\U0001F600",
                                                      "<",
                                                      "&",
                                                      "\u2028"};
        text.clear();
        for (std::uint64_t left = random_.below(12); left > 0; --left) {
            text += kPieces[random_.below(kPieces.size())];
        }
    }
    void value(bool& flag) { flag = random_.below(2) == 0; }
    void value(WallTime& time) {
        time.seconds = static_cast<std::int64_t>(random_.below(1U << 31U));
    }
    void value(Epoch& epoch) { value(epoch.value); }
    void value(Bytes& bytes) {
        bytes.resize(random_.below(80));
        random_.fill(bytes);
    }
    void value(record::SigningPublic& key) {
        key = record::public_of(crypto::SigningKey::generate(random_));
    }
    void value(record::AgePublic& key) {
        key = record::public_of(crypto::AgeIdentity::generate(random_).recipient());
    }
    template <std::integral I>
    void value(I& number) {
        const auto most = static_cast<std::uint64_t>(
            std::min<std::uintmax_t>(std::numeric_limits<I>::max(), INT64_MAX));
        switch (random_.below(4)) {
            case 0:
                number = std::numeric_limits<I>::min();
                return;
            case 1:
                number = static_cast<I>(most);
                return;
            default:
                number = static_cast<I>(random_.below(std::min<std::uint64_t>(most, 100000)));
        }
    }
    template <typename Tag, std::size_t N>
    void value(Fixed<Tag, N>& id) {
        random_.fill(id.bytes);
    }
    template <typename E>
        requires std::is_enum_v<E>
    void value(E& enumerated) {
        const auto& words = record::Words<E>::kWords;
        enumerated = words[random_.below(words.size())].first;
    }
    template <typename T>
    void value(std::vector<T>& list) {
        list.resize(random_.below(4));
        for (T& each : list) {
            value(each);
        }
    }
    template <typename T>
        requires requires(RandomObject& v, T& t) { T::fields(v, t); }
    void value(T& object) {
        T::fields(*this, object);
    }

    FakeRandom& random() { return random_; }

  private:
    FakeRandom random_;
};

}  // namespace assay::test
