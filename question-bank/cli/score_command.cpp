// assay-bank score --cases FILE --root DIR: how outsiders check the engine.
#include <map>
#include <memory>

#include "question-bank/cli/case_lines.h"
#include "question-bank/cli/command_line.h"
#include "question-bank/item/number.h"
#include "question-bank/item/package.h"
#include "question-bank/item/path_rules.h"
#include "question-bank/item/score.h"

namespace assay::bank {

namespace {

namespace json = boost::json;

/// Items that were read already; emptied when it is full, so that a long list does not grow.
constexpr std::size_t kItemsKeptMax = 512;
/// Files that one item may be made of.
constexpr std::size_t kPartsMax = 32;

struct Options {
    std::string cases;
    std::string root;
};

class Scorer {
  public:
    Scorer(Disk& disk, Path root) : disk_(disk), root_(std::move(root)) {}

    json::object score(const json::object& one) {
        json::object out;
        const auto* id = one.if_contains("id");
        out["id"] = id == nullptr ? json::value() : *id;
        const auto outcomes = outcomes_of(one);
        if (outcomes.ok()) {
            out["outcomes"] = *outcomes;
        } else {
            out["error"] = to_string(outcomes.error());
        }
        return out;
    }

  private:
    Result<json::object> outcomes_of(const json::object& one) {
        ASSAY_TRY(const auto* item, item_at(text_member(one, "item")));
        ASSAY_TRY(const auto responses, responses_of(*item, one));
        ASSAY_TRY(const auto outcomes, item::score_item(*item, responses));
        json::object out;
        for (const auto& [name, value] : outcomes.values) {
            if (name == "completionStatus" && !item->adaptive) {
                continue;
            }
            if (value.is_null()) {
                out[name] = nullptr;
                continue;
            }
            json::array lines;
            for (auto& line : item::value_to_text(value)) {
                lines.emplace_back(std::move(line));
            }
            out[name] = std::move(lines);
        }
        return out;
    }

    Result<const item::Item*> item_at(const std::string& name) {
        const auto kept = items_.find(name);
        if (kept != items_.end()) {
            return &kept->second;
        }
        ASSAY_TRY(const auto path, below(root_, name));
        ASSAY_TRY(auto bytes, read_file(disk_, path, item::kItemBytesMax));
        ASSAY_TRY(auto read, with_its_parts(name, std::move(bytes)));
        if (items_.size() >= kItemsKeptMax) {
            items_.clear();
        }
        return &items_.emplace(name, std::move(read)).first->second;
    }

    /// The item with the fragments, templates and stimuli beside it that it names.
    Result<item::Item> with_its_parts(const std::string& name, Bytes bytes) {
        item::Package package;
        const auto own = *item::collapsed(name);
        std::vector<std::string> waiting = {own};
        package.files[own] = std::move(bytes);
        while (!waiting.empty() && package.files.size() < kPartsMax) {
            const auto from = std::move(waiting.back());
            waiting.pop_back();
            for (auto& wanted : item::parts_named_by(*package.file(from), from)) {
                const auto path = below(root_, wanted);
                auto part = path.ok() && !package.files.contains(wanted)
                                ? read_file(disk_, *path, item::kItemBytesMax)
                                : Result<Bytes>(fail(Code::kNotFound, "bank.cases.path"_id,
                                                     {{"path", wanted}}));
                if (part.ok()) {
                    package.files[wanted] = std::move(*part);
                    waiting.push_back(std::move(wanted));
                }
            }
        }
        auto whole = item::read_item_at(package, own);
        // A part that is not there may be one that no rule needs.
        return whole.ok() ? std::move(whole) : item::read_item(*package.file(own));
    }

    static std::string text_of(const json::value& value) {
        if (const auto* text = value.if_string()) {
            return {text->begin(), text->end()};
        }
        return value.is_double() ? item::shortest(value.as_double()) : json::serialize(value);
    }

    static std::string field_line(std::string_view name, const json::value& value) {
        const auto* list = value.if_array();
        std::string out(name);
        out += '=';
        out += text_of(list != nullptr && !list->empty() ? list->front() : value);
        return out;
    }

    static item::TextLines lines_of(const json::value& value) {
        item::TextLines out;
        if (const auto* list = value.if_array()) {
            for (const auto& line : *list) {
                out.push_back(text_of(line));
            }
        } else if (const auto* record = value.if_object()) {
            for (const auto& [name, field] : *record) {
                out.push_back(field_line({name.data(), name.size()}, field));
            }
        } else if (!value.is_null()) {
            out.push_back(text_of(value));
        }
        return out;
    }

    /// What is no number of a numeric variable is NULL, as it is when a candidate types it; so is
    /// an empty text of anything but a string.
    static Result<item::Value> value_of(const item::Declaration& declaration,
                                        item::TextLines lines) {
        const auto base = declaration.base;
        const bool number = base == item::BaseType::kInteger || base == item::BaseType::kFloat;
        if (declaration.cardinality != item::Cardinality::kRecord &&
            base != item::BaseType::kString) {
            std::erase_if(lines, [&](const std::string& line) {
                return item::trimmed(line).empty() ||
                       (number && !item::scalar_from_text(base, line).ok());
            });
        }
        return item::value_from_text(declaration, lines);
    }

    static Result<item::Responses> responses_of(const item::Item& item, const json::object& one) {
        item::Responses out;
        const auto* given = one.if_contains("responses");
        if (given == nullptr || !given->is_object()) {
            return out;
        }
        for (const auto& [name, value] : given->as_object()) {
            const auto* declaration = item.response(std::string_view(name.data(), name.size()));
            if (declaration != nullptr) {
                ASSAY_TRY(out[std::string(name)], value_of(*declaration, lines_of(value)));
            }
        }
        return out;
    }

    Disk& disk_;
    Path root_;
    std::map<std::string, item::Item> items_;
};

Result<int> run(const Session& session, const Options& options) {
    ASSAY_TRY(auto cases, CaseLines::open(session.disk, options.cases));
    Scorer scorer(session.disk, options.root);
    for (;;) {
        const auto one = cases.next();
        if (!one.ok() && one.error().code != Code::kInvalid) {
            return one.error();
        }
        if (!one.ok()) {
            print(
                json::serialize(json::object{{"id", nullptr}, {"error", to_string(one.error())}}));
            continue;
        }
        if (!*one) {
            return 0;
        }
        print(json::serialize(scorer.score(**one)));
    }
}

}  // namespace

void add_score_command(CommandLine& line) {
    auto options = std::make_shared<Options>();
    const auto& session = line.session();
    auto& command = line.command("score", "bank.help.score"_id,
                                 [options, &session] { return run(session, *options); });
    line.required(command, "--cases", options->cases, "bank.help.cases"_id);
    line.required(command, "--root", options->root, "bank.help.root"_id);
}

}  // namespace assay::bank
