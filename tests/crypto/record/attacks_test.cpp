// Every signed object against everybody who could have changed, cut, mixed or replayed it. A new
// object is a row of attacked_fixture.cpp; a test fails until it has one.
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
