#include "crypto/command/session.h"

#include <iostream>

namespace assay::command {

void print(const std::string& line) { std::cout << line << '\n'; }

void tell(const std::string& line) { std::cerr << line << '\n'; }

int report(const Session& session, const Error& error) {
    tell(session.texts.say_error(session.language, error));
    session.log.error(error);
    return exit_code(error.code);
}

}  // namespace assay::command
