#include "server/api/metrics.h"

#include <cctype>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "crypto/base/disk.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay::server_api {
namespace {

/// What `promtool check metrics` asks for: HELP and TYPE before the samples of a name, once; names
/// and labels of the allowed characters; _total for counters alone; a histogram with rising
/// buckets up to +Inf, a sum and a count; no sample twice. The first finding, or "".
std::string problem_of(const std::string& text) {
    std::istringstream lines(text);
    std::map<std::string, std::string> types;
    std::set<std::string> helped;
    std::set<std::string> seen;
    const std::regex sample(
        R"(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-z]+="[^"\\\n]*",?)*\})? -?[0-9][0-9.e+-]*)");
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("# HELP ", 0) == 0) {
            helped.insert(line.substr(7, line.find(' ', 7) - 7));
            continue;
        }
        if (line.rfind("# TYPE ", 0) == 0) {
            const std::string name = line.substr(7, line.find(' ', 7) - 7);
            const std::string type = line.substr(line.rfind(' ') + 1);
            const bool total = name.size() > 6 && name.substr(name.size() - 6) == "_total";
            if (helped.count(name) == 0 || !types.emplace(name, type).second ||
                total != (type == "counter")) {
                return line;
            }
            continue;
        }
        std::smatch parts;
        if (!std::regex_match(line, parts, sample) ||
            !seen.insert(line.substr(0, line.rfind(' '))).second) {
            return line;
        }
        std::string name = parts[1];
        for (const char* ending : {"_bucket", "_sum", "_count"}) {
            const std::string base = name.substr(0, name.rfind(ending));
            name = types.count(base) > 0 && types[base] == "histogram" ? base : name;
        }
        if (types.count(name) == 0) {
            return line;
        }
    }
    return "";
}

http::Access access(const std::string& route, int status, std::chrono::microseconds time) {
    http::Access out;
    out.method = "PUT";
    out.route = route;
    out.status = status;
    out.body_bytes = 100;
    out.time = time;
    return out;
}

TEST(MetricsTest, AreWhatPrometheusReads) {
    Metrics metrics;
    EXPECT_EQ(problem_of(metrics.text({})), "");
    metrics.count(access("/v1/packages/{statement}", 200, std::chrono::milliseconds(7)));
    metrics.count(access("/v1/packages/{statement}", 200, std::chrono::milliseconds(700)));
    metrics.count(access("", 404, std::chrono::hours(1)));
    const std::string text = metrics.text({{"assay_log_leaves", "Leaves.", 12}});
    EXPECT_EQ(problem_of(text), "");
    EXPECT_NE(text.find("assay_http_requests_total{route=\"/v1/packages/{statement}\",method="
                        "\"PUT\",status=\"200\"} 2\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("_bucket{le=\"0.02\"} 1\n"), std::string::npos);
    EXPECT_NE(text.find("_bucket{le=\"2\"} 2\n"), std::string::npos);
    EXPECT_NE(text.find("_bucket{le=\"+Inf\"} 3\n"), std::string::npos);
    EXPECT_NE(text.find("assay_log_leaves 12\n"), std::string::npos);
}

TEST(MetricsTest, PassPromtool) {
    if (test::shell("promtool --version").code != 0) {
        GTEST_SKIP() << "promtool is not installed: it comes with Debian's prometheus";
    }
    Metrics metrics;
    metrics.count(access("/v1/packages/{statement}", 200, std::chrono::milliseconds(7)));
    metrics.count(access("", 404, std::chrono::hours(1)));
    const test::TempFolder folder;
    SystemDisk disk;
    const std::string text = metrics.text({{"assay_log_leaves", "Leaves.", 12}});
    ASSERT_TRUE(write_file(disk, folder.path() / "metrics", as_bytes(text)).ok());
    const test::Ended ran =
        test::shell("promtool check metrics < " + (folder.path() / "metrics").string());
    EXPECT_EQ(ran.code, 0) << ran.said();
    EXPECT_EQ(ran.said(), "") << "nor does it remark anything";
}

TEST(MetricsTest, AClientCannotMakeLabels) {
    Metrics metrics;
    http::Access strange = access("", 405, std::chrono::milliseconds(1));
    strange.method = "X\"}\nassay_log_leaves 9";
    metrics.count(strange);
    const std::string text = metrics.text({});
    EXPECT_EQ(problem_of(text), "");
    EXPECT_NE(text.find("method=\"other\""), std::string::npos);
}

}  // namespace
}  // namespace assay::server_api
