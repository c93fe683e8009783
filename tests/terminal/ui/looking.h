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
    explicit FirstLook(wxWindow* top) : top_(top) {
        const auto drawn = +[](GtkWidget*, cairo_t*, gpointer self) -> gboolean {
            auto* const look = static_cast<FirstLook*>(self);
            if (look->places_.empty()) {
                look->collect(look->top_, look->places_);
            }
            return FALSE;
        };
        g_signal_connect(top->GetHandle(), "draw", G_CALLBACK(drawn), this);
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
