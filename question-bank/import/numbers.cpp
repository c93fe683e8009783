#include "question-bank/import/numbers.h"

#include <cmath>
#include <string>

#include "question-bank/item/fold.h"
#include "question-bank/item/number.h"

namespace assay::import {

std::optional<double> number_in(std::string_view text) {
    std::string plain = item::trimmed_all(item::width_normalised(text));
    if (plain.find('.') == std::string::npos && plain.find(',') == plain.rfind(',')) {
        for (char& c : plain) {
            c = c == ',' ? '.' : c;
        }
    }
    const auto number = item::real_from(plain);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

}  // namespace assay::import
