#pragma once
// One form of JSON (RFC 8259) written: README.md, "Exact bytes". One thread; no errors.
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/record/types.h"
#include "crypto/record/words.h"

namespace assay::record {

/// Writes an object in the one byte form that we read: compact JSON, members in the order of the
/// type's fields(), absent optionals left out, the shortest escapes, UTF-8 as it is. Numbers are
/// integers only. A type is written by its static `fields(visitor, self)`.
class JsonWriter {
  public:
    template <typename T>
    static std::string text(const T& object) {
        JsonWriter writer;
        writer.value(object);
        return std::move(writer.out_);
    }

    template <typename T>
    void field(std::string_view name, const T& content) {
        key(name);
        value(content);
    }
    template <typename T>
    void field(std::string_view name, const std::optional<T>& content) {
        if (content) {
            field(name, *content);
        }
    }

    void value(std::string_view text);
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(const char* text) { value(std::string_view(text)); }
    void value(bool flag) { out_ += flag ? "true" : "false"; }
    template <std::integral I>
    void value(I number) {
        out_ += std::to_string(number);
    }
    template <typename Tag, std::size_t N>
    void value(const Fixed<Tag, N>& id) {
        value(id.hex());
    }
    void value(const AgePublic& key);
    void value(const WallTime& time) { value(time.text()); }
    void value(const Epoch& epoch) { value(epoch.value); }
    void value(const Bytes& bytes);  ///< base64
    void value(const Subject& subject);

    template <typename E>
        requires std::is_enum_v<E>
    void value(E enumerated) {
        value(word(enumerated));
    }
    template <typename T>
    void value(const std::vector<T>& list) {
        begin('[');
        for (const T& each : list) {
            comma();
            value(each);
        }
        end(']');
    }
    template <typename T>
        requires requires(JsonWriter& v, const T& t) { T::fields(v, t); }
    void value(const T& object) {
        begin('{');
        T::fields(*this, object);
        end('}');
    }

  private:
    void key(std::string_view name);
    void begin(char bracket);
    void end(char bracket);
    void comma();

    std::string out_;
    bool first_ = true;
};

}  // namespace assay::record
