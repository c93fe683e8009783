#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "crypto/base/disk.h"
#include "crypto/base64.h"
#include "crypto/tlog/edge.h"
#include "crypto/tlog/proof.h"
#include "tests/support/conformance.h"
#include "tests/support/paths.h"

namespace assay::tlog {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string read_text(const fs::path& path) {
    SystemDisk disk;
    return to_string(read_file(disk, path, 1 << 24).value());
}

json::value read_json(const fs::path& path) { return json::parse(read_text(path)); }

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

class TlogConformance : public testing::Test {
  protected:
    void SetUp() override {
        const auto data = test::conformance_data();
        if (!data || !fs::exists(*data / "crypto" / "rfc6962-merkle")) {
            GTEST_SKIP() << test::conformance_skip_reason();
        }
        data_ = *data / "crypto";
    }
    fs::path data_;
};

/// A hash of the data; nothing where it is absent or not 32 bytes long.
std::optional<Digest> hash_of(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) {
        return std::nullopt;
    }
    const auto bytes = crypto::from_base64(text_of(*value));
    if (!bytes.ok() || bytes->size() != Digest::kBytes) {
        return std::nullopt;
    }
    return Digest::from_bytes(*bytes).value();
}

std::optional<Proof> proof_of(const json::object& object) {
    Proof proof;
    const json::value* value = object.if_contains("proof");
    if (value == nullptr || value->is_null()) {
        return proof;
    }
    for (const json::value& item : value->as_array()) {
        const auto bytes = crypto::from_base64(text_of(item));
        if (!bytes.ok() || bytes->size() != Digest::kBytes) {
            return std::nullopt;
        }
        proof.push_back(Digest::from_bytes(*bytes).value());
    }
    return proof;
}

bool includes(const json::object& o) {
    const auto proof = proof_of(o);
    const auto root = hash_of(o, "root");
    const auto leaf = hash_of(o, "leafHash");
    if (!proof || !root || !leaf) {
        return false;
    }
    const TreeHead head{o.at("treeSize").to_number<std::uint64_t>(), *root};
    return verify_inclusion(*proof, o.at("leafIdx").to_number<std::uint64_t>(), *leaf, head).ok();
}

bool extends(const json::object& o) {
    const auto proof = proof_of(o);
    const auto before = hash_of(o, "root1");
    const auto now = hash_of(o, "root2");
    if (!proof || !before || !now) {
        return false;
    }
    return verify_consistency(*proof, {o.at("size1").to_number<std::uint64_t>(), *before},
                              {o.at("size2").to_number<std::uint64_t>(), *now})
        .ok();
}

TEST_F(TlogConformance, ProofsAreAcceptedAndRefusedAsPublished) {
    test::Walked walked("inclusion and consistency proofs");
    int inclusion = 0;
    int consistency = 0;
    for (const auto& entry : fs::recursive_directory_iterator(data_ / "rfc6962-merkle")) {
        if (entry.path().extension() != ".json") {
            continue;
        }
        const json::object object = read_json(entry.path()).as_object();
        if (object.contains("root_by_size")) {
            continue;  // RootsAreAsPublished reads it
        }
        const bool expected = !object.at("wantErr").as_bool();
        const bool is_inclusion = object.contains("leafIdx");
        (is_inclusion ? inclusion : consistency) += 1;
        walked.file(entry.path());
        walked.cases();
        EXPECT_EQ(is_inclusion ? includes(object) : extends(object), expected) << entry.path();
    }
    EXPECT_GT(inclusion, 0);
    EXPECT_GT(consistency, 0);
}

void check_roots(const json::object& tree) {
    const json::array& roots = tree.at("root_by_size").as_array();
    Edge edge;
    std::vector<TileFile> filled;
    EXPECT_EQ(edge.root().hex(), text_of(roots[0]));
    std::size_t size = 0;
    for (const json::value& leaf : tree.at("leaf_inputs").as_array()) {
        const Bytes payload = from_hex(text_of(leaf)).value();
        edge.push(leaf_hash(payload), payload, filled);
        EXPECT_EQ(edge.root().hex(), text_of(roots[++size]));
    }
}

TEST_F(TlogConformance, RootsAreAsPublished) {
    test::Walked walked("roots of trees");
    for (const auto& entry : fs::recursive_directory_iterator(data_ / "rfc6962-merkle")) {
        if (entry.path().extension() != ".json") {
            continue;
        }
        const json::object object = read_json(entry.path()).as_object();
        if (object.contains("root_by_size")) {
            check_roots(object);
            walked.file(entry.path());
            walked.cases(object.at("root_by_size").as_array().size());
        }
    }
    EXPECT_GT(walked.count(), 0U);
}

/// A note that is accepted or refused as it says, and that is written again as it was read.
void check_note(const json::object& object) {
    const Bytes bytes = crypto::from_base64(text_of(object.at("note_b64"))).value();
    std::vector<NoteKey> keys;
    for (const json::value& key : object.at("vkeys").as_array()) {
        keys.push_back(NoteKey::from_text(text_of(key)).value());
    }
    const auto note = Note::parse(as_text(bytes));
    const bool accepted = note.ok() && verify_note(*note, keys).ok();
    EXPECT_EQ(accepted, text_of(object.at("expect")) == "accept") << object.at("name");
    if (note.ok()) {
        EXPECT_EQ(note->write(), as_text(bytes)) << object.at("name");
    }
}

TEST_F(TlogConformance, NotesAreAcceptedAndRefusedAsPublished) {
    test::Walked walked("notes");
    for (const auto& entry : fs::directory_iterator(data_ / "tlog")) {
        if (entry.path().extension() == ".json") {
            walked.file(entry.path());
            const json::value notes = read_json(entry.path());
            for (const json::value& value : notes.as_array()) {
                check_note(value.as_object());
                walked.cases();
            }
        }
    }
    EXPECT_GT(walked.count(), 0U);
}

/// Every published checkpoint of the log is signed, and its tiles and bundles lead to the root.
TEST_F(TlogConformance, PublishedLogIsRebuiltFromItsTilesAtEverySize) {
    test::Walked walked("checkpoints");
    for (const auto& vkey : fs::recursive_directory_iterator(data_ / "tlog")) {
        if (vkey.path().filename() != "log.vkey") {
            continue;
        }
        const fs::path folder = vkey.path().parent_path() / "log";
        std::string text = read_text(vkey.path());
        text.erase(text.find_last_not_of("\r\n") + 1);
        const NoteKey key = NoteKey::from_text(text).value();
        walked.file(vkey.path());
        const auto read = [&](const Resource& what) -> Result<Bytes> {
            walked.file(folder / what.path());
            return to_bytes(read_text(folder / what.path()));
        };
        std::vector<TreeHead> heads;
        for (const auto& file : fs::directory_iterator(folder)) {
            if (!file.path().filename().string().starts_with("checkpoint")) {
                continue;
            }
            const auto checkpoint = verify_checkpoint(read_text(file.path()), key);
            ASSERT_TRUE(checkpoint.ok()) << file.path() << to_string(checkpoint.error());
            const Edge edge = Edge::load(checkpoint->head.size, read).value();
            EXPECT_EQ(edge.root(), checkpoint->head.root) << file.path();
            heads.push_back(checkpoint->head);
            walked.file(file.path());
            walked.cases();
        }
        for (const TreeHead& a : heads) {
            for (const TreeHead& b : heads) {
                if (a.size > b.size) {
                    continue;
                }
                const Edge edge = Edge::load(b.size, read).value();
                const auto reader = [&](unsigned l, std::uint64_t i) { return edge.subtree(l, i); };
                const Proof proof = prove_consistency(reader, a.size, b.size).value();
                EXPECT_TRUE(verify_consistency(proof, a, b).ok()) << a.size << " " << b.size;
            }
        }
    }
    EXPECT_GT(walked.count(), 0U);
}

}  // namespace
}  // namespace assay::tlog
