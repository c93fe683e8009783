#pragma once
// Unsigned files in one byte form. Pure, any thread. kInvalid where it is not exact, kLimit.
#include "crypto/base/bytes.h"
#include "crypto/record/json_reader.h"
#include "crypto/record/json_writer.h"

namespace assay::record {

/// An unsigned JSON file of ours (key rows, attempts, roster, answers, index): the exact bytes.
template <typename T>
Bytes write_document(const T& object) {
    return to_bytes(JsonWriter::text(object));
}

/// Reads only what write_document would write, byte for byte. `T::kName` names it in errors.
template <typename T>
Result<T> read_document(ByteView bytes) {
    ASSAY_TRY(const boost::json::value json, parse_json(bytes));
    JsonReader reader(json);
    T object{};
    reader.value(object);
    if (!reader.ok()) {
        return reading_error(T::kName, reader);
    }
    if (JsonWriter::text(object) != as_text(bytes)) {
        return fail(Code::kInvalid, "record.object.not-exact"_id,
                    {{"object", std::string(T::kName)}});
    }
    return object;
}

/// Reads a message that another writer made (a page's script): members in any order, unknown ones
/// ignored. For what is not signed, not stored and not from a network.
template <typename T>
Result<T> read_message(ByteView bytes) {
    ASSAY_TRY(const boost::json::value json, parse_json(bytes));
    JsonReader reader(json);
    T object{};
    reader.value(object);
    if (!reader.ok()) {
        return reading_error(T::kName, reader);
    }
    return object;
}

}  // namespace assay::record
