#include "server/core/oneroster.h"

#include <algorithm>
#include <map>
#include <set>

namespace assay::server_core {
namespace {

struct Student {
    std::string name;
    std::string number;
    std::size_t line = 0;
};

/// Columns of one file by their names in the specification.
class Columns {
  public:
    static Result<Columns> find(const table::Table& table,
                                std::initializer_list<const char*> names) {
        Columns out;
        for (const char* const name : names) {
            const auto column =
                table.rows.empty() ? std::nullopt : table::find_column(table.rows.front(), {name});
            if (!column) {
                return fail(Code::kInvalid, "server.plan.column"_id, {{"column", name}});
            }
            out.columns_[name] = *column;
        }
        return out;
    }
    std::string at(const table::Row& row, const char* name) const {
        return std::string(row.cell(columns_.at(name)));
    }

  private:
    std::map<std::string, std::size_t> columns_;
};

bool has_latin(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::string whole_name(const std::string& family, const std::string& given) {
    return has_latin(family + given) ? given + " " + family : family + given;
}

Result<std::map<std::string, Student>> read_users(const table::Table& users) {
    ASSAY_TRY(const Columns columns,
              Columns::find(users, {"sourcedId", "status", "enabledUser", "username", "givenName",
                                    "familyName", "identifier"}));
    std::map<std::string, Student> out;
    for (std::size_t i = 1; i < users.rows.size(); ++i) {
        const table::Row& row = users.rows[i];
        if (columns.at(row, "status") == "tobedeleted" ||
            columns.at(row, "enabledUser") == "false") {
            continue;
        }
        const std::string identifier = columns.at(row, "identifier");
        out[columns.at(row, "sourcedId")] = {
            whole_name(columns.at(row, "familyName"), columns.at(row, "givenName")),
            identifier.empty() ? columns.at(row, "username") : identifier, row.number};
    }
    return out;
}

}  // namespace

Result<table::Table> roster_from(const OneRoster& package) {
    ASSAY_TRY(const auto users, read_users(package.users));
    ASSAY_TRY(const Columns columns, Columns::find(package.enrollments, {"status", "classSourcedId",
                                                                         "userSourcedId", "role"}));
    std::map<std::string, Student> students;  // by number
    std::set<std::string> taken;
    for (std::size_t i = 1; i < package.enrollments.rows.size(); ++i) {
        const table::Row& row = package.enrollments.rows[i];
        const bool wanted =
            package.class_id.empty() || columns.at(row, "classSourcedId") == package.class_id;
        const std::string user = columns.at(row, "userSourcedId");
        if (!wanted || columns.at(row, "role") != "student" ||
            columns.at(row, "status") == "tobedeleted" || !taken.insert(user).second) {
            continue;
        }
        const auto found = users.find(user);
        if (found == users.end()) {
            return fail(Code::kInvalid, "server.oneroster.user"_id,
                        {{"line", std::to_string(row.number)}, {"user", user}});
        }
        if (!students.emplace(found->second.number, found->second).second) {
            return fail(Code::kInvalid, "server.oneroster.number"_id,
                        {{"line", std::to_string(found->second.line)}});
        }
    }
    if (students.empty()) {
        return fail(Code::kNotFound, "server.oneroster.none"_id, {{"class", package.class_id}});
    }
    table::Table out;
    out.rows.push_back({1, {"姓名", "考号", "座位"}});
    for (const auto& [number, student] : students) {
        out.rows.push_back({student.line, {student.name, number, std::to_string(out.rows.size())}});
    }
    return out;
}

}  // namespace assay::server_core
