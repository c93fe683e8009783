#include "server/cli/session.h"

#include <iostream>

namespace assay::server_cli {

void print(const boost::json::value& document) {
    std::cout << boost::json::serialize(document) << std::endl;
}

void print_text(const std::string& text) { std::cout << text << std::flush; }

}  // namespace assay::server_cli
