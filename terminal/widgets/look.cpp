#include "terminal/widgets/look.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include <gtk/gtk.h>

namespace assay::widgets {
namespace {

// The same colours as the item player's: window and page are one surface.
struct Colour {
    std::string_view name;
    const char* light;
    const char* dark;
    const char* contrast;
};
constexpr std::array kColours{Colour{"off", "#55606e", "#aab4c0", "#9a9a9a"},
                              Colour{"off-line", "#d5dbe3", "#38414d", "#6a6a6a"},
                              Colour{"page", "#f1f4f8", "#0f1318", "#000000"},
                              Colour{"card", "#ffffff", "#171b21", "#000000"},
                              Colour{"raised", "#f5f7fa", "#212730", "#000000"},
                              Colour{"text", "#1b2430", "#e7ebf0", "#ffffff"},
                              Colour{"faint", "#55606e", "#aab4c0", "#ffffff"},
                              Colour{"line", "#d5dbe3", "#38414d", "#ffffff"},
                              Colour{"edge", "#7b8794", "#8592a1", "#ffffff"},
                              Colour{"accent", "#1f5fbf", "#8db8f5", "#ffe600"},
                              Colour{"accent-soft", "#e9f1fc", "#20344f", "#333000"},
                              Colour{"on-accent", "#ffffff", "#0e1a2b", "#000000"},
                              Colour{"focus", "#b3440a", "#ffb069", "#00e5ff"},
                              Colour{"good", "#1b6b45", "#7fd0a6", "#7dff9b"},
                              Colour{"warm", "#7a5200", "#e6b866", "#ffd24d"},
                              Colour{"warm-soft", "#fff6e0", "#332a17", "#000000"}};

// wx draws a panel's ground and no border: an inset shadow is one. {name} stands for a colour, {13}
// for a length of 13 that grows with the type, {=13} for one that grows with half of it: a padding
// of 400 % would leave no room for the words. "pwid": the quotes of a Chinese font are as wide as a
// character, and in English as wide as a letter. The ring of the focus is the same everywhere and
// stands last, so that no colour of a button hides it; GTK paints the last shadow on top.
// No transition: a size asked for while GTK's theme moves towards it would be one on the way.
constexpr std::string_view kStyle = R"(
* { font-family: "Noto Sans CJK SC", "Noto Sans", sans-serif; font-size: {body}pt;
  transition: none; }
window, dialog, .page { background-color: {page}; color: {text}; }
label { color: {text}; }
.card { background-color: {card}; box-shadow: inset 0 0 0 1px {line}; border-radius: {=14}px; }
.side { background-color: {card}; box-shadow: inset -1px 0 {line}; }
.bar { background-color: {card}; }
.strip { background-color: {raised}; box-shadow: inset 0 1px {line}, inset 0 -1px {line}; }
.strip.warm { background-color: {warm-soft}; }
.foot { background-color: {card}; box-shadow: inset 0 1px {line}; }
.title { font-size: {title}pt; font-weight: 700; }
.heading { font-size: {heading}pt; font-weight: 600; }
.section { font-size: {body}pt; font-weight: 600; }
.faint { color: {faint}; }
.good { color: {good}; }
.warm { color: {warm}; }
.time { font-size: {time}pt; font-weight: 700; font-feature-settings: "tnum"; }
.code { font-family: "Noto Sans Mono CJK SC", monospace; font-size: {code}pt; font-weight: 700; }
.key { font-family: "Noto Sans Mono CJK SC", monospace; font-size: {body}pt; font-weight: 600; }
button { background-image: none; background-color: {card}; color: {text}; border: 1px solid {edge};
  border-radius: {=9}px; padding: {=7}px {=16}px; min-height: {=28}px; min-width: {=16}px;
  box-shadow: none; text-shadow: none; -gtk-icon-shadow: none; outline-width: 0; }
button label { color: inherit; font-weight: inherit; }
button:hover { border-color: {accent}; background-color: {accent-soft}; }
button:disabled { color: {off}; border-color: {off-line}; background-color: {raised}; }
button.primary { background-color: {accent}; color: {on-accent}; border-color: {accent};
  font-weight: 600; }
button.primary:disabled { color: {off}; background-color: {raised}; border-color: {off-line}; }
button.quiet { background-color: transparent; border-color: transparent; }
button.tight { padding: {=4}px {=10}px; }
button.strip-button { background-color: transparent; border-color: transparent; font-weight: 600;
  color: {accent}; padding: 0 {=10}px; min-height: 0; }
button.choice { border-radius: {=22}px; }
button.choice.chosen { background-color: {accent}; color: {on-accent}; border-color: {accent};
  font-weight: 600; }
button.mark { padding: {=4}px 2px; min-width: {=40}px; min-height: {=36}px; border-color: {line}; }
button.mark.answered { background-color: {accent}; color: {on-accent}; border-color: {accent}; }
button.mark.current { border: 3px solid {text}; font-weight: 700; }
button.mark.flagged { border-style: dashed; border-color: {warm}; border-width: 3px; }
button.mark.current.flagged { border-color: {text}; }
entry, textview { background-image: none; background-color: {card}; color: {text};
  caret-color: {accent}; }
entry { border: 1px solid {edge}; border-radius: {=9}px; padding: {=6}px {=12}px;
  min-height: {=28}px; box-shadow: none; }
textview text { background-color: {card}; color: {text}; }
entry selection, textview text selection { background-color: {accent}; color: {on-accent}; }
checkbutton { color: {text}; padding: {=5}px {=8}px {=5}px 4px; border: 1px solid transparent;
  border-radius: {=9}px; outline-width: 0; }
checkbutton check { min-width: {16}px; min-height: {16}px; background-image: none;
  background-color: {card}; border: 2px solid {edge}; color: {on-accent}; box-shadow: none;
  border-radius: {=5}px; -gtk-icon-shadow: none; }
checkbutton check:checked { background-color: {accent}; border-color: {accent}; }
combobox button.combo { padding: {=4}px {=12}px; }
menu, .menu { background-color: {card}; color: {text}; border: 1px solid {edge}; }
menuitem { padding: {=6}px {=12}px; }
menuitem:hover { background-color: {accent}; }
menuitem:hover label { color: {on-accent}; }
scrolledwindow, viewport { background-color: transparent; }
scrollbar { background-color: {page}; border: none; }
scrollbar slider { background-color: {edge}; min-width: 8px; min-height: 24px;
  border-radius: 8px; border: 2px solid transparent; }
treeview.view { background-color: {card}; color: {text}; border-color: {line}; }
treeview.view:selected { background-color: {accent-soft}; color: {text}; }
treeview.view:selected:focus { background-color: {accent}; color: {on-accent}; }
treeview.view header button { border-radius: 0; border-color: {line}; border-width: 0 1px 1px 0;
  padding: {=4}px {=6}px; background-color: {raised}; color: {text}; font-weight: 600;
  min-height: {=22}px; }
.latin { font-feature-settings: "pwid"; }
.time.latin { font-feature-settings: "pwid, tnum"; }
button:focus, button.primary:focus, button.mark:focus, button.mark.current:focus,
button.mark.answered:focus, button.mark.flagged:focus, button.choice:focus,
button.choice.chosen:focus, button.strip-button:focus, entry:focus, checkbutton:focus {
  border-color: {focus}; box-shadow: inset 0 0 0 4px {card}, inset 0 0 0 2px {focus}; }
)";

const char* pick(const Colour& colour, Theme theme) {
    switch (theme) {
        case Theme::kDark:
            return colour.dark;
        case Theme::kContrast:
            return colour.contrast;
        case Theme::kLight:
            break;
    }
    return colour.light;
}

/// Type sizes in relation to the body's.
double type_size(std::string_view name) {
    struct Size {
        std::string_view name;
        double factor;
    };
    constexpr std::array kSizes{Size{"body", 1.0}, Size{"title", 1.75}, Size{"heading", 1.25},
                                Size{"time", 1.4}, Size{"code", 1.6}};
    for (const Size& size : kSizes) {
        if (size.name == name) {
            return size.factor;
        }
    }
    return 0;
}

std::string length(std::string_view digits, double scale) {
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return std::to_string(static_cast<int>(std::lround(number * scale)));
}

std::string replacement(std::string_view name, const Look& look, double points) {
    if (const double factor = type_size(name); factor > 0) {
        return std::to_string(static_cast<int>(std::lround(points * factor * look.scale)));
    }
    if (name.starts_with('=')) {
        return length(name.substr(1), (1 + look.scale) / 2);
    }
    if (name.front() >= '0' && name.front() <= '9') {
        return length(name, look.scale);
    }
    return colour(look.theme, std::string(name));
}

bool is_name(std::string_view text) {
    return !text.empty() && text.find_first_of(" \n;:") == std::string_view::npos;
}

std::string css(const Look& look, double points) {
    std::string out;
    std::string_view rest = kStyle;
    while (!rest.empty()) {
        const std::size_t open = rest.find('{');
        const std::size_t close = rest.find('}', open);
        out += rest.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        const std::string_view name = rest.substr(open + 1, close - open - 1);
        if (is_name(name)) {
            out += replacement(name, look, points);
            rest = rest.substr(close + 1);
        } else {
            out += '{';
            rest = rest.substr(open + 1);
        }
    }
    return out;
}

}  // namespace

Theme theme_from(const std::string& word) {
    if (word == "dark") {
        return Theme::kDark;
    }
    return word == "contrast" ? Theme::kContrast : Theme::kLight;
}

const char* theme_word(Theme theme) {
    switch (theme) {
        case Theme::kDark:
            return "dark";
        case Theme::kContrast:
            return "contrast";
        case Theme::kLight:
            break;
    }
    return "light";
}

std::string colour(Theme theme, const std::string& name) {
    for (const Colour& each : kColours) {
        if (each.name == name) {
            return pick(each, theme);
        }
    }
    return pick(kColours.front(), theme);
}

void apply_look(const Look& look, double points) {
    // One provider for the life of the program: loading again replaces what it says.
    static GtkCssProvider* const provider = [] {
        GtkCssProvider* made = gtk_css_provider_new();
        gtk_style_context_add_provider_for_screen(gdk_screen_get_default(),
                                                  GTK_STYLE_PROVIDER(made),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 10);
        return made;
    }();
    const std::string style = css(look, points);
    gtk_css_provider_load_from_data(provider, style.c_str(), -1, nullptr);
}

}  // namespace assay::widgets
