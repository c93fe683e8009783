#include "server/api/board_page.h"

#include <algorithm>

#include "crypto/base/escape.h"
#include "server/core/board.h"
#include "server/protocol/exchange.h"

namespace assay::server_api {
namespace {

using server_core::Board;
using server_core::BoardRoom;
using server_core::BoardRow;
using server_core::BoardState;

constexpr const char* kStyle =
    "body{font:16px sans-serif;margin:2em}table{border-collapse:collapse}"
    "th,td{border:1px solid #999;padding:.3em .6em;text-align:left}.call{font-weight:bold}";

std::string cell(const std::string& text) { return "<td>" + escaped(text) + "</td>"; }

std::string heads(const text::Texts& texts, text::Language language,
                  const std::vector<MessageId>& ids) {
    std::string out = "<tr>";
    for (const MessageId id : ids) {
        out += "<th scope=\"col\">" + escaped(texts.say(language, id)) + "</th>";
    }
    return out + "</tr>\n";
}

std::string count_of(const BoardRoom& room, BoardState state) {
    return std::to_string(std::ranges::count(room.rows, state, &BoardRow::state));
}

MessageId name_of(BoardState state) {
    switch (state) {
        case BoardState::kNotSealed:
            return "server.board.not-sealed"_id;
        case BoardState::kReceived:
            return "server.board.received"_id;
        case BoardState::kOutstanding:
            return "server.board.outstanding"_id;
        case BoardState::kOther:
            return "server.board.other"_id;
        case BoardState::kAbsent:
            return "server.board.absent"_id;
        case BoardState::kTerminated:
            return "server.board.terminated"_id;
        case BoardState::kLost:
            return "server.board.lost"_id;
        default:
            return "server.board.void"_id;
    }
}

std::string rooms_table(const Board& board, const text::Texts& texts, text::Language language) {
    std::string out =
        "<table>\n" +
        heads(texts, language,
              {"server.board.room"_id, "server.board.attempts"_id, "server.board.received"_id,
               "server.board.outstanding"_id, "server.board.other"_id, "server.board.absent"_id,
               "server.board.lost"_id, "server.board.not-sealed"_id, "server.board.refused"_id,
               "server.board.call"_id});
    for (const BoardRoom& room : board.rooms) {
        out += std::string("<tr") + (room.call ? " class=\"call\"" : "") + ">" + cell(room.name) +
               cell(std::to_string(room.rows.size())) +
               cell(count_of(room, BoardState::kReceived)) +
               cell(count_of(room, BoardState::kOutstanding)) +
               cell(count_of(room, BoardState::kOther)) +
               cell(count_of(room, BoardState::kAbsent)) + cell(count_of(room, BoardState::kLost)) +
               cell(count_of(room, BoardState::kNotSealed)) + cell(std::to_string(room.refused)) +
               cell(texts.say(language, room.call ? "server.board.yes"_id : "server.board.no"_id)) +
               "</tr>\n";
    }
    return out + "</table>\n";
}

std::string missing_table(const Board& board, const text::Texts& texts, text::Language language) {
    std::string out = "<table>\n" + heads(texts, language,
                                          {"server.board.room"_id, "server.board.attempt"_id,
                                           "server.board.state"_id, "server.board.evidence"_id});
    for (const BoardRoom& room : board.rooms) {
        for (const BoardRow& row : room.rows) {
            const bool fine = row.state != BoardState::kOutstanding &&
                              row.state != BoardState::kOther &&
                              row.evidence_received >= row.evidence_expected;
            if (!fine) {
                out += "<tr>" + cell(room.name) + cell(row.attempt.hex()) +
                       cell(texts.say(language, name_of(row.state))) +
                       cell(std::to_string(row.evidence_received) + " / " +
                            std::to_string(row.evidence_expected)) +
                       "</tr>\n";
            }
        }
    }
    return out + "</table>\n";
}

http::Reply refused(const Error& error) {
    return http::Reply::bytes(protocol::http_status(error.code), "application/json",
                              protocol::write_refusal(error));
}

}  // namespace

bool from_this_machine(const http::Request& request) {
    return request.remote == "127.0.0.1" || request.remote == "::1" ||
           request.remote == "::ffff:127.0.0.1";
}

std::string board_html(const Board& board, const text::Texts& texts, text::Language language) {
    const auto say = [&](MessageId id) { return escaped(texts.say(language, id)); };
    const std::string title = say("server.board.title"_id) + " · " + escaped(board.title);
    return "<!doctype html>\n<html lang=\"" + std::string(text::language_tag(language)) +
           "\">\n<head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"30\">"
           "<title>" +
           title + "</title><style>" + kStyle + "</style></head>\n<body>\n<h1>" + title +
           "</h1>\n<p>" + escaped(board.time.text()) + "</p>\n<p class=\"call\">" +
           say(board.adds_up ? "server.board.adds-up"_id : "server.board.does-not"_id) + "</p>\n" +
           rooms_table(board, texts, language) + "<h2>" + say("server.board.missing"_id) +
           "</h2>\n" + missing_table(board, texts, language) + "</body>\n</html>\n";
}

void add_board(http::Router& router, Core& core, const text::Texts& texts) {
    const auto add = [&](const char* path, auto write) {
        http::RouteOptions options;
        options.allow = from_this_machine;
        router.add("GET", path, options, [&core, write](const http::Request& request) {
            const auto sitting = SittingId::from_hex(request.params.at("sitting"));
            if (!sitting.ok()) {
                return refused(sitting.error());
            }
            const auto board =
                server_core::board_of(core.ports, core.sittings, core.intake, *sitting);
            http::Reply reply = board.ok() ? write(*board, request) : refused(board.error());
            reply.headers.emplace("cache-control", "no-store");
            return reply;
        });
    };
    add("/v1/boards/{sitting}", [](const Board& board, const http::Request&) {
        return http::Reply::bytes(200, "application/json", record::write_document(board));
    });
    add("/v1/boards/{sitting}/csv", [](const Board& board, const http::Request&) {
        return http::Reply::bytes(200, "text/csv; charset=utf-8",
                                  to_bytes(server_core::board_csv(board)));
    });
    add("/v1/boards/{sitting}/page", [&texts](const Board& board, const http::Request& request) {
        const auto language = text::language_from(request.header("accept-language"));
        http::Reply reply = http::Reply::bytes(200, "text/html; charset=utf-8",
                                               to_bytes(board_html(board, texts, language)));
        reply.headers.emplace("content-security-policy",
                              "default-src 'none'; style-src 'unsafe-inline'");
        return reply;
    });
}

}  // namespace assay::server_api
