// assay-bank convert SOURCE --out FILE: a sheet, GIFT, Moodle XML or an older package to QTI 3.0.
#include <algorithm>
#include <memory>

#include <boost/json.hpp>

#include "crypto/command/new_file.h"
#include "question-bank/cli/command_line.h"
#include "question-bank/cli/package_source.h"
#include "question-bank/import/gift.h"
#include "question-bank/import/item_writer.h"
#include "question-bank/import/moodle.h"
#include "question-bank/import/sheet.h"
#include "question-bank/item/fold.h"
#include "question-bank/item/qti30.h"
#include "question-bank/sealed/zip.h"

namespace assay::bank {

namespace {

struct Options {
    std::string source;
    std::string out;
    std::string pictures;
    std::string title;
    std::string language;  ///< as the source says, where none is named
    LimitOptions limits;
};

Result<import::Import> read_item_sheet(const Session& session, const table::Table& sheet,
                                       const std::string& pictures) {
    if (pictures.empty()) {
        return import::read_sheet(sheet, nullptr);
    }
    if (session.disk.list(pictures).ok()) {
        ASSAY_TRY(const auto folder, table::Pictures::from_folder(session.disk, pictures));
        return import::read_sheet(sheet, &folder);
    }
    ASSAY_TRY(auto zip, read_file(session.disk, pictures, table::kPictureArchiveBytesMax));
    ASSAY_TRY(const auto packed, table::Pictures::from_zip(std::move(zip)));
    return import::read_sheet(sheet, &packed);
}

void print_notices(const Session& session, const std::vector<import::Notice>& notices,
                   MessageId sentence) {
    for (const auto& notice : notices) {
        tell(session.say(sentence, {{"place", std::to_string(notice.place)},
                                    {"column", notice.column.empty() ? "-" : notice.column},
                                    {"reason", session.say(notice.what)}}));
    }
}

Status write_zip_file(const Session& session, const Path& out,
                      const std::map<std::string, Bytes>& files) {
    return command::write_new(session.disk, out, sealed::write_zip(files));
}

Result<int> write_import(const Session& session, const Options& options,
                         const import::Import& source) {
    print_notices(session, source.left_out, "bank.convert.left-out"_id);
    print_notices(session, source.remarks, "bank.convert.remark"_id);
    if (source.questions.empty()) {
        return fail(Code::kInvalid, "bank.convert.nothing"_id);
    }
    const auto stem = Path(options.source).stem().string();
    const import::PackageNames names{"assay-" + std::to_string(source.questions.size()),
                                     options.title.empty() ? stem : options.title,
                                     options.language.empty() ? "zh-CN" : options.language};
    ASSAY_TRY_STATUS(write_zip_file(session, options.out, import::package_of(source, names)));
    print(session.say("bank.convert.done"_id, {{"items", std::to_string(source.questions.size())},
                                               {"left", std::to_string(source.left_out.size())},
                                               {"path", options.out}}));
    return source.left_out.empty() ? 0 : command::kDoesNotHoldExit;
}

Result<int> convert_sheet(const Session& session, Options options, ByteView bytes) {
    ASSAY_TRY(const auto sheet, table::read_table(bytes));
    ASSAY_TRY(const auto source, read_item_sheet(session, sheet, options.pictures));
    if (options.language.empty()) {
        options.language = import::language_of_sheet(sheet);
    }
    return write_import(session, options, source);
}

Result<int> convert_package(const Session& session, const Options& options) {
    ASSAY_TRY(const auto package,
              item::read_package(session.disk, options.source, options.limits.limits()));
    ASSAY_TRY(const auto files, item::package_as_30(package));
    ASSAY_TRY_STATUS(write_zip_file(session, options.out, files));
    const auto items = package.of_kind(item::ResourceKind::kItem).size();
    print(session.say("bank.convert.done"_id,
                      {{"items", std::to_string(items)}, {"left", "0"}, {"path", options.out}}));
    return 0;
}

Result<int> run(const Session& session, const Options& options) {
    const auto extension = item::case_folded(Path(options.source).extension().string());
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), extension) != names.end();
    };
    if (!is({".xlsx", ".csv", ".gift", ".txt", ".xml"})) {
        return convert_package(session, options);
    }
    ASSAY_TRY(const auto bytes, read_file(session.disk, options.source, import::kSourceBytesMax));
    if (is({".xlsx", ".csv"})) {
        return convert_sheet(session, options, bytes);
    }
    ASSAY_TRY(const auto source,
              is({".xml"}) ? import::read_moodle(bytes) : import::read_gift(bytes));
    return write_import(session, options, source);
}

}  // namespace

void add_convert_command(CommandLine& line) {
    auto options = std::make_shared<Options>();
    const auto& session = line.session();
    auto& command = line.command("convert", "bank.help.convert"_id,
                                 [options, &session] { return run(session, *options); });
    line.required(command, "source", options->source, "bank.help.source"_id);
    line.required(command, "--out", options->out, "bank.help.package-out"_id);
    line.option(command, "--pictures", options->pictures, "bank.help.pictures"_id);
    line.option(command, "--title", options->title, "bank.help.test-title"_id);
    line.option(command, "--content-language", options->language, "bank.help.content-language"_id);
    limit_options(line, command, options->limits);
}

}  // namespace assay::bank
