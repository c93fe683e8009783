#include "server/core/marking.h"

#include <gtest/gtest.h>

#include "crypto/base/random.h"

namespace assay::server_core {
namespace {

class Marking : public testing::Test {
  protected:
    record::MarkSheet sheet(std::size_t marker, std::int64_t milli,
                            const std::string& criterion = "total") {
        record::MarkSheet out;
        out.item = "Q12";
        out.criterion = criterion;
        out.mark_milli = milli;
        out.max_milli = 15'000;
        out.marker = people_.at(marker);
        return out;
    }
    void mark(std::size_t marker, std::int64_t milli, const std::string& criterion = "total") {
        sheets_.push_back(sheet(marker, milli, criterion));
    }
    Result<Marked> settled(std::optional<std::int64_t> tolerance) {
        ASSAY_TRY(const auto marks, marks_by_item(sheets_));
        return settle_marks("Q12", marks.at("Q12"), tolerance);
    }

    FakeRandom random_{1};
    std::vector<MachineId> people_{random_.id<MachineId>(), random_.id<MachineId>(),
                                   random_.id<MachineId>()};
    std::vector<record::MarkSheet> sheets_;
};

TEST_F(Marking, TakesTheNewestSheetWhereOneMarkIsEnough) {
    mark(0, 3'000);
    mark(1, 12'000);
    EXPECT_EQ(settled(std::nullopt)->mark_milli, 12'000);
    EXPECT_TRUE(settled(std::nullopt)->settled);
}

TEST_F(Marking, WaitsForASecondPerson) {
    mark(0, 12'000);
    mark(0, 11'000);
    EXPECT_FALSE(settled(2'000)->settled) << "twice by one person is one mark";
    EXPECT_FALSE(settled(2'000)->disputed);
    mark(1, 12'001);
    EXPECT_TRUE(settled(2'000)->settled);
    EXPECT_EQ(settled(2'000)->mark_milli, 11'501) << "the mean, half up";
}

TEST_F(Marking, WaitsForAnAdjudicatorBeyondTheTolerance) {
    mark(0, 9'000);
    mark(1, 12'000);
    EXPECT_TRUE(settled(3'000)->settled) << "the tolerance itself is within it";
    EXPECT_TRUE(settled(2'999)->disputed);
    EXPECT_FALSE(settled(2'999)->settled);
    mark(1, 10'000, "adjudication:total");
    EXPECT_TRUE(settled(2'999)->disputed) << "not by one of the two";
    mark(2, 11'000, "adjudication:total");
    EXPECT_EQ(settled(2'999)->mark_milli, 11'000);
    EXPECT_TRUE(settled(2'999)->settled);
    mark(1, 9'500);
    EXPECT_EQ(settled(2'999)->mark_milli, 9'250) << "they agree now";
}

TEST_F(Marking, SettlesEachCriterionByItself) {
    mark(0, 4'000, "method");
    mark(1, 4'000, "method");
    mark(0, 9'000, "result");
    EXPECT_FALSE(settled(1'000)->settled);
    mark(1, 9'000, "result");
    EXPECT_EQ(settled(1'000)->mark_milli, 13'000);
    EXPECT_EQ(settled(1'000)->max_milli, 30'000);
}

TEST_F(Marking, RefusesMarksThatCantBelongTogether) {
    mark(0, 9'000);
    mark(1, 9'000);
    sheets_.back().max_milli = 10'000;
    EXPECT_EQ(settled(1'000).error().what.id, "server.mark.maximum"_id);
    EXPECT_TRUE(check_independent(sheet(2, 1, "adjudication:total"), sheets_).ok());
    EXPECT_EQ(check_independent(sheet(0, 1, "adjudication:total"), sheets_).error().code,
              Code::kRefused);
    sheets_ = {sheet(2, 1, "adjudication:total")};
    EXPECT_FALSE(check_independent(sheet(2, 1), sheets_).ok());
    sheets_ = {sheet(0, -1)};
    EXPECT_EQ(settled(1'000).error().what.id, "server.mark.range"_id);
}

}  // namespace
}  // namespace assay::server_core
