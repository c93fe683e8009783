#pragma once

#include <optional>

#include <wx/bitmap.h>
#include <wx/panel.h>

#include "crypto/base/bytes.h"
#include "question-bank/render/qr.h"

namespace assay::widgets {

/// A picture that keeps its shape: a photo (PNG or JPEG) or a QR code. Shows an empty frame until
/// it has one.
class Picture final : public wxPanel {
  public:
    Picture(wxWindow* parent, wxSize size);
    /// Draws an empty frame where the bytes are no picture.
    void show_photo(ByteView bytes);
    /// Whole pixels for a module, so that a phone reads it; at most as large as the picture.
    void show_qr(const render::QrCode& code);
    /// The room it has now; what it shows is drawn anew to it.
    void set_room(wxSize size);

  protected:
    wxSize DoGetBestSize() const override { return room_; }

  private:
    void draw_photo();
    void draw_qr();
    void paint();

    wxSize room_;
    Bytes photo_;
    std::optional<render::QrCode> code_;
    wxBitmap bitmap_;
};

}  // namespace assay::widgets
