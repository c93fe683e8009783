#include "terminal/proctor/jpeg.h"

#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jerror.h>
#include <jpeglib.h>

#include "crypto/base/check.h"

namespace assay::proctor {
namespace {

/// libjpeg reports errors by a call that must not return: we jump back to the caller's frame,
/// which holds nothing with a destructor.
struct Trouble {
    jpeg_error_mgr base;
    std::jmp_buf back;
    bool damaged;
};

void leave(j_common_ptr common) {
    // base is the first member: the pointer is the same.
    std::longjmp(reinterpret_cast<Trouble*>(common->err)->back, 1);
}

void note(j_common_ptr common, int level) {
    auto* trouble = reinterpret_cast<Trouble*>(common->err);
    if (level < 0 && common->err->msg_code != JWRN_EXTRANEOUS_DATA) {
        trouble->damaged = true;
    }
}

void say_nothing(j_common_ptr /*common*/) {}

jpeg_error_mgr* prepare(Trouble& trouble) {
    jpeg_error_mgr* base = jpeg_std_error(&trouble.base);
    base->error_exit = leave;
    base->emit_message = note;
    base->output_message = say_nothing;
    trouble.damaged = false;
    return base;
}

struct Decoder {
    jpeg_decompress_struct jpeg;
    Trouble trouble;
};

enum class Outcome { kGood, kBroken, kTooLarge, kUnwanted };

/// Sets scale and colour; only called between header and start.
void choose(jpeg_decompress_struct& jpeg, int width_want, int channels) {
    unsigned eighths = 1;
    while (eighths < 8 && jpeg.image_width * eighths / 8 < static_cast<unsigned>(width_want)) {
        ++eighths;
    }
    jpeg.scale_num = eighths;
    jpeg.scale_denom = 8;
    jpeg.out_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR;
    jpeg.dct_method = JDCT_IFAST;
    jpeg.do_fancy_upsampling = FALSE;
}

Outcome read_header(Decoder& decoder, ByteView data) {
    if (setjmp(decoder.trouble.back) != 0) {
        return Outcome::kBroken;
    }
    jpeg_create_decompress(&decoder.jpeg);
    jpeg_mem_src(&decoder.jpeg, data.data(), data.size());
    jpeg_read_header(&decoder.jpeg, TRUE);
    const auto side = static_cast<unsigned>(kJpegSideMax);
    if (decoder.jpeg.image_width > side || decoder.jpeg.image_height > side) {
        return Outcome::kTooLarge;
    }
    const bool known = decoder.jpeg.jpeg_color_space == JCS_YCbCr ||
                       decoder.jpeg.jpeg_color_space == JCS_GRAYSCALE;
    const bool odd = decoder.jpeg.progressive_mode != FALSE || decoder.jpeg.arith_code != FALSE;
    return !known || odd ? Outcome::kUnwanted : Outcome::kGood;
}

Outcome start(Decoder& decoder, int width_want, int channels) {
    if (setjmp(decoder.trouble.back) != 0) {
        return Outcome::kBroken;
    }
    choose(decoder.jpeg, width_want, channels);
    jpeg_start_decompress(&decoder.jpeg);
    return Outcome::kGood;
}

Outcome read_rows(Decoder& decoder, Image& image) {
    if (setjmp(decoder.trouble.back) != 0) {
        return Outcome::kBroken;
    }
    while (decoder.jpeg.output_scanline < decoder.jpeg.output_height) {
        JSAMPROW row = image.row(static_cast<int>(decoder.jpeg.output_scanline));
        jpeg_read_scanlines(&decoder.jpeg, &row, 1);
    }
    jpeg_finish_decompress(&decoder.jpeg);
    return decoder.trouble.damaged ? Outcome::kBroken : Outcome::kGood;
}

Outcome decode(Decoder& decoder, ByteView data, int width_want, int channels, Image& image) {
    Outcome outcome = read_header(decoder, data);
    if (outcome == Outcome::kGood) {
        outcome = start(decoder, width_want, channels);
    }
    if (outcome != Outcome::kGood) {
        return outcome;
    }
    image = Image::make(static_cast<int>(decoder.jpeg.output_width),
                        static_cast<int>(decoder.jpeg.output_height), channels);
    return read_rows(decoder, image);
}

struct Encoder {
    jpeg_compress_struct jpeg;
    Trouble trouble;
    unsigned char* out;
    unsigned long size;
};

bool encode_rows(Encoder& encoder, const Image& image, int quality) {
    if (setjmp(encoder.trouble.back) != 0) {
        return false;
    }
    jpeg_create_compress(&encoder.jpeg);
    jpeg_mem_dest(&encoder.jpeg, &encoder.out, &encoder.size);
    encoder.jpeg.image_width = static_cast<unsigned>(image.width);
    encoder.jpeg.image_height = static_cast<unsigned>(image.height);
    encoder.jpeg.input_components = image.channels;
    encoder.jpeg.in_color_space = image.channels == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR;
    jpeg_set_defaults(&encoder.jpeg);
    jpeg_set_quality(&encoder.jpeg, quality, TRUE);
    encoder.jpeg.dct_method = JDCT_IFAST;
    jpeg_start_compress(&encoder.jpeg, TRUE);
    while (encoder.jpeg.next_scanline < encoder.jpeg.image_height) {
        // libjpeg's interface takes a mutable row and only reads it.
        JSAMPROW row =
            const_cast<JSAMPROW>(image.row(static_cast<int>(encoder.jpeg.next_scanline)));
        jpeg_write_scanlines(&encoder.jpeg, &row, 1);
    }
    jpeg_finish_compress(&encoder.jpeg);
    return true;
}

}  // namespace

Result<Image> decode_jpeg(ByteView jpeg, int width_want, int channels) {
    ASSAY_CHECK(width_want > 0 && (channels == 1 || channels == 3));
    if (jpeg.size() > kJpegBytesMax) {
        return fail(Code::kLimit, "proctor.jpeg.size"_id, {{"bytes", std::to_string(jpeg.size())}});
    }
    const auto decoder = std::make_unique<Decoder>();
    decoder->jpeg.err = prepare(decoder->trouble);
    Image image;
    const Outcome outcome = decode(*decoder, jpeg, width_want, channels, image);
    jpeg_destroy_decompress(&decoder->jpeg);
    switch (outcome) {
        case Outcome::kGood:
            return image;
        case Outcome::kTooLarge:
            return fail(Code::kLimit, "proctor.jpeg.side"_id);
        case Outcome::kUnwanted:
            return fail(Code::kInvalid, "proctor.jpeg.unwanted"_id);
        case Outcome::kBroken:
            break;
    }
    return fail(Code::kInvalid, "proctor.jpeg.broken"_id);
}

Bytes encode_jpeg(const Image& image, int quality) {
    ASSAY_CHECK(!image.empty() && quality >= 1 && quality <= 100);
    const auto encoder = std::make_unique<Encoder>();
    encoder->jpeg.err = prepare(encoder->trouble);
    const bool good = encode_rows(*encoder, image, quality);
    const std::unique_ptr<unsigned char, decltype(&std::free)> owned(encoder->out, &std::free);
    jpeg_destroy_compress(&encoder->jpeg);
    ASSAY_CHECK(good);
    return to_bytes(ByteView(owned.get(), encoder->size));
}

}  // namespace assay::proctor
