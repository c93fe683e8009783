#pragma once

#include <wx/bitmap.h>
#include <wx/panel.h>

#include "crypto/base/bytes.h"
#include "question-bank/render/qr.h"

namespace assay::desk_ui {

/// A photo or a QR code in a frame of fixed size.
class Picture final : public wxPanel {
  public:
    Picture(wxWindow* parent, wxSize size);
    /// An empty frame where the bytes are no picture.
    void show_photo(ByteView bytes);
    void show_qr(const render::QrCode& code);

  private:
    void paint();
    Bytes shown_;
    wxBitmap bitmap_;
};

}  // namespace assay::desk_ui
