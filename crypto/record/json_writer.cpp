#include "crypto/record/json_writer.h"

#include "crypto/age.h"
#include "crypto/base64.h"

namespace assay::record {
namespace {

void append_escaped(std::string& out, char c) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
        out += "\\u00";
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
        return;
    }
    out += c;
}

}  // namespace

void JsonWriter::value(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
        append_escaped(out_, c);
    }
    out_ += '"';
}

void JsonWriter::value(const AgePublic& key) {
    // An x-coordinate of Curve25519 is any 32 bytes, so this cannot fail.
    value(crypto::AgeRecipient::from_bytes(key.view()).value().text());
}

void JsonWriter::value(const Bytes& bytes) { value(crypto::to_base64(bytes)); }

void JsonWriter::value(const Subject& subject) {
    begin('{');
    field("name", subject.name);
    key("digest");
    begin('{');
    field("sha256", subject.digest);
    end('}');
    end('}');
}

void JsonWriter::key(std::string_view name) {
    comma();
    value(name);
    out_ += ':';
}

void JsonWriter::begin(char bracket) {
    out_ += bracket;
    first_ = true;
}

void JsonWriter::end(char bracket) {
    out_ += bracket;
    first_ = false;
}

void JsonWriter::comma() {
    if (!first_) {
        out_ += ',';
    }
    first_ = false;
}

}  // namespace assay::record
