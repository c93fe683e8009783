#include "crypto/record/signed.h"

namespace assay::record {
namespace detail {
namespace {

constexpr std::string_view kStatementType = "https://in-toto.io/Statement/v1";
constexpr std::string_view kPredicatePrefix = "urn:assay:v1:";

}  // namespace

std::string statement_text(std::string_view name, const std::vector<Subject>& subjects,
                           std::string_view predicate) {
    std::string out = R"({"_type":")";
    out += kStatementType;
    out += R"(","subject":)";
    out += JsonWriter::text(subjects);
    out += R"(,"predicateType":")";
    out += kPredicatePrefix;
    out += name;
    out += R"(","predicate":)";
    out += predicate;
    out += '}';
    return out;
}

Result<boost::json::value> predicate_of(std::string_view name, ByteView payload) {
    auto json = parse_json(payload);
    if (!json.ok()) {
        return fail(json.error().code, "record.statement.malformed"_id,
                    {{"object", std::string(name)}});
    }
    const boost::json::object* object = json->if_object();
    const auto* type = object == nullptr ? nullptr : object->if_contains("predicateType");
    const auto* predicate = object == nullptr ? nullptr : object->if_contains("predicate");
    if (type == nullptr || predicate == nullptr || !type->is_string()) {
        return fail(Code::kInvalid, "record.statement.malformed"_id,
                    {{"object", std::string(name)}});
    }
    const std::string expected = std::string(kPredicatePrefix) + std::string(name);
    if (std::string_view(type->get_string()) != expected) {
        return fail(Code::kInvalid, "record.statement.other-type"_id,
                    {{"object", std::string(name)}, {"found", std::string(type->get_string())}});
    }
    return *predicate;
}

Error not_exact(std::string_view name) {
    return fail(Code::kInvalid, "record.object.not-exact"_id, {{"object", std::string(name)}});
}

Result<crypto::Envelope> envelope_of(std::string_view name, ByteView json) {
    auto envelope = crypto::Envelope::parse(json);
    if (!envelope.ok()) {
        return fail(envelope.error().code, "record.envelope.malformed"_id,
                    {{"object", std::string(name)},
                     {"cause", std::string(envelope.error().what.id.text())}});
    }
    if (envelope->payload_type != crypto::kInTotoPayloadType) {
        return fail(Code::kInvalid, "record.envelope.malformed"_id,
                    {{"object", std::string(name)}, {"cause", "payloadType"}});
    }
    return envelope;
}

}  // namespace detail

Status require_signers(std::string_view name, const crypto::Envelope& envelope,
                       std::span<const SigningPublic> keys, std::size_t count) {
    std::vector<crypto::VerifyKey> allowed;
    for (const SigningPublic& key : keys) {
        const auto checked = crypto::VerifyKey::from_bytes(key.view());
        if (checked.ok()) {
            allowed.push_back(checked.value());
        }
    }
    const std::size_t found = crypto::signers(envelope, allowed).size();
    if (count == 0 || found < count) {
        return fail(Code::kDenied, "record.signature.too-few"_id,
                    {{"object", std::string(name)},
                     {"needed", std::to_string(count)},
                     {"found", std::to_string(found)}});
    }
    return Ok{};
}

crypto::VerifyKey verify_key(const SigningPublic& key) {
    return crypto::VerifyKey::from_bytes(key.view()).value();
}

SigningPublic public_of(const crypto::SigningKey& key) {
    return SigningPublic::from_bytes(key.verify_key().view()).value();
}

crypto::AgeRecipient age_recipient(const AgePublic& key) {
    return crypto::AgeRecipient::from_bytes(key.view()).value();
}

AgePublic public_of(const crypto::AgeRecipient& recipient) {
    return AgePublic::from_bytes(recipient.view()).value();
}

}  // namespace assay::record
