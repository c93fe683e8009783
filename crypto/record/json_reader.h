#pragma once
// One form of JSON (RFC 8259) read. Limits: bytes, levels, items. One thread; kInvalid, kLimit.
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/json/value.hpp>

#include "crypto/base/result.h"
#include "crypto/record/types.h"
#include "crypto/record/words.h"

namespace assay::record {

inline constexpr std::size_t kJsonBytesMax = 16U
                                             << 20U;  ///< a rows or attempts file of a large site
inline constexpr std::size_t kJsonDepthMax = 16;
inline constexpr std::size_t kListMax = 200000;

/// Fills an object from parsed JSON by its fields(). Remembers the first error and the member it
/// was in. Members that no field asks for are not looked at: read_exact() refuses them, because
/// the object would be written differently.
class JsonReader {
  public:
    explicit JsonReader(const boost::json::value& json) : json_(&json) {}

    template <typename T>
    void field(std::string_view name, T& content) {
        const boost::json::value* member = find(name);
        if (member == nullptr) {
            refuse(name, "missing");
            return;
        }
        JsonReader inner(*member);
        inner.value(content);
        take(name, inner);
    }
    template <typename T>
    void field(std::string_view name, std::optional<T>& content) {
        content.reset();
        if (find(name) != nullptr) {
            field(name, content.emplace());
        }
    }

    void value(std::string& text);
    void value(bool& flag);
    void value(WallTime& time);
    void value(Epoch& epoch) { value(epoch.value); }
    void value(Bytes& bytes);
    void value(AgePublic& key);
    void value(SigningPublic& key);
    void value(Subject& subject);
    template <std::integral I>
    void value(I& number) {
        std::int64_t wide = 0;
        read_integer(wide);
        if (std::cmp_less(wide, std::numeric_limits<I>::min()) ||
            std::cmp_greater(wide, std::numeric_limits<I>::max())) {
            refuse("", "range");
            return;
        }
        number = static_cast<I>(wide);
    }
    template <typename Tag, std::size_t N>
    void value(Fixed<Tag, N>& id) {
        std::string text;
        value(text);
        if (ok() && !read_hex(text, id.bytes).ok()) {
            refuse("", "hex");
        }
    }
    template <typename E>
        requires std::is_enum_v<E>
    void value(E& enumerated) {
        std::string text;
        value(text);
        const auto known = from_word<E>(text);
        if (!known) {
            refuse("", "word");
            return;
        }
        enumerated = *known;
    }
    template <typename T>
    void value(std::vector<T>& list) {
        const std::size_t count = list_size();
        list.clear();
        for (std::size_t i = 0; i < count && ok(); ++i) {
            JsonReader inner(element(i));
            T each{};
            inner.value(each);
            take(std::to_string(i), inner);
            list.push_back(std::move(each));
        }
    }
    template <typename T>
        requires requires(JsonReader& v, T& t) { T::fields(v, t); }
    void value(T& object) {
        require_object();
        if (ok()) {
            T::fields(*this, object);
        }
    }

    bool ok() const { return problem_.empty(); }
    /// Where: "roster/3/seat"; what: missing, type, range, hex, word, time, base64, key, list.
    const std::string& where() const { return where_; }
    const std::string& problem() const { return problem_; }

  private:
    const boost::json::value* find(std::string_view name) const;
    const boost::json::value& element(std::size_t index) const;
    std::size_t list_size();
    void require_object();
    void read_integer(std::int64_t& number);
    void refuse(std::string_view where, std::string_view problem);
    void take(std::string_view name, const JsonReader& inner);

    const boost::json::value* json_;
    std::string where_;
    std::string problem_;
};

/// Parses with the limits above; duplicate members, trailing bytes and bad UTF-8 are refused.
Result<boost::json::value> parse_json(ByteView bytes);

/// The error of a reader that is not ok(), for an object of kind `kind`.
Error reading_error(std::string_view kind, const JsonReader& reader);

}  // namespace assay::record
