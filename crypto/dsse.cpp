#include "crypto/dsse.h"

#include <algorithm>

#include <boost/json.hpp>

#include "crypto/base64.h"

namespace assay::crypto {

namespace {

Error malformed() { return fail(Code::kInvalid, "crypto.dsse.malformed"_id); }

/// The characters of a media type: none of them needs an escape in JSON.
bool is_type_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$&-^_.+/").find(c) != std::string_view::npos;
}

std::string_view string_field(const boost::json::object& object, std::string_view name) {
    const boost::json::value* const field = object.if_contains(name);
    const boost::json::string* const text = field == nullptr ? nullptr : field->if_string();
    return text == nullptr ? std::string_view{} : std::string_view(text->data(), text->size());
}

Result<EnvelopeSignature> read_signature(const boost::json::value& value) {
    const boost::json::object* const object = value.if_object();
    if (object == nullptr) {
        return malformed();
    }
    const Result<Digest> keyid = Digest::from_hex(string_field(*object, "keyid"));
    const Result<Bytes> bytes = from_base64(string_field(*object, "sig"));
    if (!keyid.ok() || !bytes.ok()) {
        return malformed();
    }
    const Result<Signature> sig = Signature::from_bytes(*bytes);
    if (!sig.ok()) {
        return malformed();
    }
    return EnvelopeSignature{*keyid, *sig};
}

Result<std::vector<EnvelopeSignature>> read_signatures(const boost::json::object& object) {
    const boost::json::value* const field = object.if_contains("signatures");
    const boost::json::array* const list = field == nullptr ? nullptr : field->if_array();
    if (list == nullptr) {
        return malformed();
    }
    if (list->size() > kSignaturesMax) {
        return fail(Code::kLimit, "crypto.dsse.limit"_id,
                    {{"limit", std::to_string(kSignaturesMax)}});
    }
    std::vector<EnvelopeSignature> out;
    std::set<Digest> seen;
    for (const boost::json::value& value : *list) {
        ASSAY_TRY(EnvelopeSignature signature, read_signature(value));
        if (!seen.insert(signature.keyid).second) {
            return malformed();
        }
        out.push_back(signature);
    }
    return out;
}

Result<boost::json::value> read_json(ByteView json) {
    boost::json::parse_options options;
    options.max_depth = 4;
    boost::system::error_code error;
    const std::string_view text = as_text(json);
    boost::json::value value =
        boost::json::parse(boost::json::string_view(text.data(), text.size()), error, {}, options);
    if (error || !value.is_object()) {
        return malformed();
    }
    return value;
}

}  // namespace

// One spelling only: whatever the JSON reader lets through (spaces, escapes, unknown or repeated
// fields, another order), the bytes must be those that json() writes.
Result<Envelope> Envelope::parse(ByteView json) {
    if (json.size() > kEnvelopeBytesMax) {
        return fail(Code::kLimit, "crypto.dsse.limit"_id,
                    {{"limit", std::to_string(kEnvelopeBytesMax)}});
    }
    ASSAY_TRY(const boost::json::value value, read_json(json));
    const boost::json::object& object = value.get_object();
    Envelope out;
    out.payload_type = string_field(object, "payloadType");
    if (out.payload_type.empty() || out.payload_type.size() > kPayloadTypeBytesMax ||
        !std::ranges::all_of(out.payload_type, is_type_character)) {
        return malformed();
    }
    Result<Bytes> payload = from_base64(string_field(object, "payload"));
    if (!payload.ok()) {
        return malformed();
    }
    out.payload = std::move(payload).value();
    ASSAY_TRY(out.signatures, read_signatures(object));
    if (out.json() != as_text(json)) {
        return malformed();
    }
    return out;
}

std::string Envelope::json() const {
    std::string out = R"({"payloadType":")" + payload_type + R"(","payload":")" +
                      to_base64(payload) + R"(","signatures":[)";
    for (const EnvelopeSignature& signature : signatures) {
        if (&signature != &signatures.front()) {
            out += ',';
        }
        out += R"({"keyid":")" + signature.keyid.hex() + R"(","sig":")" +
               to_base64(signature.sig.view()) + R"("})";
    }
    return out + "]}";
}

Bytes Envelope::pae() const {
    Bytes out = to_bytes("DSSEv1 " + std::to_string(payload_type.size()) + ' ' + payload_type +
                         ' ' + std::to_string(payload.size()) + ' ');
    append(out, payload);
    return out;
}

void Envelope::add_signature(const SigningKey& key) {
    const EnvelopeSignature mine{key.verify_key().id(), key.sign(pae())};
    const auto old = std::ranges::find(signatures, mine.keyid, &EnvelopeSignature::keyid);
    if (old != signatures.end()) {
        *old = mine;
    } else {
        signatures.push_back(mine);
    }
}

std::set<VerifyKey> signers(const Envelope& envelope, std::span<const VerifyKey> allowed) {
    const Bytes message = envelope.pae();
    std::set<VerifyKey> out;
    for (const VerifyKey& key : allowed) {
        const Digest id = key.id();
        for (const EnvelopeSignature& signature : envelope.signatures) {
            if (signature.keyid == id && key.verifies(message, signature.sig)) {
                out.insert(key);
            }
        }
    }
    return out;
}

Status require_threshold(const Envelope& envelope, std::span<const VerifyKey> allowed,
                         std::size_t threshold) {
    ASSAY_CHECK(threshold >= 1);
    const std::size_t found = signers(envelope, allowed).size();
    if (found < threshold) {
        return fail(Code::kDenied, "crypto.dsse.threshold"_id,
                    {{"found", std::to_string(found)}, {"needed", std::to_string(threshold)}});
    }
    return Ok{};
}

}  // namespace assay::crypto
