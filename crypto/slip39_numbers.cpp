#include <algorithm>
#include <array>

#include "crypto/slip39.h"
#include "crypto/slip39_share.h"
#include "crypto/slip39_typing.h"

namespace assay::crypto {

namespace {

constexpr std::size_t kRowWords = 4;
constexpr std::size_t kWordDigits = 4;
constexpr std::size_t kTypedBytesMax = 2048;

/// Damm's check digit: finds every single wrong digit and every swap of neighbours. The number of
/// the row goes first, so that two rows that were swapped are found as well.
class CheckDigit {
  public:
    explicit CheckDigit(std::size_t row) { add(static_cast<unsigned>(row % 10)); }
    void add(unsigned digit) {
        static constexpr std::array<std::array<std::uint8_t, 10>, 10> kDamm = {
            {{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
             {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
             {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
             {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
             {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
             {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
             {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
             {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
             {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
             {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}}};
        state_ = kDamm[state_][digit];
    }
    /// The digit that completes the row; 0 for a row that holds its own.
    unsigned value() const { return state_; }

  private:
    unsigned state_ = 0;
};

/// Digits of one row, without what stands between them.
struct Row {
    std::array<std::uint8_t, kRowWords * kWordDigits + 1> digits{};
    std::size_t size = 0;
    bool good = true;
    ~Row() { wipe(digits); }
    Row() = default;
    Row(const Row&) = default;
    Row& operator=(const Row&) = default;
};

Row read_row(ByteView line) {
    Row out;
    for (const std::uint8_t c : line) {
        if (c >= '0' && c <= '9' && out.size < out.digits.size()) {
            out.digits[out.size++] = static_cast<std::uint8_t>(c - '0');
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '-') {
            out.good = false;
        }
    }
    return out;
}

Error wrong_row(std::size_t row) {
    return fail(Code::kInvalid, "crypto.slip39.row"_id, {{"row", std::to_string(row)}});
}

Status take_row(const Row& row, std::size_t number, slip39::ShareWords& words) {
    CheckDigit check(number);
    for (std::size_t i = 0; i < row.size; ++i) {
        check.add(row.digits[i]);
    }
    const std::size_t count = row.size / kWordDigits;
    if (!row.good || count == 0 || row.size % kWordDigits != 1 || check.value() != 0 ||
        words.size() + count > kShareWordsMax) {
        return wrong_row(number);
    }
    for (std::size_t i = 0; i < count; ++i) {
        unsigned word = 0;
        for (std::size_t digit = 0; digit < kWordDigits; ++digit) {
            word = word * 10 + row.digits[i * kWordDigits + digit];
        }
        if (word >= slip39::kWords) {
            return wrong_row(number);
        }
        words.push(static_cast<slip39::Word>(word));
    }
    return Ok{};
}

}  // namespace

Result<SecretBytes> slip39_numbers(const SecretBytes& mnemonic) {
    ASSAY_TRY(const slip39::ShareWords words, slip39::read_words(mnemonic.view()));
    ASSAY_TRY(const slip39::Share share, slip39::decode(words));
    const std::size_t rows = (words.size() + kRowWords - 1) / kRowWords;
    SecretBytes out = SecretBytes::zeros(words.size() * (kWordDigits + 1) + rows * 2);
    std::size_t at = 0;
    const auto put = [&](unsigned digit) {
        out.span()[at++] = static_cast<std::uint8_t>('0' + digit);
    };
    for (std::size_t row = 0; row < rows; ++row) {
        CheckDigit check(row + 1);
        const std::size_t count = std::min(kRowWords, words.size() - row * kRowWords);
        for (const slip39::Word word : words.view().subspan(row * kRowWords, count)) {
            for (unsigned scale = 1000; scale > 0; scale /= 10) {
                check.add(word / scale % 10);
                put(word / scale % 10);
            }
            out.span()[at++] = ' ';
        }
        put(check.value());
        out.span()[at++] = '\n';
    }
    return out;
}

struct TypedShare::State {
    slip39::ShareWords words;
    std::size_t rows = 0;
};

TypedShare::TypedShare() : state_(std::make_unique<State>()) {}
TypedShare::TypedShare(TypedShare&&) noexcept = default;
TypedShare& TypedShare::operator=(TypedShare&&) noexcept = default;
TypedShare::~TypedShare() = default;

std::size_t TypedShare::rows() const { return state_->rows; }
bool TypedShare::complete() const { return slip39::decode(state_->words).ok(); }

Status TypedShare::add_row(ByteView typed) {
    // Taken whole or not at all.
    slip39::ShareWords words = state_->words;
    const bool digits =
        std::ranges::any_of(typed, [](std::uint8_t c) { return c >= '0' && c <= '9'; });
    if (digits) {
        ASSAY_TRY_STATUS(take_row(read_row(typed), state_->rows + 1, words));
    } else {
        ASSAY_TRY_STATUS(slip39::add_words(typed, words));
    }
    state_->words = words;
    ++state_->rows;
    return Ok{};
}

Result<SecretBytes> TypedShare::mnemonic() const {
    ASSAY_TRY(const slip39::Share checked, slip39::decode(state_->words));
    return slip39::write_words(state_->words);
}

Result<SecretBytes> slip39_from_numbers(ByteView typed) {
    if (typed.size() > kTypedBytesMax) {
        return fail(Code::kLimit, "crypto.slip39.length"_id,
                    {{"found", std::to_string(kShareWordsMax) + "+"}});
    }
    slip39::ShareWords words;
    std::size_t number = 0;
    while (!typed.empty()) {
        const auto end = std::ranges::find(typed, std::uint8_t{'\n'});
        const std::size_t size = static_cast<std::size_t>(end - typed.begin());
        const Row row = read_row(typed.first(size));
        typed = typed.subspan(std::min(typed.size(), size + 1));
        if (row.good && row.size == 0) {
            continue;
        }
        ASSAY_TRY_STATUS(take_row(row, ++number, words));
    }
    ASSAY_TRY(const slip39::Share checked, slip39::decode(words));
    return slip39::write_words(words);
}

}  // namespace assay::crypto
