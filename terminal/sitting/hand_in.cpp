#include "terminal/sitting/hand_in.h"

#include "crypto/record/document.h"
#include "question-bank/item/result_report.h"

namespace assay::sitting {
namespace {

item::ItemReport item_report(const Paper::Entry& entry, const State& state, WallTime time) {
    item::ItemReport out;
    out.identifier = entry.identifier;
    out.time = time;
    out.item = entry.item.get();
    const auto found = state.items.find(entry.identifier);
    if (found == state.items.end()) {
        return out;
    }
    for (const auto& [name, answer] : found->second.responses) {
        const item::Declaration* declaration = entry.item->response(name);
        if (declaration == nullptr) {
            continue;
        }
        auto value = item::value_from_text(*declaration, answer.values.value_or(item::TextLines{}));
        if (value.ok()) {
            out.responses[name] = std::move(value).value();
        }
        if (answer.typed) {
            out.raw[name] = {*answer.typed};
        }
    }
    return out;
}

}  // namespace

std::string result_report(const State& state, const Paper* paper, WallTime time) {
    item::AttemptReport report;
    report.source_id = state.terms.attempt.hex();
    report.time = time;
    if (paper != nullptr) {
        report.test_identifier = paper->test_identifier;
        std::size_t sequence = 0;
        for (const Paper::Entry& entry : paper->entries) {
            report.items.push_back(item_report(entry, state, time));
            report.items.back().sequence = ++sequence;
        }
    }
    return item::write_result_report(report);
}

Result<BuiltPackage> build_package(Random& random, const crypto::SigningKey& terminal,
                                   const HandIn& hand_in) {
    const State& state = hand_in.state;
    ASSAY_CHECK(state.start && state.handed_in);
    record::PackageContents contents;
    for (const record::PackagedJournal& journal : hand_in.journals) {
        contents.journals.push_back(
            {journal.start, journal.key.copy(), journal.records, journal.acknowledgement});
    }
    contents.moves = hand_in.moves;
    contents.answers = record::write_document(state.answers());
    contents.result = to_bytes(result_report(state, hand_in.paper, hand_in.time));
    contents.index = {state.files, state.evidence.segments, state.evidence.gaps};
    contents.salt = hand_in.salt;
    Bytes tar = record::write_contents(contents);
    const crypto::WipeLater wiper(tar);
    Bytes age = crypto::age_encrypt(random, tar, record::age_recipient(hand_in.recipient));
    if (age.size() > record::kPackageBytesMax) {
        return fail(Code::kLimit, "sitting.package.too-large"_id,
                    {{"size", std::to_string(age.size())},
                     {"limit", std::to_string(record::kPackageBytesMax)}});
    }
    record::Package package;
    package.package = crypto::sha256(age);
    package.bytes = age.size();
    package.manifest = state.terms.manifest;
    package.room = state.start->room;
    package.attempt = state.terms.attempt;
    package.epoch = state.start->epoch;
    for (const auto& move : hand_in.moves) {
        package.moves.push_back(move.digest);
    }
    package.parts = state.released;
    package.terminal = hand_in.terminal;
    package.journals = hand_in.heads;
    package.files = state.files;
    package.evidence = state.evidence.counts();
    package.commitment = record::commitment(hand_in.salt, state.terms.attempt, contents.answers);
    package.kind = state.hand_in_kind;
    package.time = hand_in.time;
    return BuiltPackage{record::sign(std::move(package), terminal), std::move(age)};
}

}  // namespace assay::sitting
