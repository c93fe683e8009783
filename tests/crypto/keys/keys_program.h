#pragma once

#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "crypto/base/disk.h"
#include "tests/support/paths.h"

namespace assay::keys {

/// assay-keys in a folder of its own, with PINs ready on descriptor 3.
class KeysProgram : public testing::Test {
  protected:
    KeysProgram() { put("pin", "246810\n"); }

    void put(const std::string& name, std::string_view text) {
        ASSERT_TRUE(write_file(disk_, folder_.path() / name, as_bytes(text)).ok());
    }
    std::string get(const std::string& name) {
        const Result<Bytes> bytes = read_file(disk_, folder_.path() / name, 1U << 24U);
        return bytes.ok() ? to_string(*bytes) : "";
    }
    bool has(const std::string& name) { return disk_.exists(folder_.path() / name); }
    /// `input` is what is typed; output and errors are left in out_ and err_.
    int keys(const std::string& arguments, const std::string& input = "",
             const std::string& pin = "pin") {
        put("in", input);
        const int code = shell(test::program("assay-keys").string() + " --language en " +
                               arguments + " 3<" + pin + " <in >out 2>err");
        out_ = get("out");
        err_ = get("err");
        return code;
    }
    int shell(const std::string& command) {
        const std::string line = "cd " + folder_.path().string() + " && " + command;
        const int status = std::system(line.c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void make_ring(const std::string& name, const std::string& what = "--signing signing") {
        ASSERT_EQ(keys("ring make --out " + name + ".keys --public " + name + ".pub " + what +
                       " --pin-fd 3"),
                  0)
            << err_;
    }
    /// The text of a public key.
    std::string key(const std::string& ring, const std::string& name) {
        const std::string text = get(ring + ".pub");
        const std::size_t at = text.find('\n' + name + ' ') + name.size() + 2;
        return text.substr(at, text.find('\n', at) - at);
    }
    /// The id of a ring.
    std::string id(const std::string& ring) {
        const std::string text = get(ring + ".pub");
        return text.substr(text.find(' ') + 1, 32);
    }

    test::TempFolder folder_;
    SystemDisk disk_;
    std::string out_;
    std::string err_;
};

}  // namespace assay::keys
