#include "question-bank/render/qr.h"

#include <memory>

#include <qrencode.h>

#include "question-bank/render/markup.h"

namespace assay::render {
namespace {

constexpr std::size_t kQuietModules = 4;

}  // namespace

Result<QrCode> make_qr(std::string_view text) {
    const auto too_long =
        fail(Code::kLimit, "render.qr.too-long"_id, {{"size", std::to_string(text.size())}});
    if (text.empty() || text.size() > kQrTextBytesMax) {
        return too_long;
    }
    const std::string bytes(text);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(bytes.size()),
                          reinterpret_cast<const unsigned char*>(bytes.data()), 0, QR_ECLEVEL_M),
        &QRcode_free);
    if (code == nullptr) {
        return too_long;
    }
    QrCode out;
    out.size = static_cast<std::size_t>(code->width);
    out.modules.reserve(out.size * out.size);
    for (std::size_t i = 0; i < out.size * out.size; ++i) {
        out.modules.push_back((code->data[i] & 1U) != 0);
    }
    return out;
}

std::string qr_svg(const QrCode& code, std::string_view label) {
    const std::string side = std::to_string(code.size + 2 * kQuietModules);
    std::string path;
    for (std::size_t row = 0; row < code.size; ++row) {
        for (std::size_t column = 0; column < code.size; ++column) {
            if (code.dark(row, column)) {
                path += 'M' + std::to_string(column + kQuietModules) + ' ' +
                        std::to_string(row + kQuietModules) + "h1v1h-1z";
            }
        }
    }
    Markup out;
    {
        const Tag svg(out, "svg",
                      {{"xmlns", "http://www.w3.org/2000/svg"},
                       {"viewBox", "0 0 " + side + ' ' + side},
                       {"shape-rendering", "crispEdges"},
                       {"role", "img"},
                       {"aria-label", std::string(label)}});
        out.empty("rect", {{"width", side}, {"height", side}, {"fill", "#fff"}});
        out.empty("path", {{"d", path}, {"fill", "#000"}});
    }
    return out.str();
}

}  // namespace assay::render
