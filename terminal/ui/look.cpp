#include "terminal/ui/look.h"

#include <memory>

#include <gtk/gtk.h>
#include <wx/clntdata.h>

#include "crypto/text/texts.h"

namespace assay::terminal_ui {
namespace {

struct Colours {
    const char* page;
    const char* card;
    const char* text;
    const char* faint;
    const char* line;
    const char* accent;
    const char* on_accent;
    const char* good;
    const char* warm;
};

constexpr Colours kLightColours{"#f3f5f8", "#ffffff", "#1d2733", "#566270", "#cfd6de",
                                "#1f5fa8", "#ffffff", "#1b6e3c", "#8a5a00"};
constexpr Colours kDarkColours{"#14181d", "#1e242b", "#e9edf2", "#a9b4c0", "#3b4652",
                               "#7db4f0", "#10161d", "#7fd29a", "#e6b866"};
constexpr Colours kContrastColours{"#000000", "#000000", "#ffffff", "#ffffff", "#ffffff",
                                   "#ffff00", "#000000", "#00ff66", "#ffcc00"};

const Colours& colours_of(Theme theme) {
    switch (theme) {
        case Theme::kDark:
            return kDarkColours;
        case Theme::kContrast:
            return kContrastColours;
        case Theme::kLight:
            break;
    }
    return kLightColours;
}

// {name} stands for a colour, {13} for a font size of 13 points times the scale.
constexpr const char* kStyle = R"(
* { font-family: "Noto Sans CJK SC", "Noto Sans", sans-serif; font-size: {12}pt; }
window, .page { background-color: {page}; color: {text}; }
label { color: {text}; }
.card { background-color: {card}; border: 1px solid {line}; border-radius: 14px; }
.bar { background-color: {card}; border-bottom: 1px solid {line}; }
.foot { background-color: {card}; border-top: 1px solid {line}; }
.title { font-size: {22}pt; font-weight: 700; }
.heading { font-size: {16}pt; font-weight: 600; }
.body { font-size: {12}pt; }
.faint { color: {faint}; }
.good { color: {good}; }
.warm { color: {warm}; }
.time { font-size: {17}pt; font-weight: 700; }
.code { font-family: "Noto Sans Mono CJK SC", monospace; font-size: {20}pt; font-weight: 700; }
button { background-image: none; background-color: {card}; color: {text}; border: 1px solid {line};
  border-radius: 9px; padding: 8px 18px; min-height: 28px; box-shadow: none; text-shadow: none; }
button label { color: inherit; }
button:hover { border-color: {accent}; }
button:focus { outline: 3px solid {accent}; outline-offset: 1px; }
button:disabled { opacity: 0.5; }
button.primary { background-color: {accent}; color: {on_accent}; border-color: {accent};
  font-weight: 600; }
button.quiet { background-color: transparent; border-color: transparent; }
button.mark { padding: 4px 2px; min-width: 40px; min-height: 40px; border-radius: 9px; }
button.mark.answered { background-color: {accent}; color: {on_accent}; border-color: {accent}; }
button.mark.current { border: 3px solid {text}; font-weight: 700; }
button.mark.flagged { border-style: dashed; border-color: {warm}; border-width: 3px; }
entry { background-image: none; background-color: {card}; color: {text}; border: 1px solid {line};
  border-radius: 9px; padding: 8px 12px; min-height: 28px; }
entry:focus { border-color: {accent}; }
checkbutton check { min-width: 22px; min-height: 22px; }
scrolledwindow, viewport { background-color: transparent; }
)";

std::string css(Theme theme, double scale) {
    const Colours& c = colours_of(theme);
    Args args{{"page", c.page},           {"card", c.card}, {"text", c.text},
              {"faint", c.faint},         {"line", c.line}, {"accent", c.accent},
              {"on_accent", c.on_accent}, {"good", c.good}, {"warm", c.warm}};
    for (const int points : {12, 16, 17, 20, 22}) {
        args.emplace_back(std::to_string(points),
                          std::to_string(static_cast<int>(points * scale + 0.5)));
    }
    return text::fill(kStyle, args);
}

}  // namespace

Theme theme_from(const std::string& word) {
    if (word == "dark") {
        return Theme::kDark;
    }
    return word == "contrast" ? Theme::kContrast : Theme::kLight;
}

void apply_look(Theme theme, double scale) {
    // One provider for the life of the program: loading again replaces what it says.
    static GtkCssProvider* const provider = [] {
        GtkCssProvider* made = gtk_css_provider_new();
        gtk_style_context_add_provider_for_screen(gdk_screen_get_default(),
                                                  GTK_STYLE_PROVIDER(made),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 10);
        return made;
    }();
    const std::string style = css(theme, scale);
    gtk_css_provider_load_from_data(provider, style.c_str(), -1, nullptr);
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
    if (accessible != nullptr) {
        atk_object_set_name(accessible, name.utf8_str());
    }
}

wxButton* make_button(wxWindow* parent, const char* style_class) {
    auto* button = new wxButton(parent, wxID_ANY, " ");
    set_style(button, style_class);
    return button;
}

wxStaticText* make_text(wxWindow* parent, const char* style_class) {
    auto* text = new wxStaticText(parent, wxID_ANY, "");
    set_style(text, style_class);
    return text;
}

namespace {

bool is_wide(wxUniChar c) { return c.GetValue() >= 0x2E80; }

/// Chinese puts these at no line's beginning.
bool clings(wxUniChar c) {
    static const wxString marks = wxString::FromUTF8("，。；：、！？）》”’…%");
    return marks.Find(c) != wxNOT_FOUND;
}

/// Where a line of `words` that begins at `begin` may end at the latest.
std::size_t line_end(const wxStaticText& label, const wxString& words, std::size_t begin,
                     int width) {
    std::size_t possible = begin;
    for (std::size_t end = begin + 1; end <= words.length(); ++end) {
        const bool last = end == words.length();
        if (words[end - 1] == '\n') {
            return end;
        }
        if (label.GetTextExtent(words.Mid(begin, end - begin)).x > width) {
            return possible > begin ? possible : end;
        }
        const bool between =
            !last && (words[end - 1] == ' ' || is_wide(words[end - 1]) || is_wide(words[end]));
        if (last || (between && !clings(words[end]))) {
            possible = end;
        }
    }
    return words.length();
}

/// wx wraps at spaces only, and Chinese has none.
wxString wrapped(const wxStaticText& label, const wxString& words, int width) {
    wxString out;
    for (std::size_t begin = 0; begin < words.length();) {
        const std::size_t end = line_end(label, words, begin, width);
        wxString line = words.Mid(begin, end - begin);
        out += (out.empty() || out.Last() == '\n' ? wxString() : wxString("\n")) + line;
        begin = end;
    }
    return out;
}

}  // namespace

void set_text(wxStaticText* label, const wxString& words, int width) {
    // GTK knows the style's font only once the label is on the screen: measured before, it is
    // measured again then.
    label->InvalidateBestSize();
    const wxString drawn = (label->IsShownOnScreen() ? "1" : "0") + words;
    const auto* before = dynamic_cast<wxStringClientData*>(label->GetClientObject());
    if (before != nullptr && before->GetData() == drawn) {
        return;
    }
    label->SetClientObject(new wxStringClientData(drawn));
    label->SetLabel(width > 0 ? wrapped(*label, words, width) : words);
}

Card::Card(wxWindow* parent, int width) : wxPanel(parent), column_(new wxBoxSizer(wxVERTICAL)) {
    set_style(this, "card");
    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(column_, 1, wxEXPAND | wxALL, 36);
    SetMinSize(wxSize(width, -1));
    SetSizer(outer);
}

void Card::put(wxWindow* child, int flags) { column_->Add(child, 0, flags | wxBOTTOM, 16); }

void Card::put_row(std::initializer_list<wxWindow*> children) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    for (wxWindow* child : children) {
        row->Add(child, 0, wxRIGHT | wxALIGN_CENTER_VERTICAL, 14);
    }
    column_->Add(row, 0, wxBOTTOM, 16);
}

void centre(wxPanel* screen, Card* card) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->AddStretchSpacer();
    column->Add(card, 0, wxALIGN_CENTER_HORIZONTAL | wxALL, 16);
    column->AddStretchSpacer();
    screen->SetSizer(column);
}

}  // namespace assay::terminal_ui
