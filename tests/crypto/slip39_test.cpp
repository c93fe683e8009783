#include "crypto/slip39.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/base/hex.h"
#include "crypto/slip39_typing.h"
namespace assay::crypto {

namespace {

class Slip39 : public testing::Test {
  protected:
    std::vector<std::vector<SecretBytes>> split(std::size_t size, const SharePlan& plan) {
        master_ = SecretBytes::random(random_, size);
        return slip39_split(random_, master_, plan).value();
    }
    static std::vector<SecretBytes> pick(const std::vector<std::vector<SecretBytes>>& set,
                                         std::vector<std::pair<std::size_t, std::size_t>> which) {
        std::vector<SecretBytes> out;
        for (const auto& [group, member] : which) {
            out.push_back(set.at(group).at(member).copy());
        }
        return out;
    }
    static std::string why(const Result<SecretBytes>& result) {
        return result.ok() ? "ok" : std::string(result.error().what.id.text());
    }

    FakeRandom random_{11};
    SecretBytes master_;
    const SharePlan plan_{2, {{1, 1}, {2, 3}}, 0};
};

}  // namespace

TEST_F(Slip39, GivesTheSecretBackFromEveryQuorum) {
    for (const std::size_t size : {16U, 32U}) {
        const auto set = split(size, plan_);
        for (const auto& [a, b] : {std::pair{0U, 1U}, {0U, 2U}, {2U, 1U}}) {
            const auto shares = pick(set, {{1, a}, {0, 0}, {1, b}});
            EXPECT_TRUE(slip39_combine(shares)->equals(master_));
        }
    }
}

TEST_F(Slip39, NeedsBothGroupsAndTheirThresholds) {
    const auto set = split(32, plan_);
    EXPECT_EQ(why(slip39_combine(pick(set, {{0, 0}}))), "crypto.slip39.few");
    EXPECT_EQ(why(slip39_combine(pick(set, {{1, 0}, {1, 1}}))), "crypto.slip39.few");
    EXPECT_EQ(why(slip39_combine(pick(set, {{0, 0}, {1, 1}}))), "crypto.slip39.few");
    EXPECT_EQ(why(slip39_combine({})), "crypto.slip39.few");
    EXPECT_EQ(why(slip39_combine(pick(set, {{0, 0}, {1, 0}, {1, 1}, {1, 2}}))),
              "crypto.slip39.many");
    EXPECT_EQ(why(slip39_combine(pick(set, {{0, 0}, {1, 1}, {1, 1}}))), "crypto.slip39.repeated");
}

TEST_F(Slip39, RefusesSharesOfTwoSets) {
    const auto one = split(32, plan_);
    const auto two = split(32, plan_);
    std::vector<SecretBytes> shares = pick(one, {{0, 0}, {1, 0}});
    shares.push_back(two[1][1].copy());
    EXPECT_EQ(why(slip39_combine(shares)), "crypto.slip39.mixed");
}

TEST_F(Slip39, HoldsTheLargestPlan) {
    SharePlan plan{16, {}, 0};
    for (int i = 0; i < 16; ++i) {
        plan.groups.push_back({16, 16});
    }
    const auto set = split(16, plan);
    std::vector<SecretBytes> all;
    for (const auto& group : set) {
        for (const SecretBytes& share : group) {
            all.push_back(share.copy());
        }
    }
    EXPECT_TRUE(slip39_combine(all)->equals(master_));
}

TEST_F(Slip39, RefusesPlansThatTheFormatCannotHold) {
    const SecretBytes master = SecretBytes::random(random_, 16);
    for (const SharePlan& plan :
         {SharePlan{0, {{1, 1}}, 0}, SharePlan{2, {{1, 1}}, 0}, SharePlan{1, {}, 0},
          SharePlan{1, {{1, 2}}, 0}, SharePlan{1, {{3, 2}}, 0}, SharePlan{1, {{2, 17}}, 0},
          SharePlan{1, {{1, 1}}, 16}, SharePlan{1, std::vector<ShareGroup>(17), 0}}) {
        EXPECT_EQ(slip39_split(random_, master, plan).error().code, Code::kUsage);
    }
    EXPECT_EQ(slip39_split(random_, SecretBytes::zeros(24), plan_).error().code, Code::kUsage);
}

TEST_F(Slip39, AnotherPassphraseGivesAnotherSecret) {
    master_ = SecretBytes::random(random_, 32);
    const SecretBytes word = SecretBytes::copy_of(as_bytes("apple"));
    const auto set = slip39_split(random_, master_, {1, {{1, 1}}, 0}, word).value();
    EXPECT_TRUE(slip39_combine(set[0], word)->equals(master_));
    EXPECT_FALSE(slip39_combine(set[0])->equals(master_));
}

TEST_F(Slip39, FindsEveryWrongWord) {
    const auto set = split(16, plan_);
    const std::string good = to_string(slip39_tidy(set[0][0].view())->view());
    std::size_t at = 0;
    while (at < good.size()) {
        const std::size_t end = std::min(good.find(' ', at), good.size());
        const std::string other = good.substr(at, end - at) == "zero" ? "yoga" : "zero";
        const std::string bad = good.substr(0, at) + other + good.substr(end);
        EXPECT_EQ(why(slip39_tidy(as_bytes(bad))), "crypto.slip39.checksum") << bad;
        at = end + 1;
    }
    EXPECT_EQ(why(slip39_tidy(as_bytes("xylophone " + good))), "crypto.slip39.word");
    EXPECT_EQ(why(slip39_tidy(as_bytes(good + " zero"))), "crypto.slip39.length");
    EXPECT_EQ(why(slip39_tidy({})), "crypto.slip39.length");
}

TEST_F(Slip39, TidiesWhatAPersonTypes) {
    const auto set = split(32, plan_);
    const std::string good = to_string(set[0][0].view());
    std::string typed = "\t";
    std::size_t letters = 0;
    for (const char c : good) {
        letters = c == ' ' ? 0 : letters + 1;
        if (letters <= 4) {
            typed += c == ' ' ? std::string(" \n ") : std::string(1, static_cast<char>(toupper(c)));
        }
    }
    EXPECT_EQ(as_text(slip39_tidy(as_bytes(typed))->view()), good);
}

TEST_F(Slip39, LabelsTellWhereAShareBelongs) {
    const auto set = split(32, plan_);
    const ShareLabel label = slip39_label(set[1][2]).value();
    EXPECT_EQ(label.group_index, 1);
    EXPECT_EQ(label.member_index, 2);
    EXPECT_EQ(label.member_threshold, 2);
    EXPECT_EQ(label.group_threshold, 2);
    EXPECT_EQ(label.group_count, 2);
    EXPECT_EQ(label.secret_bytes, 32U);
    EXPECT_TRUE(label.extendable);
}

TEST_F(Slip39, NumbersComeBackAndNameTheWrongRow) {
    for (const std::size_t size : {16U, 32U}) {
        const auto set = split(size, plan_);
        const std::string rows = to_string(slip39_numbers(set[0][0])->view());
        EXPECT_TRUE(slip39_from_numbers(as_bytes(rows))->equals(set[0][0]));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i] < '0' || rows[i] > '9') {
                continue;
            }
            std::string bad = rows;
            bad[i] = bad[i] == '9' ? '0' : static_cast<char>(bad[i] + 1);
            const Result<SecretBytes> result = slip39_from_numbers(as_bytes(bad));
            ASSERT_EQ(why(result), "crypto.slip39.row");
            const auto row =
                1 + std::count(rows.begin(), rows.begin() + static_cast<long>(i), '\n');
            EXPECT_EQ(result.error().what.args[0].second, std::to_string(row));
        }
    }
}

TEST_F(Slip39, ADictatedShareTakesEachRowOrNamesIt) {
    const auto set = split(16, plan_);
    const std::string rows = to_string(slip39_numbers(set[0][0])->view());
    TypedShare typed;
    for (std::size_t at = 0, row = 1; at < rows.size(); ++row) {
        const std::string line = rows.substr(at, rows.find('\n', at) - at);
        at += line.size() + 1;
        std::string wrong = line;
        wrong[2] = wrong[2] == '9' ? '0' : static_cast<char>(wrong[2] + 1);
        const Status refused = typed.add_row(as_bytes(wrong));
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().what.args[0].second, std::to_string(row));
        EXPECT_EQ(typed.rows(), row - 1) << "a wrong row is not taken";
        EXPECT_FALSE(typed.complete());
        ASSERT_TRUE(typed.add_row(as_bytes(line)).ok());
    }
    EXPECT_TRUE(typed.complete());
    EXPECT_EQ(typed.rows(), 5U) << "a share of 128 bits is five rows of four";
    EXPECT_TRUE(typed.mnemonic()->equals(set[0][0]));
}

TEST_F(Slip39, ATypedShareTakesWordsInAnyRowsAndSuggestsThem) {
    const auto set = split(32, plan_);
    const std::string words = to_string(set[0][0].view());
    TypedShare typed;
    EXPECT_EQ(why(typed.mnemonic()), "crypto.slip39.length");
    const std::size_t half = words.find(' ', words.size() / 2);
    ASSERT_TRUE(typed.add_row(as_bytes(words.substr(0, half))).ok());
    EXPECT_FALSE(typed.add_row(as_bytes("academic zzzz")).ok());
    EXPECT_FALSE(typed.complete());
    ASSERT_TRUE(typed.add_row(as_bytes(words.substr(half))).ok());
    EXPECT_TRUE(typed.mnemonic()->equals(set[0][0]));
    EXPECT_FALSE(typed.add_row(as_bytes("academic")).ok()) << "it is full";
    EXPECT_EQ(slip39_suggestions("acad"), std::vector<std::string_view>{"academic"});
    EXPECT_EQ(slip39_suggestions("", 3).size(), 3U);
    EXPECT_TRUE(slip39_suggestions("zz").empty());
}

TEST_F(Slip39, NumbersFindSwappedNeighboursAndRows) {
    const auto set = split(16, plan_);
    const std::string rows = to_string(slip39_numbers(set[0][0])->view());
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        std::string bad = rows;
        std::swap(bad[i], bad[i + 1]);
        if (bad != rows && isdigit(rows[i]) != 0 && isdigit(rows[i + 1]) != 0) {
            EXPECT_EQ(why(slip39_from_numbers(as_bytes(bad))), "crypto.slip39.row");
        }
    }
    const std::size_t second = rows.find('\n') + 1;
    const std::size_t third = rows.find('\n', second) + 1;
    const std::string swapped =
        rows.substr(second, third - second) + rows.substr(0, second) + rows.substr(third);
    EXPECT_EQ(why(slip39_from_numbers(as_bytes(swapped))), "crypto.slip39.row");
}

}  // namespace assay::crypto
