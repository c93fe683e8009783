#include "server/cli/session.h"

#include <iostream>

namespace assay::server_cli {

void print(const boost::json::value& document) {
    std::cout << boost::json::serialize(document) << std::endl;
}

}  // namespace assay::server_cli
