#include <cstdlib>

#include <gtest/gtest.h>

#include "server/http/server.h"
#include "tests/server/http/memory_tus_store.h"
#include "tests/server/http/tls_support.h"
#include "tests/support/paths.h"

namespace assay::http {
namespace {

/// The bytes that tus_js_client.cjs sends.
Bytes content(std::size_t size, std::uint64_t seed) {
    Bytes out(size);
    std::uint64_t x = seed;
    for (auto& byte : out) {
        x = (x * 16807) % 2147483647;
        byte = static_cast<std::uint8_t>(x % 251);
    }
    return out;
}

TEST(TusJsClient, SendsWholeChunkedPausedAndCutFilesInBothProtocols) {
    const auto folder = test::repository();
    if (std::system("node --version >/dev/null 2>&1") != 0 ||
        !std::filesystem::exists(folder / "node_modules/tus-js-client")) {
        GTEST_SKIP() << "node or tus-js-client is not installed: run scripts/setup";
    }
    test::MemoryTusStore store;
    Router router;
    TusOptions options;
    options.upload_bytes_max = 4000000;
    add_tus(router, options, store);
    const auto server = Server::start({}, test::identity('s'), router).value();

    const auto script = folder / "tests/server/http/tus_js_client.cjs";
    const auto command = "node '" + script.string() + "' " + std::to_string(server->port());
    ASSERT_EQ(std::system(command.c_str()), 0);

    const std::size_t sizes[] = {300000, 1000000, 0, 2000000, 3000000, 700000, 900000, 3000000};
    ASSERT_EQ(store.count(), std::size(sizes));
    for (std::size_t i = 0; i < std::size(sizes); ++i) {
        const auto upload = store.upload("upload-" + std::to_string(i));
        EXPECT_TRUE(upload.bytes == content(sizes[i], i + 1)) << "upload " << i;
        EXPECT_GE(upload.finished, 1) << "upload " << i;
    }
    EXPECT_EQ(to_string(store.upload("upload-0").metadata.at("name")), "whole 试卷");
    EXPECT_EQ(store.wrong_offsets(), 0);
}

}  // namespace
}  // namespace assay::http
