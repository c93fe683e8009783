// Score packages that should not have come, brought to the real server on a stick. What a terminal
// and its desk sign here they sign with the real keys of the house.
#include <filesystem>

#include "crypto/age.h"
#include "crypto/hash.h"
#include "crypto/key_ring.h"
#include "crypto/random.h"
#include "crypto/record/package.h"
#include "crypto/record/release.h"
#include "tests/terminal/bad_input_fixture.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

class BadPackage : public test::BadInput {
  protected:
    void SetUp() override {
        BadInput::SetUp();
        bring_server();
        bring("desk");
        bring("terminal");
        fs::create_directories(path("stick"));
        for (const char* const kind : {"openings", "enrolments"}) {
            for (const auto& entry : fs::directory_iterator(path("desk") / kind)) {
                if (entry.path().string().ends_with(".dsse.json")) {
                    fs::copy(entry.path(),
                             path("stick") / (kind + ("-" + entry.path().filename().string())));
                }
            }
        }
        for (const auto& entry : fs::directory_iterator(path("desk/packages"))) {
            const std::string file = entry.path().string();
            if (file.ends_with(".dsse.json")) {
                real_ = record::read_signed<record::Package>(to_bytes(slurped(file))).value();
                age_file_ = to_bytes(slurped(file.substr(0, file.size() - 10) + ".age"));
            }
        }
    }
    static std::string slurped(const fs::path& file) {
        SystemDisk disk;
        return to_string(read_file(disk, file, 16U << 20U).value());
    }
    crypto::KeyRing desk_keys() const {
        return crypto::KeyRing::unlock(
                   to_bytes(slurped(path("desk.keys"))),
                   crypto::Pin(crypto::SecretBytes::copy_of(as_bytes("123456"))))
            .value();
    }
    crypto::KeyRing terminal_keys() const {
        return crypto::KeyRing::from_text(to_bytes(slurped(path("terminal/machine.keys")))).value();
    }
    /// The real package with something changed, signed by a terminal and by the desk.
    template <typename Change>
    void put_changed(const std::string& name, const crypto::SigningKey& terminal, Change change) {
        record::Package package = real_.object;
        change(package);
        auto made = record::sign(std::move(package), terminal);
        made.envelope.add_signature(desk_keys().signing("signing").value());
        put(name, made);
    }
    void put(const std::string& name, const record::Signed<record::Package>& package) const {
        write("stick/" + name + ".assay-package",
              to_string(record::write_upload({to_bytes(package.json()), age_file_})));
    }
    test::Ended import() const { return shell(server("import stick")); }
    /// The row of a file in the JSON that `import` prints.
    static std::string row(const test::Ended& ended, const std::string& name) {
        const std::size_t at = ended.out.find("{\"file\":\"" + name);
        return at == std::string::npos ? ended.out + ended.err
                                       : ended.out.substr(at, ended.out.find('}', at) - at);
    }
    static std::string receipt(const std::string& row) {
        const std::size_t at = row.find("\"receipt\":\"");
        return at == std::string::npos ? "" : row.substr(at);
    }
    bool status_has(const std::string& text) const {
        return shell(server("status --json")).out.find(text) != std::string::npos;
    }
    /// In both languages; the log has the line.
    void expect_refused(const std::string& name, const std::string& id) const {
        for (const char* const language : {"en", "zh-CN"}) {
            const test::Ended ended = shell(server("import stick", language));
            EXPECT_EQ(ended.code, 13) << ended.err;
            EXPECT_NE(row(ended, name).find("\"what\":\"refused\",\"id\":\"" + id + '"'),
                      std::string::npos)
                << ended.out << ended.err;
            EXPECT_NE(ended.err.find(" assay-server error " + id + " code="), std::string::npos)
                << ended.err;
        }
        expect_sentences(id);
    }

    record::Signed<record::Package> real_;
    Bytes age_file_;
};

TEST_F(BadPackage, SentTwiceGetsTheSameReceipt) {
    put("one", real_);
    const test::Ended first = import();
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_NE(row(first, "one").find("\"what\":\"taken\""), std::string::npos) << first.out;
    const test::Ended second = import();
    EXPECT_EQ(second.code, 0) << second.err;
    EXPECT_NE(row(second, "one").find("\"what\":\"known\""), std::string::npos) << second.out;
    EXPECT_FALSE(receipt(row(first, "one")).empty());
    EXPECT_EQ(receipt(row(first, "one")), receipt(row(second, "one")));
    EXPECT_TRUE(status_has("\"refused\":0"));
}

TEST_F(BadPackage, SecondOneOfAnEpochIsRefusedAndBothAreKept) {
    put("1-first", real_);
    ASSERT_EQ(import().code, 0);
    put_changed("2-second", terminal_keys().signing("signing").value(),
                [](record::Package& package) { package.time.seconds += 1; });
    expect_refused("2-second", "server.package.second");
    EXPECT_TRUE(status_has("\"packages\":1"));
    EXPECT_FALSE(status_has("\"refused\":0"));
}

TEST_F(BadPackage, LateOneOfAnOlderEpochIsKept) {
    put_changed("1-newer", terminal_keys().signing("signing").value(),
                [](record::Package& package) { package.epoch.value += 1; });
    ASSERT_EQ(import().code, 0);
    put("2-older", real_);
    expect_refused("2-older", "server.package.older-epoch");
    EXPECT_TRUE(status_has("\"packages\":1"));
    EXPECT_FALSE(status_has("\"refused\":0"));
}

TEST_F(BadPackage, OfAForeignTerminalIsRefused) {
    crypto::SystemRandom random;
    const auto foreign = crypto::SigningKey::generate(random);
    put_changed("foreign", foreign,
                [&](record::Package& package) { package.terminal = random.id<MachineId>(); });
    expect_refused("foreign", "server.terminal.unknown");
    EXPECT_TRUE(status_has("\"packages\":0"));
}

TEST_F(BadPackage, ReleaseForAnotherSiteIsNotTaken) {
    for (const auto& entry : fs::directory_iterator(path("desk/releases"))) {
        if (!entry.path().string().ends_with(".dsse.json")) {
            continue;
        }
        record::Release release =
            record::read_signed<record::Release>(to_bytes(slurped(entry.path()))).value().object;
        release.site = SiteId::from_hex("00000000000000000000000000000006").value();
        const auto made = record::sign(release, desk_keys().signing("signing").value());
        write("stick/9-release.dsse.json", made.json());
    }
    expect_refused("9-release", "record.verify.other");
    EXPECT_TRUE(status_has("\"packages\":0"));
}

}  // namespace
}  // namespace assay
