#include "server/core/board.h"

#include "server/core/rulings.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

using record::Disposition;
using test::give;

class BoardTest : public testing::Test {
  protected:
    void SetUp() override { house_.set_up_sitting(); }

    test::Organisation::Packed package(std::size_t index) {
        return house_.pack(house_.attempt(index), {give("Q01", "A")});
    }
    void take(const test::Organisation::Packed& packed) {
        ASSERT_TRUE(house_.intake->take(packed.digest(), packed.upload).ok());
    }
    /// Everybody absent, but those with a package.
    record::Seal seal(const std::map<std::size_t, Digest>& packages, std::uint64_t number = 1) {
        record::Seal out;
        out.manifest = house_.manifest.digest;
        out.room = house_.room;
        out.opening = house_.opening.digest;
        out.number = number;
        for (std::size_t i = 0; i < house_.attempts().attempts.size(); ++i) {
            record::SealRow row{
                house_.attempt(i).attempt, std::nullopt, Disposition::kAbsent, {}, {}};
            if (const auto found = packages.find(i); found != packages.end()) {
                row.disposition = Disposition::kHandedIn;
                row.package = found->second;
            }
            out.rows.push_back(row);
        }
        return out;
    }
    void bring(const record::Seal& made) { house_.bring(record::sign(made, house_.desk_key)); }
    Board board() {
        auto made = board_of(*house_.ports, *house_.sittings, *house_.intake,
                             house_.manifest.object.sitting);
        EXPECT_TRUE(made.ok()) << to_string(made.error());
        return std::move(made).value();
    }
    BoardState state(const Board& board, std::size_t index) {
        return board.rooms.at(0).rows.at(index).state;
    }

    test::Organisation house_;
};

TEST_F(BoardTest, AddsUpWhenTheSealAndWhatCameAgree) {
    const auto first = package(0);
    take(first);
    EXPECT_FALSE(board().adds_up);
    EXPECT_EQ(state(board(), 0), BoardState::kNotSealed);
    bring(seal({{0, first.digest()}}));
    const Board made = board();
    EXPECT_TRUE(made.adds_up);
    EXPECT_EQ(state(made, 0), BoardState::kReceived);
    EXPECT_EQ(state(made, 1), BoardState::kAbsent);
    EXPECT_EQ(made.rooms[0].seal, 1U);
    EXPECT_TRUE(made.rooms[0].opened);
    EXPECT_FALSE(made.rooms[0].call);
}

TEST_F(BoardTest, NamesWhatIsOutstandingUntilItComes) {
    const auto first = package(0);
    const auto second = package(1);
    take(first);
    bring(seal({{0, first.digest()}, {1, second.digest()}}));
    Board made = board();
    EXPECT_FALSE(made.adds_up);
    EXPECT_TRUE(made.rooms[0].call);
    EXPECT_EQ(state(made, 1), BoardState::kOutstanding);
    EXPECT_NE(board_csv(made).find(second.digest().hex()), std::string::npos);
    take(second);
    made = board();
    EXPECT_TRUE(made.adds_up);
    EXPECT_EQ(board_csv(made).find(second.digest().hex()), std::string::npos);
}

TEST_F(BoardTest, ShowsAPackageThatTheSealDoesNotName) {
    const auto here = package(0);
    take(here);
    bring(seal({{0, Digest{}}}));
    const auto refused = house_.pack(house_.attempt(0), {give("Q01", "B")});
    EXPECT_FALSE(house_.intake->take(refused.digest(), refused.upload).ok());
    const Board made = board();
    EXPECT_EQ(state(made, 0), BoardState::kOther);
    EXPECT_EQ(made.rooms[0].refused, 1U);
    EXPECT_FALSE(made.adds_up);
}

TEST_F(BoardTest, FollowsTheNewestSealAndMissingEvidenceIsACall) {
    bring(seal({}));
    const auto late = package(2);
    take(late);
    EXPECT_EQ(state(board(), 2), BoardState::kAbsent);
    record::Seal next = seal({{2, late.digest()}}, 2);
    next.rows[2].evidence.segments = 3;
    bring(next);
    const Board made = board();
    EXPECT_EQ(state(made, 2), BoardState::kReceived);
    EXPECT_EQ(made.rooms[0].rows[2].evidence_expected, 3U);
    EXPECT_TRUE(made.rooms[0].call);
    EXPECT_TRUE(made.adds_up) << "evidence is counted, an examination does not hang on it";
}

TEST_F(BoardTest, HoldsNothingOfAPerson) {
    bring(seal({}));
    const Board made = board();
    const std::string text = to_string(record::write_document(made)) + board_csv(made);
    for (const record::RosterRow& row : house_.planned->roster) {
        EXPECT_EQ(text.find(row.name), std::string::npos);
        EXPECT_EQ(text.find(row.number), std::string::npos);
    }
}

}  // namespace
}  // namespace assay::server_core
