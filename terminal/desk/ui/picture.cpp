#include "terminal/desk/ui/picture.h"

#include <algorithm>

#include <wx/dcclient.h>
#include <wx/image.h>
#include <wx/log.h>
#include <wx/mstream.h>

namespace assay::desk_ui {
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
    const wxLogNull quiet;
    wxMemoryInputStream stream(bytes.data(), bytes.size());
    wxImage image;
    bitmap_ = wxBitmap();
    if (!bytes.empty() && image.LoadFile(stream) && image.GetWidth() <= kPhotoPixelsMax &&
        image.GetHeight() <= kPhotoPixelsMax) {
        const wxSize room = GetMinSize();
        const double scale = std::min(static_cast<double>(room.x) / image.GetWidth(),
                                      static_cast<double>(room.y) / image.GetHeight());
        bitmap_ = wxBitmap(image.Scale(std::max(1, static_cast<int>(image.GetWidth() * scale)),
                                       std::max(1, static_cast<int>(image.GetHeight() * scale)),
                                       wxIMAGE_QUALITY_HIGH));
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
    Refresh();
}

void Picture::paint() {
    wxPaintDC canvas(this);
    const wxSize size = GetClientSize();
    canvas.SetPen(wxPen(wxColour(0xcf, 0xd6, 0xde)));
    canvas.SetBrush(*wxWHITE_BRUSH);
    canvas.DrawRectangle(0, 0, size.x, size.y);
    if (bitmap_.IsOk()) {
        canvas.DrawBitmap(bitmap_, (size.x - bitmap_.GetWidth()) / 2,
                          (size.y - bitmap_.GetHeight()) / 2, true);
    }
}

}  // namespace assay::desk_ui
