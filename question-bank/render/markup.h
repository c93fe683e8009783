#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::render {

/// Names come from our own tables or literals, values from anywhere.
using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// A JSON string with its quotes; also safe inside of HTML.
std::string json_string(std::string_view text);

/// HTML that is well-formed XML as well. Every value is escaped here and nowhere else.
class Markup {
  public:
    Markup() = default;
    /// What stands before the first element.
    explicit Markup(std::string before) : out_(std::move(before)) { out_.reserve(kUsualBytes); }

    void text(std::string_view text);
    /// An element without content, such as `img`.
    void empty(std::string_view name, const Attributes& attributes = {});
    void open(std::string_view name, const Attributes& attributes = {});
    void close(std::string_view name);
    /// Markup that another Markup made.
    void append(const Markup& other) { out_ += other.out_; }

    const std::string& str() const { return out_; }
    std::string take() { return std::move(out_); }

  private:
    static constexpr std::size_t kUsualBytes = std::size_t{16} * 1024;

    void start(std::string_view name, const Attributes& attributes);
    std::string out_;
};

/// An element around what is written while it lives.
class Tag {
  public:
    Tag(Markup& out, std::string_view name, const Attributes& attributes = {})
        : out_(out), name_(name) {
        out_.open(name_, attributes);
    }
    Tag(const Tag&) = delete;
    Tag& operator=(const Tag&) = delete;
    ~Tag() { out_.close(name_); }

  private:
    Markup& out_;
    std::string_view name_;
};

}  // namespace assay::render
