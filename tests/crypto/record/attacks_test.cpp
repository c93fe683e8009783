// Every signed object against everybody who could have changed, cut, mixed or replayed it. A new
// object is a row of attacked_fixture.cpp; a test fails until it has one.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/crypto/record/all_objects.h"
#include "tests/crypto/record/attacked.h"

namespace assay::test {
namespace {

constexpr int kBodyBits = 200;

class Attacks : public ::testing::Test {
  protected:
    /// Refused by an error that names the object; its id.
    static std::string refusal(const Attacked& object, std::string_view json) {
        const Status status = object.check(as_bytes(json));
        if (status.ok()) {
            return "accepted";
        }
        const Error& error = status.error();
        bool named = error.what.id.text().find(object.name) != std::string_view::npos;
        for (const auto& [name, value] : error.what.args) {
            named = named || (name == "object" && value == object.name);
        }
        EXPECT_TRUE(named) << to_string(error) << " does not name the " << object.name;
        return std::string(error.what.id.text());
    }
    static void expect_refused(const Attacked& object, std::string_view json,
                               const std::string& how) {
        EXPECT_NE(refusal(object, json), "accepted") << object.name << ": " << how << '\n' << json;
    }
    /// Where the payload's Base64 stands in an envelope.
    static std::pair<std::size_t, std::size_t> payload_of(const std::string& json) {
        const std::string_view key = R"("payload":")";
        const std::size_t begin = json.find(key) + key.size();
        return {begin, json.find('"', begin)};
    }
    static std::string flipped(std::string json, std::size_t bit) {
        json[bit / 8] = static_cast<char>(json[bit / 8] ^ (1 << (bit % 8)));
        return json;
    }

    OneSitting world_;
    std::vector<Attacked> objects_ = attacked_objects(world_);
};

template <typename... T>
std::set<std::string> names(TypeList<T...> /*types*/) {
    return {std::string(T::kName)...};
}

TEST_F(Attacks, KnowEveryObject) {
    std::set<std::string> attacked;
    for (const Attacked& object : objects_) {
        attacked.insert(object.name);
        EXPECT_TRUE(object.check(as_bytes(object.good)).ok()) << object.name;
        EXPECT_TRUE(object.check(as_bytes(object.other)).ok()) << object.name;
    }
    EXPECT_EQ(attacked, names(SignedObjects{}));
}

TEST_F(Attacks, FailForEveryOtherSigner) {
    for (const Attacked& object : objects_) {
        for (const auto& [who, json] : object.wrong_keys) {
            EXPECT_EQ(refusal(object, json), "record.signature.too-few")
                << object.name << " signed by " << who;
        }
    }
}

TEST_F(Attacks, FailForEveryOtherPlaceAndNameIt) {
    for (const Attacked& object : objects_) {
        for (const Replay& replay : object.replays) {
            const Status status = object.check(as_bytes(replay.json));
            ASSERT_FALSE(status.ok()) << object.name << " of another " << replay.member;
            const std::string said = to_string(status.error());
            EXPECT_NE(said.find(replay.member), std::string::npos) << object.name << ": " << said;
            EXPECT_NE(status.error().what.id.text(), "record.signature.too-few");
        }
    }
}

/// The member by which each object is found to belong elsewhere. An exam, a site and a sitting
/// stand in the manifest, whose digest the rest of a sitting names; an attempt and its epoch in the
/// start, whose digest is the journal's name.
const std::map<std::string, std::set<std::string>> kBoundBy = {
    {"key-list", {"organisation", "rows"}},
    {"enrolment", {"site"}},
    {"sitting-manifest", {"organisation", "key-list"}},
    {"batch", {"exam"}},
    {"release", {"manifest", "site", "room", "desk", "part", "batch"}},
    {"withdrawal", {"exam"}},
    {"room-opening", {"manifest", "room", "number"}},
    {"start", {"manifest", "room", "attempt", "terminal"}},
    {"acknowledgement", {"journal"}},
    {"move", {"manifest", "room", "attempt", "epoch", "continued"}},
    {"desk-order", {"manifest", "room"}},
    {"seal", {"manifest", "room", "opening", "rows"}},
    {"package", {"manifest", "room", "attempt", "epoch", "terminal", "parts"}},
    {"mark-sheet", {"attempt", "rubric"}},
    {"result", {"attempt", "manifest", "source", "predecessor"}},
    {"result-entry", {"result"}},
    {"correction", {"sitting"}},
    {"decision", {"sitting"}},
    {"publication", {"sitting"}},
    {"opened", {"package", "attempt", "epoch"}},
    {"opening", {"package", "attempt", "attemptKey"}},
    {"disclosure", {"sitting", "manifest"}},
    {"recovery", {"package", "attempt", "epoch"}},
    {"erasure", {"sitting", "manifest", "attempts"}},
};

TEST_F(Attacks, AreTriedUnderEachPlaceThatAnObjectIsBoundTo) {
    std::map<std::string, std::set<std::string>> tried;
    for (const Attacked& object : objects_) {
        for (const Replay& replay : object.replays) {
            tried[object.name].insert(replay.member);
        }
    }
    for (const auto& [name, members] : kBoundBy) {
        for (const std::string& member : members) {
            EXPECT_TRUE(tried[name].contains(member)) << name << " of another " << member;
        }
    }
    EXPECT_EQ(kBoundBy.size(), names(SignedObjects{}).size()) << "an object without its row";
}

// What a person does next differs: fetch the file again, or get a signature, or take the right
// file.
TEST_F(Attacks, AreRefusedForAReasonOfTheirOwn) {
    for (const Attacked& object : objects_) {
        const std::string& good = object.good;
        EXPECT_EQ(refusal(object, good.substr(0, good.size() - 1)), "record.envelope.malformed");
        EXPECT_EQ(refusal(object, good + "x"), "record.envelope.malformed");
        // A signature that is another one, in the right form: one of the keys did not sign.
        std::string forged = good;
        const std::size_t sig = forged.find(R"("sig":")") + 7;
        forged[sig] = forged[sig] == 'A' ? 'B' : 'A';
        EXPECT_EQ(refusal(object, forged), "record.signature.too-few") << object.name;
        // Another key id: that signature is nobody's.
        std::string nobody = good;
        const std::size_t id = nobody.find(R"("keyid":")") + 9;
        nobody[id] = nobody[id] == '0' ? '1' : '0';
        EXPECT_EQ(refusal(object, nobody), "record.signature.too-few") << object.name;
        for (const Replay& replay : object.replays) {
            const std::string why = refusal(object, replay.json);
            EXPECT_NE(why, "record.envelope.malformed") << object.name << ' ' << replay.member;
            EXPECT_NE(why, "record.signature.too-few") << object.name << ' ' << replay.member;
        }
    }
}

// The header of an envelope: all but its payload, that is type, key ids and signatures.
TEST_F(Attacks, FailAtEachBitOfTheHeader) {
    for (const Attacked& object : objects_) {
        const auto [begin, end] = payload_of(object.good);
        for (std::size_t bit = 0; bit < object.good.size() * 8; ++bit) {
            if (bit / 8 < begin || bit / 8 >= end) {
                expect_refused(object, flipped(object.good, bit), "bit " + std::to_string(bit));
            }
        }
    }
}

TEST_F(Attacks, FailAtAnyBitOfTheBody) {
    for (const Attacked& object : objects_) {
        const auto [begin, end] = payload_of(object.good);
        for (int i = 0; i < kBodyBits; ++i) {
            const std::size_t bit = begin * 8 + world_.random.below((end - begin) * 8);
            expect_refused(object, flipped(object.good, bit), "bit " + std::to_string(bit));
        }
    }
}

TEST_F(Attacks, FailWithACutOrAnAppendedByte) {
    for (const Attacked& object : objects_) {
        for (std::size_t size = 0; size < object.good.size(); ++size) {
            expect_refused(object, object.good.substr(0, size), "cut at " + std::to_string(size));
        }
        for (const char* more : {"\n", " ", "x", "{}", "\0"}) {
            expect_refused(object, object.good + std::string(more, 1), "appended");
        }
        expect_refused(object, object.good + object.good, "twice");
    }
}

TEST_F(Attacks, FailWhenPiecesAreSwapped) {
    for (const Attacked& object : objects_) {
        const std::size_t piece = object.good.size() / 8;
        for (std::size_t i = 0; i + 1 < 8; ++i) {
            std::string swapped = object.good;
            std::swap_ranges(swapped.begin() + static_cast<std::ptrdiff_t>(i * piece),
                             swapped.begin() + static_cast<std::ptrdiff_t>((i + 1) * piece),
                             swapped.begin() + static_cast<std::ptrdiff_t>((i + 1) * piece));
            expect_refused(object, swapped, "pieces swapped");
        }
    }
}

TEST_F(Attacks, FailWhenTwoFilesAreSpliced) {
    for (const Attacked& object : objects_) {
        const auto [begin, end] = payload_of(object.good);
        const auto [other_begin, other_end] = payload_of(object.other);
        const std::string spliced = object.good.substr(0, begin) +
                                    object.other.substr(other_begin, other_end - other_begin) +
                                    object.good.substr(end);
        EXPECT_EQ(refusal(object, spliced), "record.signature.too-few") << object.name;
    }
}

TEST_F(Attacks, FailWhereAnotherObjectIsGiven) {
    for (const Attacked& object : objects_) {
        for (const Attacked& other : objects_) {
            if (other.name != object.name) {
                EXPECT_EQ(refusal(object, other.good), "record.statement.other-type");
            }
        }
    }
}

}  // namespace
}  // namespace assay::test
