#include "server/api/paper.h"

#include <algorithm>

#include "crypto/base/escape.h"

namespace assay::server_api {
namespace {

constexpr const char* kStyle =
    "@page{size:A4;margin:15mm}body{font:14px 'Noto Sans CJK SC',sans-serif;margin:0}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:2mm;"
    "text-align:left}h1{font-size:20px}h2{font-size:16px}.page{break-after:page}"
    ".ticket{border:1px solid #000;padding:6mm;margin-bottom:8mm;height:115mm;overflow:hidden;"
    "break-inside:avoid}.ticket img,.frame{float:right;width:30mm;height:40mm;object-fit:cover;"
    "border:1px solid #000}.label{display:inline-block;width:80mm;height:42mm;padding:4mm;"
    "border:1px dashed #000;box-sizing:border-box;break-inside:avoid;vertical-align:top}"
    ".seat{font-size:30px;font-weight:bold}.sign{width:45mm;height:11mm}";

/// From what the first number of a shortened candidate number is shown.
constexpr std::size_t kShownDigits = 4;

/// Writes sentences and values, each escaped once.
class Page {
  public:
    Page(const text::Texts& texts, text::Language language) : texts_(texts), language_(language) {}

    std::string say(MessageId id) const { return escaped(texts_.say(language_, id)); }
    std::string line(MessageId id, const std::string& value) const {
        return "<p>" + say(id) + ": <b>" + escaped(value) + "</b></p>\n";
    }
    std::string heads(std::initializer_list<MessageId> ids) const {
        std::string out = "<tr>";
        for (const MessageId id : ids) {
            out += "<th scope=\"col\">" + say(id) + "</th>";
        }
        return out + "</tr>\n";
    }
    std::string whole(const std::string& title, const std::string& body) const {
        return "<!doctype html>\n<html lang=\"" + std::string(text::language_tag(language_)) +
               "\">\n<head><meta charset=\"utf-8\">"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src 'unsafe-inline'; img-src data:\"><title>" +
               escaped(title) + "</title><style>" + kStyle + "</style></head>\n<body>\n" + body +
               "</body>\n</html>\n";
    }

  private:
    const text::Texts& texts_;
    text::Language language_;
};

const record::SittingManifest& manifest_of(const PaperSitting& paper) {
    return paper.sitting.manifest.object;
}

/// Seats that are numbers stand in the order of numbers.
bool seat_before(const record::RosterRow* a, const record::RosterRow* b) {
    return a->seat.size() != b->seat.size() ? a->seat.size() < b->seat.size() : a->seat < b->seat;
}

std::vector<const record::RosterRow*> rows_of(const PaperSitting& paper, const RoomId& room) {
    std::vector<const record::RosterRow*> out;
    for (const record::RosterRow& row : paper.roster.rows) {
        const record::AttemptRow* const attempt = paper.sitting.attempts.find(row.attempt);
        if (attempt != nullptr && attempt->room == room) {
            out.push_back(&row);
        }
    }
    std::ranges::stable_sort(out, seat_before);
    return out;
}

std::string window_of(const PaperSitting& paper) {
    return local_time(manifest_of(paper).window_begin, paper.utc_offset) + " – " +
           local_time(manifest_of(paper).window_end, paper.utc_offset);
}

std::string photo_of(const PaperSitting& paper, const record::RosterRow& row) {
    const auto found = row.photo ? paper.photos.find(*row.photo) : paper.photos.end();
    if (found == paper.photos.end()) {
        return "<div class=\"frame\"></div>";
    }
    return "<img alt=\"\" src=\"" + escaped(found->second) + "\">";
}

std::string ticket(const PaperSitting& paper, const record::ManifestRoom& room,
                   const record::RosterRow& row, const Page& page) {
    return "<div class=\"ticket\">" + photo_of(paper, row) + "<h2>" +
           page.say("server.page.ticket"_id) + "</h2>\n" +
           page.line("server.page.exam"_id, manifest_of(paper).title) +
           page.line("server.page.name"_id, row.name) +
           page.line("server.page.number"_id, row.number) +
           page.line("server.page.room"_id, room.name) +
           page.line("server.page.seat"_id, row.seat) +
           page.line("server.page.window"_id, window_of(paper)) + "<p>" +
           page.say("server.page.bring"_id) + "</p></div>\n";
}

std::string shortened(const std::string& number) {
    return number.size() <= kShownDigits ? number
                                         : "…" + number.substr(number.size() - kShownDigits);
}

std::string cells(std::initializer_list<std::string> values) {
    std::string out = "<tr>";
    for (const std::string& value : values) {
        out += "<td>" + escaped(value) + "</td>";
    }
    return out;
}

template <typename Row>
std::string room_tables(const PaperSitting& paper, const Page& page, MessageId title,
                        const std::string& heads, const Row& write_row) {
    std::string body;
    for (const record::ManifestRoom& room : manifest_of(paper).rooms) {
        body += "<div class=\"page\"><h1>" + escaped(manifest_of(paper).title) + "</h1>\n<h2>" +
                page.say(title) + " · " + escaped(room.name) + "</h2>\n" +
                page.line("server.page.window"_id, window_of(paper)) + "<table>\n" + heads;
        for (const record::RosterRow* const row : rows_of(paper, room.room)) {
            body += write_row(*row);
        }
        body += "</table></div>\n";
    }
    return body;
}

/// 12500 is "12.5".
std::string points(std::int64_t milli) {
    std::string fraction = std::to_string(1000 + milli % 1000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return std::to_string(milli / 1000) + (fraction.empty() ? "" : "." + fraction);
}

MessageId word_of(record::ResultState state) {
    switch (state) {
        case record::ResultState::kPassed:
            return "server.page.passed"_id;
        case record::ResultState::kFailed:
            return "server.page.failed"_id;
        case record::ResultState::kAbsent:
            return "server.page.absent"_id;
        case record::ResultState::kVoid:
            return "server.page.void"_id;
        case record::ResultState::kWithheld:
            break;
    }
    return "server.page.withheld"_id;
}

}  // namespace

std::string local_time(WallTime time, std::chrono::minutes utc_offset) {
    std::string text = (time + std::chrono::seconds(utc_offset)).text().substr(0, 16);
    text[10] = ' ';
    return text;
}

std::string admission_tickets(const PaperSitting& paper, const text::Texts& texts,
                              text::Language language) {
    const Page page(texts, language);
    std::string body;
    for (const record::ManifestRoom& room : manifest_of(paper).rooms) {
        for (const record::RosterRow* const row : rows_of(paper, room.room)) {
            body += ticket(paper, room, *row, page);
        }
    }
    return page.whole(manifest_of(paper).title, body);
}

std::string seat_labels(const PaperSitting& paper, const text::Texts& texts,
                        text::Language language) {
    const Page page(texts, language);
    std::string body;
    for (const record::ManifestRoom& room : manifest_of(paper).rooms) {
        for (const record::RosterRow* const row : rows_of(paper, room.room)) {
            body += "<div class=\"label\"><span class=\"seat\">" + escaped(row->seat) + "</span> " +
                    escaped(room.name) + "<p>" + escaped(row->name) + " " +
                    escaped(shortened(row->number)) + "</p>" +
                    page.line("server.page.seat-code"_id, row->seat_code) + "</div>\n";
        }
    }
    return page.whole(manifest_of(paper).title, body);
}

std::string door_lists(const PaperSitting& paper, const text::Texts& texts,
                       text::Language language) {
    const Page page(texts, language);
    const std::string heads =
        page.heads({"server.page.seat"_id, "server.page.name"_id, "server.page.number-end"_id});
    const auto row = [](const record::RosterRow& each) {
        return cells({each.seat, each.name, shortened(each.number)}) + "</tr>\n";
    };
    return page.whole(manifest_of(paper).title,
                      room_tables(paper, page, "server.page.door"_id, heads, row));
}

std::string sign_in_sheets(const PaperSitting& paper, const text::Texts& texts,
                           text::Language language) {
    const Page page(texts, language);
    const std::string heads =
        page.heads({"server.page.seat"_id, "server.page.name"_id, "server.page.number"_id,
                    "server.page.signature-in"_id, "server.page.signature-out"_id});
    const auto row = [](const record::RosterRow& each) {
        return cells({each.seat, each.name, each.number}) +
               "<td class=\"sign\"></td><td class=\"sign\"></td></tr>\n";
    };
    return page.whole(manifest_of(paper).title,
                      room_tables(paper, page, "server.page.sign-in"_id, heads, row));
}

std::string result_sheet(const PaperResult& paper, const text::Texts& texts) {
    const Page chinese(texts, text::Language::kChinese);
    const Page english(texts, text::Language::kEnglish);
    const auto both = [&](MessageId id) { return chinese.say(id) + " / " + english.say(id); };
    const auto row = [&](MessageId id, const std::string& value) {
        return "<tr><th scope=\"row\">" + both(id) + "</th><td>" + value + "</td></tr>\n";
    };
    const record::SittingManifest& manifest = paper.sitting.manifest.object;
    const record::AttemptResult& result = paper.result;
    const std::string body =
        "<h1>" + both("server.page.result"_id) + "</h1>\n<table>\n" +
        row("server.page.exam"_id, escaped(manifest.title)) +
        row("server.page.name"_id, escaped(paper.person.name)) +
        row("server.page.number"_id, escaped(paper.person.number)) +
        row("server.page.window"_id, local_time(manifest.window_begin, paper.utc_offset)) +
        row("server.page.state"_id, both(word_of(result.state))) +
        row("server.page.score"_id, points(result.score_milli) + " / " + points(result.max_milli)) +
        row("server.page.sequence"_id, std::to_string(result.number)) +
        row("server.page.attempt"_id, result.attempt.hex()) +
        row("server.page.digest"_id, paper.published.hex()) + "</table>\n<p>" +
        chinese.say("server.page.check"_id) + "</p>\n<p>" + english.say("server.page.check"_id) +
        "</p>\n";
    return chinese.whole(manifest.title, body);
}

}  // namespace assay::server_api
