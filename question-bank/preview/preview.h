#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "crypto/text/texts.h"
#include "question-bank/item/package.h"
#include "question-bank/preview/request.h"

namespace assay::preview {

/// A package that somebody looks at, and the reply to each request for it (README.md). Items are
/// read once, each with its key and as the candidate gets it.
class Preview {
  public:
    /// `base` is "/TOKEN/". An item that cannot be read is listed with its reason. Errors: those of
    /// the candidate's files as a whole.
    static Result<Preview> make(item::Package package, const text::Texts& texts,
                                text::Language language, std::string base);

    Reply answer(const Request& request) const;

  private:
    struct Entry {
        std::string path;
        Result<item::Item> whole;      ///< with its key
        Result<item::Item> candidate;  ///< what the terminal draws
    };
    struct TestEntry {
        std::string path;
        Result<item::Test> test;
    };

    Preview(item::Package package, const text::Texts& texts, text::Language language,
            std::string base)
        : package_(std::move(package)),
          texts_(texts),
          language_(language),
          base_(std::move(base)) {}
    void add_item(const std::string& path);

    Reply get(std::string_view path, const Request& request) const;
    Reply post(std::string_view path, const Request& request) const;
    Reply item_page(std::size_t number, const Request& request) const;
    Reply bank_file(std::string_view path) const;
    boost::json::object content(text::Language language) const;
    boost::json::object trial(std::size_t number, const boost::json::object& asked,
                              text::Language language) const;
    boost::json::object walk(std::size_t number, const boost::json::object& asked,
                             text::Language language) const;
    text::Language language_of(const Request& request) const;

    item::Package package_;
    item::Package candidate_ = {};  ///< the files that a candidate gets
    const text::Texts& texts_;
    text::Language language_;
    std::string base_;
    std::vector<Entry> items_ = {};
    std::vector<TestEntry> tests_ = {};
};

}  // namespace assay::preview
