#include "question-bank/item/package.h"

#include <gtest/gtest.h>
#include <zip.h>

#include "question-bank/item/path_rules.h"
#include "question-bank/item/result_report.h"
#include "question-bank/item/views.h"
#include "tests/question-bank/item/item_text.h"
#include "tests/support/paths.h"

namespace assay::item {
namespace {

const std::string kManifest =
    R"(<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><resources>
    <resource identifier="Q" type="imsqti_item_xmlv2p1" href="q.xml"><file href="q.xml"/></resource>
    </resources></manifest>)";

/// Makes a zip of names and texts; a text that begins with "link:" becomes a symbolic link.
Bytes zipped(const std::vector<std::pair<std::string, std::string>>& entries) {
    const test::TempFolder folder;
    const auto path = folder.path() / "a.zip";
    int error = 0;
    auto* zip = zip_open(path.c_str(), ZIP_CREATE, &error);
    for (const auto& [name, text] : entries) {
        auto* source = zip_source_buffer(zip, text.data(), text.size(), 0);
        const auto index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (text.starts_with("link:")) {
            (void)zip_file_set_external_attributes(zip, static_cast<zip_uint64_t>(index), 0,
                                                   ZIP_OPSYS_UNIX, 0120777U << 16U);
        }
    }
    (void)zip_close(zip);
    SystemDisk disk;
    return *read_file(disk, path, 64U << 20U);
}

Result<Package> read(const std::vector<std::pair<std::string, std::string>>& entries,
                     const PackageLimits& limits = {}) {
    return read_package_zip(zipped(entries), limits);
}

const std::string kItem = test_text::item("", "<p>x</p>", "");

TEST(PackageZip, ReadsItsItems) {
    const auto package = read({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}});
    ASSERT_TRUE(package.ok()) << to_string(package.error());
    ASSERT_EQ(package->of_kind(ResourceKind::kItem).size(), 1U);
    EXPECT_TRUE(read_item_at(*package, "q.xml").ok());
}

TEST(PackageZip, ReadsAFolderThatHoldsEverything) {
    const auto package = read({{"p/imsmanifest.xml", kManifest}, {"p/q.xml", kItem}});
    ASSERT_TRUE(package.ok()) << to_string(package.error());
    EXPECT_EQ(package->findings.size(), 1U);
}

TEST(PackageZip, RefusesNamesThatCouldLeaveIt) {
    for (const char* name : {"../q.xml", "a/../../q.xml", "/q.xml", "c:/q.xml", "a\\q.xml",
                             "a%2e%2e/q.xml", "a/../q.xml"}) {
        const auto package = read({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}, {name, "x"}});
        ASSERT_FALSE(package.ok()) << name;
        EXPECT_EQ(package.error().code, Code::kRefused) << name;
    }
}

TEST(PackageZip, RefusesLinksAndNamesThatCollide) {
    EXPECT_EQ(read({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}, {"l", "link:/etc/passwd"}})
                  .error()
                  .code,
              Code::kRefused);
    EXPECT_EQ(
        read({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}, {"Q.XML", kItem}}).error().code,
        Code::kRefused);
}

TEST(PackageZip, StopsAtItsLimits) {
    PackageLimits small;
    small.unpacked_bytes = 1000;
    EXPECT_EQ(
        read({{"imsmanifest.xml", kManifest}, {"big", std::string(5000, 'x')}}, small).error().code,
        Code::kLimit);
    EXPECT_EQ(read({{"imsmanifest.xml", kManifest}, {"bomb", std::string(9'000'000, 'x')}})
                  .error()
                  .what.id,
              "item.package.ratio"_id);
    PackageLimits few;
    few.entries = 1;
    EXPECT_EQ(read({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}}, few).error().code,
              Code::kLimit);
}

TEST(PackageZip, ReadsItsXmlWithinTheCallersLimits) {
    PackageLimits shallow;
    shallow.xml.depth = 4;
    const auto deep = test_text::item("", "<div><div><p>x</p></div></div>", "");
    const auto package = read({{"imsmanifest.xml", kManifest}, {"q.xml", deep}}, shallow);
    ASSERT_TRUE(package.ok()) << to_string(package.error());
    EXPECT_EQ(read_item_at(*package, "q.xml").error().code, Code::kLimit);
    shallow.xml.depth = 2;
    EXPECT_EQ(read({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}}, shallow).error().code,
              Code::kLimit);
    PackageLimits few;
    few.xml.nodes = 3;
    EXPECT_EQ(read({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}}, few).error().code,
              Code::kLimit);
}

TEST(PackageZip, RefusesWhatIsCutShort) {
    auto bytes = zipped({{"imsmanifest.xml", kManifest}, {"q.xml", kItem}});
    bytes.resize(bytes.size() / 2);
    EXPECT_EQ(read_package_zip(bytes).error().code, Code::kInvalid);
}

TEST(Manifest, RefusesReferencesOutsideAndMissingItems) {
    auto outside = kManifest;
    outside.replace(outside.find("href=\"q.xml\""), 12, "href=\"../q.xml\"");
    EXPECT_EQ(read({{"imsmanifest.xml", outside}, {"q.xml", kItem}}).error().code, Code::kRefused);
    EXPECT_EQ(read({{"imsmanifest.xml", kManifest}}).error().what.id, "item.package.missing"_id);
    EXPECT_EQ(read({{"q.xml", kItem}}).error().what.id, "item.package.no-manifest"_id);
}

TEST(Xml, RefusesAnInternalSubsetAndReadsABareDoctype) {
    const std::string bare = "<!DOCTYPE assessmentItem>" + kItem;
    EXPECT_TRUE(read_item(as_bytes(bare)).ok());
    const std::string entity = "<!DOCTYPE a [<!ENTITY x \"y\">]>" + kItem;
    EXPECT_EQ(read_item(as_bytes(entity)).error().code, Code::kRefused);
    std::string deep;
    for (int i = 0; i < 300; ++i) {
        deep += "<div>";
    }
    for (int i = 0; i < 300; ++i) {
        deep += "</div>";
    }
    EXPECT_EQ(read_item(as_bytes(test_text::item("", deep, ""))).error().code, Code::kLimit);
    EXPECT_EQ(read_item(as_bytes("<assessmentItem>\xff</assessmentItem>")).error().what.id,
              "item.xml.encoding"_id);
}

TEST(Resolve, StaysInThePackage) {
    EXPECT_EQ(resolve("a/q.xml", "../b/c%20d.png#x"), "b/c d.png");
    EXPECT_EQ(resolve("q.xml", "../b.png"), std::nullopt);
    EXPECT_EQ(resolve("q.xml", "%2e%2e/b.png"), std::nullopt);
    EXPECT_EQ(resolve("q.xml", "https://example.org/b.png"), std::nullopt);
    EXPECT_EQ(relative_to("a/q.xml", "b/c.png"), "../b/c.png");
}

TEST(CandidateView, LosesKeysRulesAndScorersRubrics) {
    const auto xml = test_text::item(
        "<responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"string\">"
        "<correctResponse><value>SECRET1</value></correctResponse><mapping><mapEntry "
        "mapKey=\"SECRET2\" mappedValue=\"1\"/></mapping></responseDeclaration>" +
            test_text::kScore,
        "<!-- SECRET3 --><p>q</p><rubricBlock view=\"scorer\"><p>SECRET4</p></rubricBlock>"
        "<rubricBlock view=\"candidate scorer\"><p>READ</p></rubricBlock>",
        test_text::set_score("<baseValue baseType=\"float\">5</baseValue>") +
            "<modalFeedback outcomeIdentifier=\"F\" identifier=\"x\" showHide=\"show\">SECRET5"
            "</modalFeedback>");
    const auto view = candidate_view(as_bytes(xml));
    ASSERT_TRUE(view.ok());
    const auto text = to_string(*view);
    EXPECT_EQ(text.find("SECRET"), std::string::npos) << text;
    EXPECT_NE(text.find("READ"), std::string::npos);
    EXPECT_TRUE(read_item(*view).ok());
}

TEST(CandidateView, OfAPackageWithoutItsManifestOrAnItemIsAnError) {
    Package package;
    package.files["q.xml"] = to_bytes(kItem);
    EXPECT_EQ(candidate_files(package).error().code, Code::kInvalid);
    package.files["imsmanifest.xml"] = to_bytes(kManifest);
    EXPECT_TRUE(candidate_files(package).ok());
    Resource lost;
    lost.kind = ResourceKind::kItem;
    lost.href = "lost.xml";
    package.resources.push_back(lost);
    EXPECT_EQ(candidate_files(package).error().code, Code::kInvalid);
}

TEST(ResultReport, WritesResponsesRawTextAndOutcomes) {
    AttemptReport report;
    report.source_id = "00ff";
    report.test_identifier = "T";
    report.time = WallTime{1'700'000'000};
    ItemReport item;
    item.identifier = "Q1";
    item.sequence = 1;
    item.responses["R"] = Value::real(12.5);
    item.raw["R"] = {"１２．５"};
    item.outcomes["SCORE"] = Value::real(2);
    report.items.push_back(std::move(item));
    const auto xml = write_result_report(report);
    EXPECT_EQ(xml, write_result_report(report));
    EXPECT_NE(xml.find("<value>12.5</value>"), std::string::npos) << xml;
    EXPECT_NE(xml.find("１２．５"), std::string::npos);
    EXPECT_NE(xml.find("identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\""),
              std::string::npos);
}

}  // namespace
}  // namespace assay::item
