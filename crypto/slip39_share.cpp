#include "crypto/slip39_share.h"

#include <algorithm>

#include "crypto/base/check.h"

namespace assay::crypto::slip39 {

namespace {

constexpr std::size_t kHeadWords = 4;
constexpr std::size_t kCheckWords = 3;
constexpr std::size_t kShortWords = 20;

/// RS1024: a Reed-Solomon code over GF(1024) that finds any three wrong words.
class Checksum {
  public:
    explicit Checksum(bool extendable) {
        for (const char c : std::string_view(extendable ? "shamir_extendable" : "shamir")) {
            add(static_cast<std::uint32_t>(c));
        }
    }
    void add(std::uint32_t word) {
        static constexpr std::array<std::uint32_t, 10> kGenerator = {
            0x00e0e040, 0x01c1c080, 0x03838100, 0x07070200, 0x0e0e0009,
            0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890, 0x03f3f120};
        const std::uint32_t top = state_ >> 20U;
        state_ = ((state_ & 0xfffffU) << 10U) ^ word;
        for (std::size_t i = 0; i < kGenerator.size(); ++i) {
            state_ ^= (0U - ((top >> i) & 1U)) & kGenerator[i];
        }
    }
    std::uint32_t state() const { return state_; }

  private:
    std::uint32_t state_ = 1;
};

/// Fields of a share, most significant first: id 15, extendable 1, exponent 4; group index,
/// threshold - 1, count - 1, member index, threshold - 1: 4 bits each.
std::uint64_t pack(const ShareLabel& label) {
    std::uint64_t out = label.identifier;
    out = (out << 1U) | (label.extendable ? 1U : 0U);
    for (const int field :
         {label.iteration_exponent, label.group_index, label.group_threshold - 1,
          label.group_count - 1, label.member_index, label.member_threshold - 1}) {
        ASSAY_CHECK(field >= 0 && field < 16);
        out = (out << 4U) | static_cast<std::uint64_t>(field);
    }
    return out;
}

ShareLabel unpack(std::uint64_t head) {
    const auto field = [head](unsigned shift) { return static_cast<int>((head >> shift) & 15U); };
    ShareLabel out;
    out.identifier = static_cast<std::uint16_t>(head >> 25U);
    out.extendable = ((head >> 24U) & 1U) != 0;
    out.iteration_exponent = field(20);
    out.group_index = field(16);
    out.group_threshold = field(12) + 1;
    out.group_count = field(8) + 1;
    out.member_index = field(4);
    out.member_threshold = field(0) + 1;
    return out;
}

Error malformed() { return fail(Code::kInvalid, "crypto.slip39.malformed"_id); }

/// The value, right-aligned in its words; the bits before it must be zero.
Result<SecretBytes> read_value(std::span<const Word> words, std::size_t size) {
    SecretBytes out = SecretBytes::zeros(size);
    const std::size_t padding = words.size() * 10 - size * 8;
    if ((words[0] >> (10 - padding)) != 0) {
        return malformed();
    }
    std::uint32_t bits = 0;
    std::size_t count = 0 - padding;  // wraps back when the first word is added
    std::size_t filled = 0;
    for (const Word word : words) {
        bits = ((bits << 10U) | word) & 0xfffffU;
        count += 10;
        while (count >= 8) {
            count -= 8;
            out.span()[filled++] = static_cast<std::uint8_t>(bits >> count);
        }
    }
    return out;
}

void write_value(ByteView value, ShareWords& out) {
    std::uint32_t bits = 0;
    std::size_t count = (10 - value.size() * 8 % 10) % 10;
    for (const std::uint8_t byte : value) {
        bits = ((bits << 8U) | byte) & 0x3ffffU;
        count += 8;
        if (count >= 10) {
            count -= 10;
            out.push(static_cast<Word>((bits >> count) & 1023U));
        }
    }
}

std::uint8_t lower(std::uint8_t c) {
    return c >= 'A' && c <= 'Z' ? static_cast<std::uint8_t>(c - 'A' + 'a') : c;
}

bool is_space(std::uint8_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

ShareWords::~ShareWords() { wipe({reinterpret_cast<std::uint8_t*>(&words_), sizeof(words_)}); }

void ShareWords::push(Word word) {
    ASSAY_CHECK(size_ < words_.size() && word < kWords);
    words_[size_++] = word;
}

Result<ShareWords> read_words(ByteView typed) {
    ShareWords out;
    ASSAY_TRY_STATUS(add_words(typed, out));
    return out;
}

Status add_words(ByteView typed, ShareWords& out) {
    std::size_t at = 0;
    while (true) {
        while (at < typed.size() && is_space(typed[at])) {
            ++at;
        }
        if (at == typed.size()) {
            return Ok{};
        }
        if (out.size() == kShareWordsMax) {
            return fail(Code::kInvalid, "crypto.slip39.length"_id,
                        {{"found", std::to_string(kShareWordsMax) + "+"}});
        }
        std::array<char, kWordLettersMax + 1> word{};
        std::size_t letters = 0;
        for (; at < typed.size() && !is_space(typed[at]); ++at) {
            if (letters < word.size()) {
                word[letters++] = static_cast<char>(lower(typed[at]));
            }
        }
        const std::optional<Word> found = find_word({word.data(), letters});
        wipe({reinterpret_cast<std::uint8_t*>(word.data()), word.size()});
        if (!found.has_value()) {
            return fail(Code::kInvalid, "crypto.slip39.word"_id,
                        {{"position", std::to_string(out.size() + 1)}});
        }
        out.push(*found);
    }
}

SecretBytes write_words(const ShareWords& words) {
    std::size_t size = words.size() - 1;
    for (const Word word : words.view()) {
        size += word_of(word).size();
    }
    SecretBytes out = SecretBytes::zeros(size);
    auto at = out.span().begin();
    for (const Word word : words.view()) {
        if (at != out.span().begin()) {
            *at++ = ' ';
        }
        at = std::ranges::copy(word_of(word), at).out;
    }
    return out;
}

ShareWords encode(const Share& share) {
    ShareWords out;
    const std::uint64_t head = pack(share.label);
    for (std::size_t i = 0; i < kHeadWords; ++i) {
        out.push(static_cast<Word>((head >> (10 * (kHeadWords - 1 - i))) & 1023U));
    }
    write_value(share.value.view(), out);
    Checksum check(share.label.extendable);
    for (const Word word : out.view()) {
        check.add(word);
    }
    for (std::size_t i = 0; i < kCheckWords; ++i) {
        check.add(0);
    }
    const std::uint32_t sum = check.state() ^ 1U;
    for (std::size_t i = 0; i < kCheckWords; ++i) {
        out.push(static_cast<Word>((sum >> (10 * (kCheckWords - 1 - i))) & 1023U));
    }
    return out;
}

Result<Share> decode(const ShareWords& words) {
    if (words.size() != kShortWords && words.size() != kShareWordsMax) {
        return fail(Code::kInvalid, "crypto.slip39.length"_id,
                    {{"found", std::to_string(words.size())}});
    }
    std::uint64_t head = 0;
    for (const Word word : words.view().first(kHeadWords)) {
        head = (head << 10U) | word;
    }
    Share out{unpack(head), {}};
    Checksum check(out.label.extendable);
    for (const Word word : words.view()) {
        check.add(word);
    }
    if (check.state() != 1) {
        return fail(Code::kInvalid, "crypto.slip39.checksum"_id);
    }
    if (out.label.group_threshold > out.label.group_count ||
        out.label.group_index >= out.label.group_count) {
        return malformed();
    }
    out.label.secret_bytes = words.size() == kShortWords ? 16 : 32;
    const std::span<const Word> value =
        words.view().subspan(kHeadWords, words.size() - kHeadWords - kCheckWords);
    ASSAY_TRY(out.value, read_value(value, out.label.secret_bytes));
    return out;
}

}  // namespace assay::crypto::slip39
