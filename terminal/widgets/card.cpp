#include "terminal/widgets/card.h"

#include <algorithm>
#include <string_view>

#include <wx/settings.h>

namespace assay::widgets {
namespace {

constexpr int kInset = 36;
constexpr int kMargin = 16;
constexpr int kGap = 16;
constexpr int kNameGap = 6;
constexpr int kRowGap = 14;
constexpr int kBesideGap = 28;
constexpr int kBesideEms = 12;  ///< the least room for words beside a picture

}  // namespace

CardPage::CardPage(wxWindow* parent, int width)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL),
      card_(new wxPanel(this)),
      column_(new wxBoxSizer(wxVERTICAL)),
      width_(width) {
    set_style(this, "page");
    set_style(card_, "card");
    SetScrollRate(0, 16);
    auto* inside = new wxBoxSizer(wxVERTICAL);
    inset_ = inside->Add(column_, 1, wxEXPAND | wxLEFT | wxTOP | wxRIGHT, kInset);
    below_ = inside->AddSpacer(kInset);
    card_->SetSizer(inside);
    // A little above the middle is where the eye looks for the middle.
    auto* outside = new wxBoxSizer(wxVERTICAL);
    outside->AddStretchSpacer(2);
    outside->Add(card_, 0, wxALIGN_CENTER_HORIZONTAL | wxALL, kMargin);
    outside->AddStretchSpacer(3);
    SetSizer(outside);
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        fit(look_);
    });
}

Words* CardPage::put_words(const char* style_class) {
    auto* words = new Words(card_, style_class);
    words_.push_back(words);
    // What names the things below stands close to them.
    const bool names = std::string_view(style_class) == "section";
    column_->Add(words, 0, wxBOTTOM, names ? kNameGap : kGap);
    return words;
}

void CardPage::put(wxWindow* child, int flags) { column_->Add(child, 0, flags | wxBOTTOM, kGap); }

void CardPage::put_row(const std::vector<wxWindow*>& children) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    for (wxWindow* const child : children) {
        row->Add(child, 0, wxRIGHT | wxBOTTOM, kRowGap);
    }
    column_->Add(row, 0, wxBOTTOM, kGap - kRowGap / 2);
    rows_.push_back({row, children});
}

void CardPage::put_beside(wxWindow* picture, const std::vector<Words*>& words) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* column = new wxBoxSizer(wxVERTICAL);
    row->Add(picture, 0, wxRIGHT | wxBOTTOM, kBesideGap);
    for (Words* const each : words) {
        column->Add(each, 0, wxBOTTOM, kGap / 2);
        beside_.emplace_back(each, picture);
    }
    row->Add(column, 1);
    column_->Add(row, 0, wxEXPAND | wxBOTTOM, kGap);
    rows_.push_back({row, {picture}});
}

void CardPage::fit_rows(const Look& look) {
    for (const Row& row : rows_) {
        int wanted = 0;
        for (wxWindow* const child : row.children) {
            wanted += child->IsShown() ? child->GetBestSize().x + kRowGap : 0;
        }
        const bool with_words = std::ranges::any_of(beside_, [&](const auto& each) {
            return each.second == row.children.front() && each.second->IsShown();
        });
        wanted += with_words ? look.px(16 * kBesideEms) + kBesideGap : 0;
        row.sizer->SetOrientation(wanted <= inner_ ? wxHORIZONTAL : wxVERTICAL);
        for (const auto& [words, picture] : beside_) {
            if (picture == row.children.front()) {
                const bool stands = row.sizer->GetOrientation() == wxHORIZONTAL;
                const int taken =
                    stands && picture->IsShown() ? picture->GetBestSize().x + kBesideGap : 0;
                words->wrap_to(inner_ - taken);
            }
        }
    }
}

void CardPage::fit(const Look& look) {
    look_ = look;
    // Room for the scroll bar is kept, so that words do not wrap otherwise when it appears.
    const int bar = std::max(16, wxSystemSettings::GetMetric(wxSYS_VSCROLL_X, this));
    const int room = std::max(240, GetSize().x - bar - 2 * kMargin);
    const int width = std::min(look.px(width_), room);
    const int inset = std::min(look.px(kInset), std::max(12, room / 24));
    inset_->SetBorder(inset);
    // The last thing on the card brings its own distance along.
    below_->SetMinSize(1, std::max(0, inset - kGap));
    inner_ = width - 2 * inset;
    for (Words* const words : words_) {
        words->wrap_to(inner_);
    }
    fit_rows(look);
    card_->SetMinSize(wxSize(width, -1));
    place();
}

void CardPage::place() {
    card_->InvalidateBestSize();
    card_->Layout();
    FitInside();
    Layout();
}

}  // namespace assay::widgets
