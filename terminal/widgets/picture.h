#pragma once

#include <optional>

#include <wx/bitmap.h>
#include <wx/panel.h>

#include "crypto/base/bytes.h"
#include "question-bank/render/qr.h"

namespace assay::widgets {

/// Of a QR code. Half of it is what a phone just reads at an arm's length.
inline constexpr int kModulePixelsMin = 4;

/// A picture that keeps its shape: a photo (PNG or JPEG) or a QR code. Shows an empty frame until
/// it has one.
class Picture final : public wxPanel {
  public:
    Picture(wxWindow* parent, wxSize size);
    /// Draws an empty frame where the bytes are no picture.
    void show_photo(ByteView bytes);
    /// Whole pixels for a module, kModulePixelsMin at least, so that a phone reads it from the
    /// screen; the picture grows where that needs more than its room.
    void show_qr(const render::QrCode& code);
    /// The room it has now; what it shows is drawn anew to it.
    void set_room(wxSize size);

  protected:
    wxSize DoGetBestSize() const override { return size_; }

  private:
    void draw_photo();
    void draw_qr();
    void paint();

    void take(wxSize size);

    wxSize room_;  ///< what the screen gives
    wxSize size_;  ///< what the picture takes
    Bytes photo_;
    std::optional<render::QrCode> code_;
    wxBitmap bitmap_;
};

}  // namespace assay::widgets
