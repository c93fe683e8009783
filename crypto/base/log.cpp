#include "crypto/base/log.h"

#include <algorithm>
#include <mutex>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace assay {
namespace {

constexpr std::size_t kLogFileBytes = 10U << 20U;
constexpr std::size_t kLogFilesKept = 5;

/// A value keeps its line: control characters and spaces are quoted.
std::string quoted(const std::string& value) {
    const bool plain = !value.empty() && value.find_first_of(" \"=\\") == std::string::npos &&
                       std::none_of(value.begin(), value.end(), [](char c) {
                           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
                       });
    if (plain) {
        return value;
    }
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    }
    return out + '"';
}

std::string line(std::string_view id, const Args& args) {
    std::string out(id);
    for (const auto& [name, value] : args) {
        out += ' ' + name + '=' + quoted(value);
    }
    return out;
}

class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    explicit FunctionSink(std::function<void(const std::string&)> write)
        : write_(std::move(write)) {}

  private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        write_(std::string(message.payload.data(), message.payload.size()));
    }
    void flush_() override {}
    std::function<void(const std::string&)> write_;
};

}  // namespace

struct Log::Sink {
    Sink(spdlog::sink_ptr sink, const std::string& program) : logger(program, std::move(sink)) {
        logger.set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %n %l %v", spdlog::pattern_time_type::utc);
        logger.flush_on(spdlog::level::info);
    }
    spdlog::logger logger;
};

Log::Log(std::unique_ptr<Sink> sink) : sink_(std::move(sink)) {}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

Log Log::to_stderr(const std::string& program) {
    return Log(std::make_unique<Sink>(std::make_shared<spdlog::sinks::stderr_sink_mt>(), program));
}

Result<Log> Log::to_file(const std::string& program, const Path& path) {
    try {
        return Log(std::make_unique<Sink>(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                                              path.string(), kLogFileBytes, kLogFilesKept),
                                          program));
    } catch (const spdlog::spdlog_ex&) {
        return fail(Code::kIo, "base.log.open"_id, {{"path", path.string()}});
    }
}

Log Log::to_function(std::function<void(const std::string&)> sink) {
    return Log(std::make_unique<Sink>(std::make_shared<FunctionSink>(std::move(sink)), "test"));
}

void Log::info(MessageId id, const Args& args) { sink_->logger.info("{}", line(id.text(), args)); }

void Log::warn(MessageId id, const Args& args) { sink_->logger.warn("{}", line(id.text(), args)); }

void Log::error(const Error& error) {
    Args args{{"code", code_name(error.code)}};
    args.insert(args.end(), error.what.args.begin(), error.what.args.end());
    sink_->logger.error("{}", line(error.what.id.text(), args));
}

}  // namespace assay
