#pragma once

#include "server/api/routes.h"

namespace assay::server_api {

/// The page that checks a slip, a receipt or an auditor's folder in the browser: one file, nothing
/// from elsewhere. `{{log-key}}` stands where the log's key goes.
std::string check_page_source();
std::string check_page(const std::string& log_key);

/// GET /check, for anyone.
void add_check_page(http::Router& router, Core& core);

}  // namespace assay::server_api
