#pragma once

#include "crypto/text/texts.h"
#include "server/api/routes.h"
#include "server/core/board.h"

namespace assay::server_api {

/// The collection board of a sitting: GET /v1/boards/{sitting} (JSON), .../csv and .../page (HTML,
/// in the language of Accept-Language). To this machine alone: what is missing where is for those
/// who run the examination. `texts` outlives the router.
void add_board(http::Router& router, Core& core, const text::Texts& texts);

/// The page. A screen that draws: it decides nothing.
std::string board_html(const server_core::Board& board, const text::Texts& texts,
                       text::Language language);

/// Asked from the machine itself, over the loopback.
bool from_this_machine(const http::Request& request);

}  // namespace assay::server_api
