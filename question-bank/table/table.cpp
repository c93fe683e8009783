#include "question-bank/table/table.h"

#include <algorithm>

namespace assay::table {
namespace {

constexpr std::string_view kWideSpace = "\xE3\x80\x80";
constexpr std::string_view kSpaces = " \t\r\n\v\f";

/// Lower case, half width, no spaces: what makes two titles the same.
std::string folded(std::string_view title) {
    std::string out;
    for (std::size_t i = 0; i < title.size(); ++i) {
        const std::string_view rest = title.substr(i);
        if (rest.starts_with(kWideSpace)) {
            i += 2;
        } else if (rest.size() >= 3 && rest.starts_with("\xEF\xBC") &&
                   static_cast<unsigned char>(rest[2]) >= 0x81) {
            out += static_cast<char>(static_cast<unsigned char>(rest[2]) - 0x60);  // U+FF01 ...
            i += 2;
        } else if (rest.size() >= 3 && rest.starts_with("\xEF\xBD") &&
                   static_cast<unsigned char>(rest[2]) <= 0x9E) {
            out += static_cast<char>(static_cast<unsigned char>(rest[2]) - 0x20);  // U+FF40 ...
            i += 2;
        } else if (kSpaces.find(title[i]) == std::string_view::npos) {
            out += title[i];
        }
    }
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace

std::string_view Row::cell(std::size_t column) const {
    return column < cells.size() ? std::string_view(cells[column]) : std::string_view();
}

std::string_view trimmed(std::string_view text) {
    for (;;) {
        if (text.starts_with(kWideSpace)) {
            text.remove_prefix(kWideSpace.size());
        } else if (text.ends_with(kWideSpace)) {
            text.remove_suffix(kWideSpace.size());
        } else if (!text.empty() && kSpaces.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        } else if (!text.empty() && kSpaces.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
        } else {
            return text;
        }
    }
}

std::optional<std::size_t> find_column(const Row& header,
                                       std::initializer_list<std::string_view> titles) {
    for (const std::string_view title : titles) {
        const std::string wanted = folded(title);
        for (std::size_t i = 0; i < header.cells.size(); ++i) {
            if (folded(header.cells[i]) == wanted) {
                return i;
            }
        }
    }
    return std::nullopt;
}

std::string column_letters(std::size_t column) {
    std::string out;
    do {
        out.insert(out.begin(), static_cast<char>('A' + column % 26));
        column /= 26;
    } while (column-- > 0);
    return out;
}

Result<Table> read_table(ByteView bytes) {
    return as_text(bytes).starts_with("PK\x03\x04") ? read_xlsx(bytes) : read_csv(bytes);
}

}  // namespace assay::table
