#include "question-bank/cli/session.h"

#include <iostream>

namespace assay::bank {

void print(const std::string& line) { std::cout << line << '\n'; }

void tell(const std::string& line) { std::cerr << line << '\n'; }

}  // namespace assay::bank
