#include "server/core/catalogue.h"

#include "crypto/record/document.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

class CatalogueTest : public testing::Test {
  protected:
    void SetUp() override {
        house_.seal_bank();
        ASSERT_TRUE(house_.sittings->add_bank(house_.delivery()).ok());
        const WallTime from = house_.clock.wall() + std::chrono::hours(-1);
        const WallTime until = house_.clock.wall() + std::chrono::hours(100);
        listed_.standards = {{house_.exam, "1+X", record::Level::kElementary, "样卷", from, until}};
        listed_.sites = {{house_.site, "某职业技术学院", "A-2026-17", from, until}};
    }
    Status set() { return set_catalogue(*house_.ports, record::write_document(listed_)); }
    Status add() {
        const Plan plan = house_.plan();
        return house_.sittings->add_sitting(to_bytes(house_.approve(plan.manifest).json()),
                                            plan.attempts);
    }
    test::Organisation house_;
    Catalogue listed_;
};

TEST_F(CatalogueTest, ASittingIsTakenInWhereItsStandardIsListedAndItsSiteAccredited) {
    EXPECT_TRUE(add().ok()) << "nothing is listed yet";
    ASSERT_TRUE(set().ok());
    const Status added = add();
    EXPECT_TRUE(added.ok()) << to_string(added.error());
    EXPECT_EQ(catalogue(*house_.ports).value()->sites.front().accreditation, "A-2026-17");
}

TEST_F(CatalogueTest, NoSittingOfAnotherExamStandardLevelOrTime) {
    const Catalogue good = listed_;
    const auto refused = [&] {
        EXPECT_TRUE(set().ok());
        const Status added = add();
        listed_ = good;
        return added.ok() ? std::string_view("added") : added.error().what.id.text();
    };
    listed_.standards[0].exam = house_.random.id<ExamId>();
    EXPECT_EQ(refused(), "server.catalogue.standard");
    listed_.standards[0].standard = "2+X";
    EXPECT_EQ(refused(), "server.catalogue.standard");
    listed_.standards[0].level = record::Level::kAdvanced;
    EXPECT_EQ(refused(), "server.catalogue.standard");
    listed_.standards[0].until = house_.clock.wall() + std::chrono::hours(3);  // within the window
    EXPECT_EQ(refused(), "server.catalogue.standard");
    listed_.sites[0].until = house_.clock.wall() + std::chrono::hours(3);
    EXPECT_EQ(refused(), "server.catalogue.site");
    listed_.sites.clear();
    EXPECT_EQ(refused(), "server.catalogue.site");
}

TEST_F(CatalogueTest, ARowThatEndsBeforeItBeginsIsNamed) {
    listed_.sites[0].until = listed_.sites[0].from;
    EXPECT_EQ(set().error().what.id, "server.catalogue.dates"_id);
    EXPECT_FALSE(catalogue(*house_.ports).value().has_value());
}

}  // namespace
}  // namespace assay::server_core
