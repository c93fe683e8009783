#include "server/core/cosigners.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "crypto/tlog/add_checkpoint.h"
#include "crypto/tlog/edge.h"
#include "crypto/tlog/proof.h"

namespace assay::server_core {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;
constexpr int kTileAttempts = 3;

Error bad_url(std::string_view text) {
    return fail(Code::kInvalid, "server.witness.url"_id, {{"url", std::string(text)}});
}

Error no_cosignature(const std::string& witness, const std::string& what) {
    return fail(Code::kUnavailable, "server.witness.answer"_id,
                {{"witness", witness}, {"what", what}});
}

/// "host", "host:port", "[::1]:port".
bool split_authority(std::string_view text, WitnessUrl& out) {
    const bool bracket = text.starts_with('[');
    const std::size_t end = bracket ? text.find(']') : text.find(':');
    out.host = std::string(text.substr(bracket ? 1 : 0, end - (bracket ? 1 : 0)));
    if (end == std::string_view::npos) {
        return !bracket && !out.host.empty();
    }
    text.remove_prefix(end + (bracket ? 1 : 0));
    if (text.empty()) {
        return !out.host.empty();
    }
    const char* const last = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, last, out.port);
    return text.front() == ':' && error == std::errc{} && stop == last && out.port != 0 &&
           !out.host.empty();
}

std::optional<std::uint64_t> size_of(const Bytes& body) {
    const std::string_view text = as_text(body);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc{} && text.substr(0, text.find('\n')).size() ==
                                                  static_cast<std::size_t>(end - text.data());
    return good ? std::optional(value) : std::nullopt;
}

/// Subtrees out of the tiles that everybody can read, of the tree as it is now.
tlog::SubtreeReader reader_of(CentralLog& log) {
    return [&log, size = log.size()](unsigned level, std::uint64_t index) -> Result<Digest> {
        const tlog::TilePlace place = tlog::tile_place(level, index);
        const std::uint64_t hashes = size >> (tlog::kTileHeight * place.level);
        const bool full = place.tile < hashes / tlog::kTileWidth;
        const tlog::Resource what{place.level, place.tile,
                                  full ? tlog::kTileWidth : tlog::partial_width(size, place.level)};
        ASSAY_TRY(const Bytes bytes, log.resource(what.path()));
        ASSAY_TRY(const tlog::HashTile tile, tlog::HashTile::from_bytes(bytes, what.width));
        return tile.at(place.row, place.index);
    };
}

}  // namespace

Result<WitnessUrl> WitnessUrl::from_text(std::string_view text) {
    constexpr std::string_view kPlain = "http://";
    constexpr std::string_view kTls = "https://";
    const bool legal = std::ranges::all_of(
        text, [](char c) { return c > ' ' && c < '\x7f' && c != '#' && c != '?' && c != '@'; });
    WitnessUrl out;
    out.plain = text.starts_with(kPlain);
    if (!legal || (!out.plain && !text.starts_with(kTls))) {
        return bad_url(text);
    }
    out.port = out.plain ? kHttpPort : kHttpsPort;
    std::string_view rest = text.substr(out.plain ? kPlain.size() : kTls.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    if (!split_authority(rest.substr(0, slash), out)) {
        return bad_url(text);
    }
    rest.remove_prefix(slash);
    while (rest.ends_with('/')) {
        rest.remove_suffix(1);
    }
    out.prefix = std::string(rest);
    return out;
}

Result<WitnessPolicy> WitnessPolicy::from_text(std::string_view text) {
    ASSAY_TRY(tlog::Policy policy, tlog::Policy::parse(text));
    WitnessPolicy out{std::move(policy), {}};
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string keyword;
        std::string name;
        std::string key;
        std::string url;
        words >> keyword >> name >> key >> url;
        if (keyword != "witness" || url.empty()) {
            continue;
        }
        ASSAY_TRY(tlog::NoteKey note_key, tlog::NoteKey::from_text(key));
        ASSAY_TRY(WitnessUrl place, WitnessUrl::from_text(url));
        out.places.push_back({std::move(note_key), std::move(place)});
    }
    return out;
}

Result<std::unique_ptr<Cosigners>> Cosigners::make(CentralLog& log, WitnessPolicy policy,
                                                   const Clock& clock, const Connect& connect) {
    std::unique_ptr<Cosigners> out(new Cosigners(log, std::move(policy.policy), clock));
    for (WitnessPlace& place : policy.places) {
        ASSAY_TRY(auto link, connect(place.url));
        out->asked_.push_back({std::move(place), std::move(link)});
    }
    return out;
}

Result<tlog::NoteSignature> Cosigners::read_cosignature(const Asked& asked, const LinkReply& reply,
                                                        const std::string& note) const {
    const tlog::NoteKey& key = asked.place.key;
    ASSAY_TRY(const auto lines, tlog::parse_cosignatures(as_text(reply.body)));
    ASSAY_TRY(tlog::Note own, tlog::Note::parse(note));
    own.signatures = lines;
    ASSAY_TRY(const auto signers, tlog::verify_note(own, std::span(&key, 1)));
    const auto age = clock_.wall() - signers.front().time.value_or(WallTime{0});
    if (age > kCosignatureAge || -age > kCosignatureAge) {
        return no_cosignature(key.name(), "time");
    }
    return *std::ranges::find_if(lines, [&key](const tlog::NoteSignature& line) {
        return line.name == key.name() && line.id == key.id();
    });
}

Result<tlog::NoteSignature> Cosigners::ask(Asked& asked, const std::string& note,
                                           const tlog::TreeHead& head) {
    const std::string& name = asked.place.key.name();
    for (int attempt = 0; attempt < 2; ++attempt) {
        ASSAY_TRY(tlog::Proof proof,
                  tlog::prove_consistency(reader_of(log_), asked.size, head.size));
        const tlog::AddCheckpoint body{asked.size, std::move(proof), note};
        ASSAY_TRY(const LinkReply reply,
                  asked.link->exchange({"POST",
                                        asked.place.url.prefix + "/add-checkpoint",
                                        {},
                                        to_bytes(body.write()),
                                        kWitnessTimeout}));
        if (reply.status == 200) {
            asked.size = head.size;
            return read_cosignature(asked, reply, note);
        }
        const auto has = reply.status == 409 ? size_of(reply.body) : std::nullopt;
        if (!has) {
            return no_cosignature(name, std::to_string(reply.status));
        }
        if (*has > head.size || (*has == head.size && asked.size == *has)) {
            return fail(Code::kRefused, "server.witness.ahead"_id,
                        {{"witness", name}, {"size", std::to_string(*has)}});
        }
        asked.size = *has;
    }
    return no_cosignature(name, "409");
}

Cosigners::Seen Cosigners::seen() {
    const std::lock_guard guard(lock_);
    return seen_;
}

Status Cosigners::round() {
    const std::string note = log_.checkpoint();
    if (note == seen().plain) {
        return Ok{};
    }
    ASSAY_TRY(tlog::Note all, tlog::Note::parse(note));
    ASSAY_TRY(const tlog::Checkpoint head, tlog::Checkpoint::parse(all.text));
    Status last = Ok{};
    for (Asked& asked : asked_) {
        auto line = ask(asked, note, head.head);
        if (line.ok()) {
            all.signatures.push_back(std::move(*line));
        } else {
            last = line.error();
        }
    }
    Seen now{note, all.write(), head.head.size};
    if (const auto enough = policy_.verify(now.note); !enough.ok()) {
        return last.ok() ? Status(enough.error()) : last;
    }
    if (log_.doubt()) {
        ASSAY_TRY_STATUS(log_.accept_head(now.note));
    }
    const std::lock_guard guard(lock_);
    seen_ = std::move(now);
    return Ok{};
}

std::string Cosigners::cosigned(const std::string& receipt) {
    const Seen now = seen();
    const auto plain = tlog::LogProof::parse(receipt);
    if (!plain.ok() || plain->index >= now.size) {
        return receipt;
    }
    // While the log grows, a tile that was not full yet gives way to a wider one.
    for (int attempt = 0; attempt < kTileAttempts; ++attempt) {
        auto path = tlog::prove_inclusion(reader_of(log_), plain->index, now.size);
        if (path.ok()) {
            return tlog::LogProof{plain->extra, plain->index, std::move(*path), now.note}.write();
        }
    }
    return receipt;
}

std::optional<std::string> Cosigners::checkpoint() {
    const Seen now = seen();
    return !now.note.empty() && log_.checkpoint() == now.plain ? std::optional(now.note)
                                                               : std::nullopt;
}

}  // namespace assay::server_core
