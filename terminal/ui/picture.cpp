#include "terminal/ui/picture.h"

#include <algorithm>

#include <wx/bitmap.h>
#include <wx/dcclient.h>
#include <wx/image.h>
#include <wx/log.h>
#include <wx/mstream.h>

namespace assay::terminal_ui {
namespace {

constexpr int kQuietModules = 4;
constexpr int kPhotoPixelsMax = 4096;

}  // namespace

Picture::Picture(wxWindow* parent, wxSize size) : wxPanel(parent, wxID_ANY) {
    SetMinSize(size);
    Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
}

void Picture::show_photo(ByteView bytes) {
    if (std::ranges::equal(bytes, shown_)) {
        return;
    }
    shown_ = to_bytes(bytes);
    wxMemoryInputStream stream(bytes.data(), bytes.size());
    const wxLogNull quiet;
    wxImage image(stream);
    if (image.IsOk() && image.GetWidth() <= kPhotoPixelsMax &&
        image.GetHeight() <= kPhotoPixelsMax) {
        const wxSize room = GetMinSize();
        const double scale = std::min(static_cast<double>(room.x) / image.GetWidth(),
                                      static_cast<double>(room.y) / image.GetHeight());
        bitmap_ = wxBitmap(image.Scale(std::max(1, static_cast<int>(image.GetWidth() * scale)),
                                       std::max(1, static_cast<int>(image.GetHeight() * scale)),
                                       wxIMAGE_QUALITY_HIGH));
    } else {
        bitmap_ = wxBitmap();
    }
    Refresh();
}

void Picture::show_qr(const render::QrCode& code) {
    const int modules = static_cast<int>(code.size) + 2 * kQuietModules;
    const int pixels = std::max(2, GetMinSize().x / modules);
    wxImage image(modules * pixels, modules * pixels);
    image.SetRGB(wxRect(0, 0, modules * pixels, modules * pixels), 255, 255, 255);
    for (std::size_t row = 0; row < code.size; ++row) {
        for (std::size_t column = 0; column < code.size; ++column) {
            if (code.dark(row, column)) {
                image.SetRGB(
                    wxRect((static_cast<int>(column) + kQuietModules) * pixels,
                           (static_cast<int>(row) + kQuietModules) * pixels, pixels, pixels),
                    0, 0, 0);
            }
        }
    }
    bitmap_ = wxBitmap(image);
    SetMinSize(wxSize(modules * pixels, modules * pixels));
    Refresh();
}

void Picture::paint() {
    wxPaintDC canvas(this);
    if (bitmap_.IsOk()) {
        const wxSize size = GetClientSize();
        canvas.DrawBitmap(bitmap_, (size.x - bitmap_.GetWidth()) / 2,
                          (size.y - bitmap_.GetHeight()) / 2, true);
    }
}

}  // namespace assay::terminal_ui
