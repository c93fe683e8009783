#pragma once

#include <memory>
#include <string>

namespace assay::platform {

/// The system's own speech: text read aloud to one person. Connects when it is first asked to
/// speak; without a speech service it stays silent. One thread.
class Speech {
  public:
    Speech();
    Speech(const Speech&) = delete;
    Speech& operator=(const Speech&) = delete;
    ~Speech();

    /// Reads `text`, of at most kSpokenBytesMax bytes, in place of what is being read. `language`
    /// is a tag such as "zh-CN". False where nothing can speak.
    bool say(const std::string& text, const std::string& language);
    void hush();

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

inline constexpr std::size_t kSpokenBytesMax = std::size_t{64} * 1024;

}  // namespace assay::platform
