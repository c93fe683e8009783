#include "terminal/widgets/parts.h"

#include <algorithm>
#include <string_view>

#include <gtk/gtk.h>

namespace assay::widgets {
namespace {

constexpr int kButtonWidthMin = 85;  // GTK's habit; two characters look lost in less

}  // namespace

// Measured with a layout and a font of our own: until it is on the screen, GTK's widget remembers a
// size from before it knew its words and a font from before it knew its style.
wxSize layout_size(GtkWidget* widget, const wxString& words, int width) {
    PangoLayout* const layout = gtk_widget_create_pango_layout(widget, words.utf8_str());
    GtkStyleContext* const style = gtk_widget_get_style_context(widget);
    PangoFontDescription* font = nullptr;
    gtk_style_context_get(style, gtk_style_context_get_state(style), "font", &font, nullptr);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width > 0 ? width * PANGO_SCALE : -1);
    wxSize size;
    pango_layout_get_pixel_size(layout, &size.x, &size.y);
    g_object_unref(layout);
    ++size.x;  // a width that was rounded down would wrap
    return size;
}

void set_style(wxWindow* window, const char* style_class, bool on) {
    GtkStyleContext* context = gtk_widget_get_style_context(window->GetHandle());
    if (on) {
        gtk_style_context_add_class(context, style_class);
    } else {
        gtk_style_context_remove_class(context, style_class);
    }
}

void set_accessible_name(wxWindow* window, const wxString& name) {
    AtkObject* accessible = gtk_widget_get_accessible(window->GetHandle());
    if (accessible != nullptr && accessible_name(window) != name) {
        atk_object_set_name(accessible, name.utf8_str());
    }
}

wxString accessible_name(wxWindow* window) {
    AtkObject* accessible = gtk_widget_get_accessible(window->GetHandle());
    const char* const name = accessible == nullptr ? nullptr : atk_object_get_name(accessible);
    return name == nullptr ? wxString() : wxString::FromUTF8(name);
}

namespace {

/// Measured as Words are: GTK's button remembers what it wanted in another size of type.
class Button final : public wxButton {
  public:
    explicit Button(wxWindow* parent) : wxButton(parent, wxID_ANY, " ") {}

  protected:
    wxSize DoGetBestSize() const override {
        GtkWidget* const label = gtk_bin_get_child(GTK_BIN(GetHandle()));
        GtkStyleContext* const style = gtk_widget_get_style_context(GetHandle());
        const GtkStateFlags state = gtk_style_context_get_state(style);
        GtkBorder padding;
        GtkBorder border;
        gtk_style_context_get_padding(style, state, &padding);
        gtk_style_context_get_border(style, state, &border);
        wxSize least;
        gtk_style_context_get(style, state, "min-width", &least.x, "min-height", &least.y, nullptr);
        wxSize words = layout_size(label, GetLabelText(), 0);
        words.IncTo(least);
        words.IncBy(padding.left + padding.right + border.left + border.right,
                    padding.top + padding.bottom + border.top + border.bottom);
        words.IncTo(wxSize(kButtonWidthMin, 0));
        return words;
    }
};

}  // namespace

wxButton* make_button(wxWindow* parent, const char* style_class) {
    auto* button = new Button(parent);
    set_style(button, style_class);
    return button;
}

namespace {

// From the first sign of a Chinese font that is as wide as a character.
constexpr wxUint32 kFirstWide = 0x2E80;

bool is_latin(const wxString& words) {
    return std::none_of(words.begin(), words.end(),
                        [](const wxUniChar c) { return c.GetValue() >= kFirstWide; });
}

}  // namespace

void set_label(wxWindow* window, const wxString& words) {
    if (window->GetLabel() != words) {
        set_style(window, "latin", is_latin(words));
        window->SetLabel(words);
        window->InvalidateBestSize();
    }
}

namespace {

/// Letters of one width: what is copied by hand or compared.
bool is_fixed(std::string_view style_class) {
    return style_class == "code" || style_class == "key";
}

}  // namespace

Words::Words(wxWindow* parent, const char* style_class)
    : wxStaticText(parent, wxID_ANY, ""), fixed_(is_fixed(style_class)) {
    set_style(this, style_class);
    gtk_label_set_line_wrap_mode(GTK_LABEL(GetHandle()), PANGO_WRAP_WORD_CHAR);
    Hide();
}

bool Words::say(const wxString& words) {
    const bool other = GetLabelText() != words;
    if (other) {
        set_style(this, "latin", !fixed_ && is_latin(words));
        SetLabelText(words);
        InvalidateBestSize();
    }
    if (IsShown() == words.empty()) {
        Show(!words.empty());
    }
    return other;
}

void Words::wrap_to(int pixels) {
    if (pixels != wrap_) {
        wrap_ = pixels;
        InvalidateBestSize();
    }
}

void Words::cut_at_end() {
    cut_ = true;
    gtk_label_set_ellipsize(GTK_LABEL(GetHandle()), PANGO_ELLIPSIZE_END);
}

void Words::reserve(const wxString& longest) {
    if (longest != longest_) {
        longest_ = longest;
        InvalidateBestSize();
    }
}

wxSize Words::DoGetBestSize() const {
    wxSize size = layout_size(GetHandle(), GetLabelText(), 0);
    if (!longest_.empty()) {
        size.x = std::max(size.x, layout_size(GetHandle(), longest_, 0).x);
    }
    if (cut_) {
        return {0, size.y};
    }
    if (wrap_ > 0 && size.x > wrap_) {
        size = wxSize(wrap_, layout_size(GetHandle(), GetLabelText(), wrap_).y);
    }
    return size;
}

void measure_again(wxWindow* window) {
    for (wxWindow* const child : window->GetChildren()) {
        measure_again(child);
    }
    window->InvalidateBestSize();
    window->Layout();
}

namespace {

wxString say_cut(const wxWindow& window, const char* why) {
    const wxRect at = window.GetScreenRect();
    return wxString::Format("\"%s\" (%s; %d,%d %dx%d, wants %dx%d)", window.GetLabel(), why, at.x,
                            at.y, at.width, at.height, window.GetBestSize().x,
                            window.GetBestSize().y);
}

}  // namespace

wxString find_cut(wxWindow* window) {
    for (wxWindow* const child : window->GetChildren()) {
        if (!child->IsShownOnScreen() || child->IsTopLevel()) {
            continue;
        }
        const bool leaf = dynamic_cast<wxStaticText*>(child) != nullptr ||
                          dynamic_cast<wxButton*>(child) != nullptr;
        const auto* words = dynamic_cast<Words*>(child);
        child->InvalidateBestSize();  // what was wanted in another style says nothing
        const wxSize wants = child->GetBestSize();
        if (leaf && (child->GetSize().x < wants.x || child->GetSize().y < wants.y)) {
            return say_cut(*child, "too small");
        }
        const auto* scrolled = dynamic_cast<wxScrolledWindow*>(window);
        const wxSize room = scrolled != nullptr ? scrolled->GetVirtualSize() : window->GetSize();
        const wxPoint end = child->GetPosition() + child->GetSize();
        if ((leaf || words != nullptr) && scrolled == nullptr &&
            (end.x > room.x || end.y > room.y || child->GetPosition().x < 0)) {
            return say_cut(*child, "over the edge");
        }
        if (wxString below = find_cut(child); !below.empty()) {
            return below;
        }
    }
    return {};
}

}  // namespace assay::widgets
