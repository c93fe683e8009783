#pragma once

#include "question-bank/cli/check_report.h"

namespace assay::bank {

// Each adds what it finds about one item of `file` to the report.
void check_scoring(const item::Item& item, const CheckedFile& file, CheckReport& report);
void check_accessibility(const item::Item& item, const CheckedFile& file, CheckReport& report);
void check_safety(pugi::xml_node root, const CheckedFile& file, CheckReport& report);
void check_attributes(pugi::xml_node root, const CheckedFile& file, CheckReport& report);

/// The points an item can give: MAXSCORE, else the normal maximum of SCORE.
double points_of(const item::Item& item);

}  // namespace assay::bank
