#pragma once

#include "question-bank/table/table.h"

namespace assay::server_core {

/// Files of a OneRoster 1.2 CSV package (bulk) that are read; others may lie beside them.
struct OneRoster {
    table::Table users;        ///< users.csv
    table::Table enrollments;  ///< enrollments.csv
    std::string class_id;      ///< classSourcedId; empty: every class
};

/// The students of the class as a roster of ours: 姓名 (family name first where it is Chinese),
/// 考号 (identifier, else username), 座位 (1, 2, ... in the order of numbers: OneRoster knows no
/// seats). Rows that are to be deleted or not enabled are left out, and a student of several
/// enrolments comes once. kInvalid (server.plan.column) where a column is missing,
/// (server.oneroster.user) with its line for an enrolment of a user who is not there; kNotFound for
/// a class without students.
Result<table::Table> roster_from(const OneRoster& package);

}  // namespace assay::server_core
