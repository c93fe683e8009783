#pragma once

#include <map>

#include <gdk/gdk.h>
#include <gtk/gtk.h>
#include <wx/window.h>

// What tests of windows look at.
namespace assay::test {

/// Pixels of `colour` ("#rrggbb") in a part of the display.
inline int count_pixels(const wxRect& part, const std::string& colour) {
    const auto wanted = std::stoul(colour.substr(1), nullptr, 16);
    GdkWindow* const root = gdk_get_default_root_window();
    const wxRect seen =
        part.Intersect({0, 0, gdk_window_get_width(root), gdk_window_get_height(root)});
    if (seen.IsEmpty()) {
        return 0;
    }
    GdkPixbuf* const picture =
        gdk_pixbuf_get_from_window(root, seen.x, seen.y, seen.width, seen.height);
    const guchar* const bytes = gdk_pixbuf_read_pixels(picture);
    const int step = gdk_pixbuf_get_n_channels(picture);
    int count = 0;
    for (int y = 0; y < seen.height; ++y) {
        for (int x = 0; x < seen.width; ++x) {
            const guchar* const at = bytes + y * gdk_pixbuf_get_rowstride(picture) + x * step;
            count += (at[0] * 65536UL + at[1] * 256UL + at[2]) == wanted ? 1 : 0;
        }
    }
    g_object_unref(picture);
    return count;
}

/// Where every word and button stood when the window was drawn for the first time.
class FirstLook {
  public:
    explicit FirstLook(wxWindow* top)
        : top_(top), widget_(GTK_WIDGET(g_object_ref(top->GetHandle()))) {
        const auto drawn = +[](GtkWidget*, cairo_t*, gpointer self) -> gboolean {
            auto* const look = static_cast<FirstLook*>(self);
            if (look->places_.empty()) {
                look->collect(look->top_, look->places_);
            }
            return FALSE;
        };
        handler_ = g_signal_connect(widget_, "draw", G_CALLBACK(drawn), this);
    }
    FirstLook(const FirstLook&) = delete;
    FirstLook& operator=(const FirstLook&) = delete;
    /// A window may still be drawn after its look is of no more use.
    ~FirstLook() {
        if (g_signal_handler_is_connected(widget_, handler_) != FALSE) {
            g_signal_handler_disconnect(widget_, handler_);
        }
        g_object_unref(widget_);
    }
    /// What moved or grew since.
    wxString moved() const {
        wxString out;
        std::map<wxWindow*, wxRect> now;
        collect(top_, now);
        for (const auto& [window, place] : places_) {
            if (const auto found = now.find(window); found != now.end() && found->second != place) {
                const wxRect& then = found->second;
                out += wxString::Format("%s: %d,%d %dx%d, then %d,%d %dx%d\n", window->GetLabel(),
                                        place.x, place.y, place.width, place.height, then.x, then.y,
                                        then.width, then.height);
            }
        }
        return places_.empty() ? wxString("nothing was drawn") : out;
    }

  private:
    static void collect(wxWindow* from, std::map<wxWindow*, wxRect>& places) {
        for (wxWindow* const child : from->GetChildren()) {
            if (child->IsShownOnScreen() && child->GetChildren().empty()) {
                places[child] = child->GetScreenRect();
            }
            collect(child, places);
        }
    }
    wxWindow* top_;
    GtkWidget* widget_;
    gulong handler_ = 0;
    std::map<wxWindow*, wxRect> places_;
};

/// Whether these words stand on the screen, alone or in a longer text.
inline bool reads(const wxString& words, wxWindow* from) {
    for (wxWindow* const child : from->GetChildren()) {
        const bool here = child->IsShownOnScreen() && child->GetLabel().Contains(words);
        if (here || reads(words, child)) {
            return true;
        }
    }
    return false;
}

/// The first window of a kind that is shown; none: nullptr.
template <class T>
T* first(wxWindow* from) {
    for (wxWindow* const child : from->GetChildren()) {
        if (!child->IsShownOnScreen()) {
            continue;
        }
        if (T* const found = dynamic_cast<T*>(child)) {
            return found;
        }
        if (T* const found = first<T>(child)) {
            return found;
        }
    }
    return nullptr;
}

/// Lines that GTK makes of a label with these words; 0 where there is none.
inline int lines_of(const wxString& words, wxWindow* from) {
    for (wxWindow* const child : from->GetChildren()) {
        if (child->IsShownOnScreen() && child->GetLabel() == words &&
            GTK_IS_LABEL(child->GetHandle())) {
            return pango_layout_get_line_count(gtk_label_get_layout(GTK_LABEL(child->GetHandle())));
        }
        if (const int below = lines_of(words, child); below > 0) {
            return below;
        }
    }
    return 0;
}

/// False for what lies below what its card shows now.
inline bool in_view(wxWindow* window) {
    for (wxWindow* above = window->GetParent(); above != nullptr; above = above->GetParent()) {
        if (!above->GetScreenRect().Contains(window->GetScreenRect())) {
            return false;
        }
    }
    return true;
}

}  // namespace assay::test
