#include <algorithm>
#include <optional>

#include <zip.h>

#include "question-bank/sealed/zip.h"

namespace assay::sealed {
namespace {

/// What libzip's callback needs: where the bytes come from, and the error that libzip cannot carry.
struct Input {
    RandomAccess source;
    zip_error_t error{};
    zip_uint64_t at = 0;
    std::optional<Error> failure;
};

zip_int64_t read_piece(Input& input, void* data, zip_uint64_t size) {
    auto read = input.source.read_at(input.at, {static_cast<std::uint8_t*>(data), size});
    if (!read.ok()) {
        input.failure = read.error();
        zip_error_set(&input.error, ZIP_ER_READ, 0);
        return -1;
    }
    input.at += *read;
    return static_cast<zip_int64_t>(*read);
}

zip_int64_t seek(Input& input, void* data, zip_uint64_t size) {
    const zip_int64_t to =
        zip_source_seek_compute_offset(input.at, input.source.size, data, size, &input.error);
    if (to < 0) {
        return -1;
    }
    input.at = static_cast<zip_uint64_t>(to);
    return 0;
}

zip_int64_t describe(const Input& input, void* data) {
    auto* facts = static_cast<zip_stat_t*>(data);
    zip_stat_init(facts);
    facts->valid = ZIP_STAT_SIZE;
    facts->size = input.source.size;
    return sizeof(zip_stat_t);
}

zip_int64_t answer(void* user, void* data, zip_uint64_t size, zip_source_cmd_t command) {
    Input& input = *static_cast<Input*>(user);
    switch (command) {
        case ZIP_SOURCE_OPEN:
            input.at = 0;
            return 0;
        case ZIP_SOURCE_READ:
            return read_piece(input, data, size);
        case ZIP_SOURCE_SEEK:
            return seek(input, data, size);
        case ZIP_SOURCE_TELL:
            return static_cast<zip_int64_t>(input.at);
        case ZIP_SOURCE_STAT:
            return describe(input, data);
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&input.error, data, size);
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(
                ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, -1);
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE:
            return 0;
        default:
            zip_error_set(&input.error, ZIP_ER_OPNOTSUPP, 0);
            return -1;
    }
}

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

struct ZipReader::State {
    Input input;
    zip_t* archive = nullptr;
    std::vector<std::string> names;
    struct Member {
        zip_uint64_t index = 0;
        std::uint64_t bytes = 0;
    };
    std::map<std::string, Member, std::less<>> members;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (archive != nullptr) {
            zip_discard(archive);
        }
    }

    /// The error of the bytes below, if that was it, else one about the zip.
    Error broken(const char* reason) {
        if (input.failure) {
            return *std::exchange(input.failure, std::nullopt);
        }
        return fail(Code::kCorrupt, "sealed.zip.malformed"_id, {{"cause", reason}});
    }

    Status open() {
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t* source = zip_source_function_create(answer, &input, &error);
        ASSAY_CHECK(source != nullptr);
        archive = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (archive == nullptr) {
            zip_source_free(source);
            return broken("directory");
        }
        const zip_int64_t count = zip_get_num_entries(archive, 0);
        if (count < 0 || static_cast<std::size_t>(count) > kZipMembersMax) {
            return fail(Code::kLimit, "sealed.zip.members"_id,
                        {{"limit", std::to_string(kZipMembersMax)}});
        }
        if (count == 0) {
            return broken("empty");
        }
        for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
            ASSAY_TRY_STATUS(note_member(i));
        }
        return Ok{};
    }

    Status note_member(zip_uint64_t index) {
        zip_stat_t facts;
        zip_stat_init(&facts);
        if (zip_stat_index(archive, index, 0, &facts) != 0 || facts.name == nullptr ||
            facts.comp_method != ZIP_CM_STORE || facts.encryption_method != ZIP_EM_NONE ||
            facts.size != facts.comp_size || facts.size > input.source.size) {
            return broken("member");
        }
        const std::string name = facts.name;
        if (!names.empty() && !(names.back() < name)) {
            return broken("order");
        }
        names.push_back(name);
        members.emplace(name, Member{index, facts.size});
        return Ok{};
    }

    Result<Member> find(std::string_view name) const {
        const auto found = members.find(name);
        if (found == members.end()) {
            return fail(Code::kNotFound, "sealed.zip.no-member"_id, {{"name", std::string(name)}});
        }
        return found->second;
    }

    Result<std::size_t> read(const Member& member, std::uint64_t offset,
                             std::span<std::uint8_t> out) {
        const std::unique_ptr<zip_file_t, CloseFile> file(
            zip_fopen_index(archive, member.index, 0));
        if (file == nullptr ||
            (offset != 0 &&
             zip_fseek(file.get(), static_cast<zip_int64_t>(offset), SEEK_SET) != 0)) {
            return broken("member");
        }
        std::size_t done = 0;
        while (done < out.size()) {
            const zip_int64_t piece = zip_fread(file.get(), out.data() + done, out.size() - done);
            if (piece <= 0) {
                return broken("content");
            }
            done += static_cast<std::size_t>(piece);
        }
        // Only the read at the end makes libzip compare the checksum.
        std::uint8_t end = 0;
        if (done == member.bytes && zip_fread(file.get(), &end, 1) != 0) {
            return broken("checksum");
        }
        return done;
    }
};

ZipReader::ZipReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

Result<ZipReader> ZipReader::open(RandomAccess source) {
    auto state = std::make_unique<State>();
    state->input.source = std::move(source);
    ASSAY_TRY_STATUS(state->open());
    return ZipReader(std::move(state));
}

const std::vector<std::string>& ZipReader::names() const { return state_->names; }

Result<std::uint64_t> ZipReader::size(std::string_view name) const {
    ASSAY_TRY(const State::Member member, state_->find(name));
    return member.bytes;
}

Result<Bytes> ZipReader::read(std::string_view name) {
    ASSAY_TRY(const State::Member member, state_->find(name));
    if (member.bytes > kMemberBytesMax) {
        return fail(Code::kLimit, "sealed.zip.member-too-large"_id,
                    {{"name", std::string(name)}, {"limit", std::to_string(kMemberBytesMax)}});
    }
    Bytes out(member.bytes);
    const auto done = state_->read(member, 0, out);
    if (!done.ok()) {
        return done.error();
    }
    return out;
}

Result<std::size_t> ZipReader::read_range(std::string_view name, std::uint64_t offset,
                                          std::span<std::uint8_t> out) {
    ASSAY_TRY(const State::Member member, state_->find(name));
    if (offset >= member.bytes) {
        return std::size_t{0};
    }
    const std::uint64_t left = member.bytes - offset;
    return state_->read(member, offset, out.first(std::min<std::uint64_t>(left, out.size())));
}

Result<std::map<std::string, Bytes>> read_zip(ByteView zip) {
    ASSAY_TRY(ZipReader reader,
              ZipReader::open(
                  {zip.size(),
                   [zip](std::uint64_t offset, std::span<std::uint8_t> out) -> Result<std::size_t> {
                       if (offset >= zip.size()) {
                           return std::size_t{0};
                       }
                       const ByteView rest = zip.subspan(offset);
                       const std::size_t count = std::min(rest.size(), out.size());
                       std::copy_n(rest.begin(), count, out.begin());
                       return count;
                   }}));
    std::map<std::string, Bytes> out;
    for (const std::string& name : reader.names()) {
        ASSAY_TRY(out[name], reader.read(name));
    }
    return out;
}

}  // namespace assay::sealed
