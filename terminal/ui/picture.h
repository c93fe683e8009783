#pragma once

#include <wx/panel.h>

#include "crypto/base/bytes.h"
#include "question-bank/render/qr.h"

namespace assay::terminal_ui {

/// A picture that keeps its shape: a photo (PNG or JPEG) or a QR code. Shows nothing until it has
/// one.
class Picture final : public wxPanel {
  public:
    Picture(wxWindow* parent, wxSize size);
    /// Draws an empty frame where the bytes are no picture.
    void show_photo(ByteView bytes);
    void show_qr(const render::QrCode& code);

  private:
    void paint();
    Bytes shown_;
    wxBitmap bitmap_;
};

}  // namespace assay::terminal_ui
