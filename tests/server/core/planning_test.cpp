#include "server/core/planning.h"

#include "server/core/roster_columns.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

class PlanningTest : public testing::Test {
  protected:
    void SetUp() override { house_.seal_bank(); }
    static std::string problem(const std::string& csv) {
        const auto read = read_candidates(table::read_csv(as_bytes(csv)).value());
        return read.ok() ? "read" : std::string(read.error().what.id.text());
    }
    test::Organisation house_;
};

bool holds(ByteView bytes, std::string_view text) {
    return as_text(bytes).find(text) != std::string_view::npos;
}

TEST_F(PlanningTest, KeepsTheFeeInPrivateRowsOnly) {
    const Plan plan = house_.plan();
    std::size_t fees = 0;
    for (const store::PersonalRow& row : plan.personal) {
        const bool waiver = holds(row.value, "减免");
        EXPECT_TRUE(!waiver || row.table == kPrivateRosterTable);
        fees += waiver ? 1 : 0;
    }
    EXPECT_EQ(fees, 1U);
    EXPECT_FALSE(holds(plan.attempts, "减免"));
    EXPECT_FALSE(holds(plan.manifest.envelope.payload, "减免"));
    const record::SiteRoster roster{plan.manifest.object.sitting, plan.roster};
    EXPECT_FALSE(holds(record::write_document(roster), "减免"));
}

TEST_F(PlanningTest, BindsEveryPersonByASaltedDigest) {
    const Plan plan = house_.plan();
    const auto attempts = record::read_attempts(plan.manifest.object, plan.attempts);
    ASSERT_TRUE(attempts.ok()) << to_string(attempts.error());
    EXPECT_EQ(attempts->attempts.size(), plan.roster.size());
    for (const record::RosterRow& row : plan.roster) {
        const record::AttemptRow* attempt = attempts->find(row.attempt);
        ASSERT_NE(attempt, nullptr);
        EXPECT_EQ(attempt->person, record::person_digest(row));
        EXPECT_EQ(attempt->accommodations.extra_time_percent,
                  row.accommodations.extra_time_percent);
        EXPECT_EQ(row.seat_code.size(), kSeatCodeDigits);
        EXPECT_FALSE(holds(plan.attempts, row.name));
        EXPECT_FALSE(holds(plan.attempts, row.number));
    }
}

TEST_F(PlanningTest, WrapsEachAttemptKeyForScoringAndEscrow) {
    const Plan plan = house_.plan();
    const auto attempts = record::read_attempts(plan.manifest.object, plan.attempts).value();
    ASSERT_EQ(plan.wraps.size(), 2 * attempts.attempts.size());
    for (const store::Wrap& wrap : plan.wraps) {
        const auto& key = wrap.recipient == kScoringWrap ? house_.scoring_key : house_.escrow_key;
        const auto& other = wrap.recipient == kScoringWrap ? house_.escrow_key : house_.scoring_key;
        const auto& expected = attempts.find(wrap.attempt)->recipient;
        EXPECT_TRUE(sealed::open_capsule(wrap.sealed, key, expected).ok());
        EXPECT_FALSE(sealed::open_capsule(wrap.sealed, other, expected).ok());
    }
}

TEST_F(PlanningTest, NamesTheLineThatIsWrong) {
    EXPECT_EQ(problem("姓名,考号,座位\n"), "server.plan.empty");
    EXPECT_EQ(problem("姓名,座位\n甲,1\n"), "server.plan.column");
    EXPECT_EQ(problem("姓名,考号,座位\n甲,1,01\n乙,1,02\n"), "server.plan.cell-twice");
    EXPECT_EQ(problem("姓名,考号,座位\n甲,1,01\n乙,2,01\n"), "server.plan.cell-twice");
    EXPECT_EQ(problem("姓名,考号,座位\n甲,,01\n"), "server.plan.cell-empty");
    EXPECT_EQ(problem("姓名,考号,座位,加时百分比\n甲,1,01,many\n"), "server.plan.cell-range");
    EXPECT_EQ(problem("name,number,seat,room\nA,1,01,301\nB,2,01,302\n"), "read");
}

TEST_F(PlanningTest, NamesNumbersThatASpreadsheetDestroyedAndWrongCheckDigits) {
    EXPECT_EQ(problem("姓名,考号,座位\n甲,4.2011E+17,01\n"), "server.plan.cell-destroyed");
    EXPECT_EQ(problem("姓名,考号,座位,身份证号\n甲,1,01,1.1E+17\n"), "server.plan.cell-destroyed");
    EXPECT_EQ(problem("姓名,考号,座位,身份证号\n甲,1,01,11010519491231002X\n"), "read");
    EXPECT_EQ(problem("姓名,考号,座位,身份证号\n甲,1,01,110105194912310021\n"),
              "server.plan.cell-check");
    EXPECT_EQ(problem("姓名,考号,座位,身份证号\n甲,1,01,护照E123\n"), "read");
    EXPECT_FALSE(is_destroyed_number("E12"));
    EXPECT_FALSE(is_destroyed_number("2026E1"));
    table::Table rounded =
        table::read_csv(as_bytes("姓名,考号,座位\n甲,110105194912310000,01\n")).value();
    rounded.remarks.push_back({2, 1, {"table.remark.digits"_id, {}}});
    EXPECT_EQ(read_candidates(rounded).error().what.id, "server.plan.cell-destroyed"_id);
}

TEST_F(PlanningTest, TakesATableWithTheCollegesOwnTitlesAndNames) {
    table::Table table =
        table::read_csv(as_bytes("学生,学籍号,位\n阿卜杜拉·买买提,7,01\n𠮷田,8,02\n")).value();
    EXPECT_FALSE(name_columns(table, {{"考号", "学号"}}).ok());
    ASSERT_TRUE(name_columns(table, {read_column_name("姓名=学生").value(),
                                     read_column_name("考号=学籍号").value(),
                                     read_column_name("座位=位").value()})
                    .ok());
    const auto read = read_candidates(table).value();
    EXPECT_EQ(read.at(0).name, "阿卜杜拉·买买提");
    EXPECT_EQ(read.at(1).name, "𠮷田");
    for (const char* wrong : {"", "考号", "=学号", "考号="}) {
        EXPECT_FALSE(read_column_name(wrong).ok()) << wrong;
    }
}

TEST_F(PlanningTest, RefusesADefinitionThatCannotBeASitting) {
    PlanRequest request;
    request.definition = house_.definition();
    request.banks = {house_.bank->bank_statement.object};
    request.scoring = {house_.bank->scoring_statement.object};
    EXPECT_TRUE(plan_sitting(house_.random, request).ok());
    request.definition.escrow_recipient = request.definition.scoring_recipient;
    EXPECT_FALSE(plan_sitting(house_.random, request).ok());
    request.definition = house_.definition();
    request.definition.parts.front().reserve = true;
    EXPECT_FALSE(plan_sitting(house_.random, request).ok());
    request.definition = house_.definition();
    request.definition.exam = house_.random.id<ExamId>();
    EXPECT_FALSE(plan_sitting(house_.random, request).ok());
}

TEST(SittingDefinition, ReadsWhatAPersonWrites) {
    const test::Organisation house;
    SittingDefinition written = house.definition();
    const auto read = record::read_message<SittingDefinition>(record::write_document(written));
    ASSERT_TRUE(read.ok()) << to_string(read.error());
    EXPECT_EQ(read->title, written.title);
    EXPECT_FALSE(read->programs.has_value());
}

}  // namespace
}  // namespace assay::server_core
