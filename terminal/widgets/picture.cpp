#include "terminal/widgets/picture.h"

#include <algorithm>

#include <gtk/gtk.h>
#include <wx/dcclient.h>
#include <wx/image.h>
#include <wx/log.h>
#include <wx/mstream.h>
#include <wx/pen.h>

namespace assay::widgets {
namespace {

constexpr int kQuietModules = 4;
constexpr int kPhotoPixelsMax = 4096;
// Seen on white and on black alike: a frame says "a photo belongs here" in every theme.
constexpr unsigned char kFrameGrey = 0x8b;

}  // namespace

Picture::Picture(wxWindow* parent, wxSize size)
    : wxPanel(parent, wxID_ANY), room_(size), size_(size) {
    SetMinSize(size);
    if (AtkObject* const accessible = gtk_widget_get_accessible(GetHandle())) {
        atk_object_set_role(accessible, ATK_ROLE_IMAGE);
    }
    Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
}

void Picture::set_room(wxSize size) {
    if (size == room_) {
        return;
    }
    room_ = size;
    if (code_) {
        draw_qr();
    } else {
        draw_photo();
    }
}

void Picture::take(wxSize size) {
    size_ = size;
    SetMinSize(size);
    InvalidateBestSize();
    Refresh();
}

void Picture::show_photo(ByteView bytes) {
    if (!code_ && std::ranges::equal(bytes, photo_)) {
        return;
    }
    code_.reset();
    photo_ = to_bytes(bytes);
    draw_photo();
}

void Picture::draw_photo() {
    bitmap_ = wxBitmap();
    const wxLogNull quiet;
    wxImage image;
    wxMemoryInputStream stream(photo_.data(), photo_.size());
    if (!photo_.empty() && image.LoadFile(stream) && image.GetWidth() <= kPhotoPixelsMax &&
        image.GetHeight() <= kPhotoPixelsMax) {
        const double scale = std::min(static_cast<double>(room_.x) / image.GetWidth(),
                                      static_cast<double>(room_.y) / image.GetHeight());
        bitmap_ = wxBitmap(image.Scale(std::max(1, static_cast<int>(image.GetWidth() * scale)),
                                       std::max(1, static_cast<int>(image.GetHeight() * scale)),
                                       wxIMAGE_QUALITY_HIGH));
    }
    take(room_);
}

void Picture::show_qr(const render::QrCode& code) {
    code_ = code;
    photo_.clear();
    draw_qr();
}

void Picture::draw_qr() {
    const int modules = static_cast<int>(code_->size) + 2 * kQuietModules;
    const int pixels = std::max(kModulePixelsMin, std::min(room_.x, room_.y) / modules);
    wxImage image(modules * pixels, modules * pixels);
    image.SetRGB(wxRect(0, 0, modules * pixels, modules * pixels), 255, 255, 255);
    for (std::size_t row = 0; row < code_->size; ++row) {
        for (std::size_t column = 0; column < code_->size; ++column) {
            if (code_->dark(row, column)) {
                image.SetRGB(
                    wxRect((static_cast<int>(column) + kQuietModules) * pixels,
                           (static_cast<int>(row) + kQuietModules) * pixels, pixels, pixels),
                    0, 0, 0);
            }
        }
    }
    bitmap_ = wxBitmap(image);
    take({modules * pixels, modules * pixels});
}

void Picture::paint() {
    wxPaintDC canvas(this);
    const wxSize size = GetClientSize();
    if (bitmap_.IsOk()) {
        canvas.DrawBitmap(bitmap_, (size.x - bitmap_.GetWidth()) / 2,
                          (size.y - bitmap_.GetHeight()) / 2, true);
    } else {
        canvas.SetPen(wxPen(wxColour(kFrameGrey, kFrameGrey, kFrameGrey)));
        canvas.SetBrush(*wxTRANSPARENT_BRUSH);
        canvas.DrawRectangle(0, 0, size.x, size.y);
    }
}

}  // namespace assay::widgets
