#include "server/core/oneroster.h"

#include <gtest/gtest.h>

#include "server/core/planning.h"

namespace assay::server_core {
namespace {

constexpr const char* kUsers =
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
    "middleName,identifier\n"
    "u1,,,true,zhang,,伟,张,,2026000000000000002\n"
    "u2,,,true,ada,,Ada,Lovelace,,2026000000000000001\n"
    "u3,tobedeleted,,true,gone,,走,已,,3\n"
    "u4,,,true,ayiguli,,古丽·买买提,阿依,,\n"
    "u5,,,true,teach,,Tea,Cher,,5\n";
constexpr const char* kEnrollments =
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n"
    "e1,,,c1,s,u1,student\n"
    "e2,,,c1,s,u2,student\n"
    "e3,,,c2,s,u1,student\n"
    "e4,,,c1,s,u4,student\n"
    "e5,,,c1,s,u5,teacher\n";

Result<table::Table> roster(const std::string& users, const std::string& enrollments,
                            const std::string& class_id = "") {
    ASSAY_TRY(table::Table first, table::read_csv(as_bytes(users)));
    ASSAY_TRY(table::Table second, table::read_csv(as_bytes(enrollments)));
    return roster_from({std::move(first), std::move(second), class_id});
}

TEST(OneRosterTest, GivesTheStudentsOfAClassOnceWithSeatsInTheOrderOfNumbers) {
    const auto made = roster(kUsers, kEnrollments);
    ASSERT_TRUE(made.ok()) << to_string(made.error());
    const auto candidates = read_candidates(*made);
    ASSERT_TRUE(candidates.ok()) << to_string(candidates.error());
    ASSERT_EQ(candidates->size(), 3U);
    EXPECT_EQ((*candidates)[0].name, "Ada Lovelace");
    EXPECT_EQ((*candidates)[0].number, "2026000000000000001");
    EXPECT_EQ((*candidates)[0].seat, "1");
    EXPECT_EQ((*candidates)[1].name, "张伟");
    EXPECT_EQ((*candidates)[2].name, "阿依古丽·买买提");
    EXPECT_EQ((*candidates)[2].number, "ayiguli") << "no identifier";
    EXPECT_EQ(read_candidates(*roster(kUsers, kEnrollments, "c2"))->size(), 1U);
}

TEST(OneRosterTest, NamesWhatIsWrong) {
    const std::string rows = kEnrollments;
    EXPECT_EQ(roster(kUsers, rows + "e6,,,c1,s,u3,student\n").error().what.id,
              "server.oneroster.user"_id);
    EXPECT_EQ(roster(kUsers, rows, "c9").error().what.id, "server.oneroster.none"_id);
    EXPECT_EQ(roster("name\nA\n", rows).error().what.id, "server.plan.column"_id);
    EXPECT_EQ(roster(std::string(kUsers) + "u6,,,true,x,,芳,李,,2026000000000000002\n",
                     rows + "e6,,,c1,s,u6,student\n")
                  .error()
                  .what.id,
              "server.oneroster.number"_id);
}

}  // namespace
}  // namespace assay::server_core
