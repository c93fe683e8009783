#include "crypto/record/json_reader.h"

#include <boost/json.hpp>

#include "crypto/age.h"
#include "crypto/base64.h"
#include "crypto/ed25519.h"

namespace assay::record {
namespace json = boost::json;

const json::value* JsonReader::find(std::string_view name) const {
    const json::object* object = json_->if_object();
    return object == nullptr ? nullptr : object->if_contains(name);
}

const json::value& JsonReader::element(std::size_t index) const {
    return json_->get_array()[index];
}

std::size_t JsonReader::list_size() {
    const json::array* array = json_->if_array();
    if (array == nullptr || array->size() > kListMax) {
        refuse("", "list");
        return 0;
    }
    return array->size();
}

void JsonReader::require_object() {
    if (!json_->is_object()) {
        refuse("", "type");
    }
}

void JsonReader::read_integer(std::int64_t& number) {
    if (!json_->is_int64()) {
        refuse("", "type");
        return;
    }
    number = json_->get_int64();
}

void JsonReader::value(std::string& text) {
    if (!json_->is_string()) {
        refuse("", "type");
        return;
    }
    text = std::string(json_->get_string());
}

void JsonReader::value(bool& flag) {
    if (!json_->is_bool()) {
        refuse("", "type");
        return;
    }
    flag = json_->get_bool();
}

void JsonReader::value(WallTime& time) {
    std::string text;
    value(text);
    const auto read = WallTime::from_text(text);
    if (!read.ok()) {
        refuse("", "time");
        return;
    }
    time = read.value();
}

void JsonReader::value(Bytes& bytes) {
    std::string text;
    value(text);
    auto read = crypto::from_base64(text);
    if (!read.ok()) {
        refuse("", "base64");
        return;
    }
    bytes = std::move(read).value();
}

void JsonReader::value(AgePublic& key) {
    std::string text;
    value(text);
    const auto read = crypto::AgeRecipient::from_text(text);
    if (!read.ok()) {
        refuse("", "key");
        return;
    }
    const ByteView bytes = read->view();
    std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
}

void JsonReader::value(SigningPublic& key) {
    std::string text;
    value(text);
    if (!ok() || !read_hex(text, key.bytes).ok() ||
        !crypto::VerifyKey::from_bytes(key.view()).ok()) {
        refuse("", "key");
    }
}

void JsonReader::value(Subject& subject) {
    field("name", subject.name);
    const json::value* digest = find("digest");
    if (digest == nullptr) {
        refuse("digest", "missing");
        return;
    }
    JsonReader inner(*digest);
    inner.field("sha256", subject.digest);
    take("digest", inner);
}

void JsonReader::refuse(std::string_view where, std::string_view problem) {
    if (ok()) {
        where_ = where;
        problem_ = problem;
    }
}

void JsonReader::take(std::string_view name, const JsonReader& inner) {
    if (!inner.ok()) {
        const std::string place(name);
        refuse(inner.where().empty() ? place : place + '/' + inner.where(), inner.problem());
    }
}

namespace {

/// Boost.JSON keeps the last of two members with one name; a second one would be written once, so
/// read_exact() refuses it by comparing bytes.
Error parse_error(const char* problem) {
    return fail(Code::kInvalid, "record.json.malformed"_id, {{"problem", problem}});
}

}  // namespace

Result<json::value> parse_json(ByteView bytes) {
    if (bytes.size() > kJsonBytesMax) {
        return fail(
            Code::kLimit, "record.json.too-large"_id,
            {{"size", std::to_string(bytes.size())}, {"limit", std::to_string(kJsonBytesMax)}});
    }
    json::parse_options options;
    options.max_depth = kJsonDepthMax;
    json::error_code error;
    json::value parsed = json::parse(as_text(bytes), error, {}, options);
    if (error) {
        return parse_error("syntax");
    }
    return parsed;
}

Error reading_error(std::string_view kind, const JsonReader& reader) {
    return fail(
        Code::kInvalid, "record.object.malformed"_id,
        {{"object", std::string(kind)}, {"member", reader.where()}, {"problem", reader.problem()}});
}

}  // namespace assay::record
