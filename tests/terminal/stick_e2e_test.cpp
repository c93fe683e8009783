// A room whose server is away: everything that its desk holds leaves on a stick, and the server
// takes it, segments and candidates' files too.
#include <filesystem>

#include "tests/terminal/bad_input_fixture.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

class Stick : public test::BadInput {
  protected:
    /// The desk as it was before anything reached the server.
    void SetUp() override {
        BadInput::SetUp();
        bring_server();
        bring("desk");
        const auto back = [&](const char* folder, const char* from, const char* to) {
            std::vector<fs::path> found;
            for (const auto& entry : fs::directory_iterator(path("desk") / folder)) {
                if (entry.path().extension() == from) {
                    found.push_back(entry.path());
                }
            }
            for (const fs::path& file : found) {
                fs::path name = file;
                fs::rename(file, name.replace_extension(to));
            }
        };
        back("outbox", ".done", ".wait");
        back("uploads", ".passed", ".meta");
        for (const auto& entry : fs::directory_iterator(path("desk/uploads"))) {
            uploads_ += entry.path().extension() == ".meta" ? 1U : 0U;
        }
        ASSERT_GT(uploads_, 0U);
        const auto desk = start_desk();
        const std::string said = desk->ask("export " + path("stick").string());
        EXPECT_NE(said.find("\"ok\":true"), std::string::npos) << said;
        EXPECT_NE(said.find("\"uploads\":" + std::to_string(uploads_)), std::string::npos) << said;
    }
    static std::size_t count(const std::string& text, const std::string& what) {
        std::size_t out = 0;
        for (std::size_t at = text.find(what); at != std::string::npos;
             at = text.find(what, at + 1)) {
            ++out;
        }
        return out;
    }
    std::vector<fs::path> notes() const {
        std::vector<fs::path> out;
        for (const auto& entry : fs::directory_iterator(path("stick"))) {
            if (entry.path().string().ends_with(".upload.json")) {
                out.push_back(entry.path());
            }
        }
        return out;
    }
    test::Ended import(const std::string& language = "en") const {
        return shell(server("import stick", language));
    }

    std::size_t uploads_ = 0;
};

TEST_F(Stick, BringsPackageAndFilesToTheServerAndASecondTimeChangesNothing) {
    ASSERT_EQ(notes().size(), uploads_);
    const test::Ended first = import();
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_EQ(count(first.out, "\"what\":\"refused\""), 0U) << first.out;
    EXPECT_GE(count(first.out, "\"what\":\"taken\""), uploads_ + 5) << first.out;
    EXPECT_EQ(count(first.out, ".upload.json\",\"what\":\"taken\""), uploads_) << first.out;
    const test::Ended second = import();
    EXPECT_EQ(second.code, 0) << second.err;
    EXPECT_EQ(count(second.out, "\"what\":\"taken\""), 0U) << second.out;
    EXPECT_EQ(count(second.out, "\"what\":\"known\""), count(first.out, "\"what\":\"taken\""));
}

TEST_F(Stick, RefusesAFileThatIsNotWhatItsNoteSays) {
    fs::path bytes = notes().front();
    bytes = bytes.string().substr(0, bytes.string().size() - std::string(".upload.json").size()) +
            ".age";
    fs::resize_file(bytes, fs::file_size(bytes) - 1);
    for (const char* const language : {"en", "zh-CN"}) {
        const test::Ended ended = import(language);
        EXPECT_EQ(ended.code, 13) << ended.err;
        EXPECT_EQ(count(ended.out, "\"what\":\"refused\",\"id\":\"server.upload.digest\""), 1U)
            << ended.out;
    }
    expect_sentences("server.upload.digest");
    fs::remove(bytes);
    EXPECT_EQ(import().code, 13);
}

}  // namespace
}  // namespace assay
