#include "terminal/ui/item_view.h"

#include <cstring>
#include <utility>

#include <webkit2/webkit2.h>
#include <wx/sizer.h>
#include <wx/webview.h>

namespace assay::terminal_ui {
namespace {

constexpr const char* kScheme = "assay-bank";
constexpr const char* kOrigin = "assay-bank://exam/";
constexpr const char* kMessages = "assay";

struct UnrefObject {
    void operator()(gpointer object) const { g_object_unref(object); }
};

/// Shelf and path of "assay-bank://exam/shelf/path?query".
std::pair<std::string, std::string> split_uri(std::string uri) {
    uri = uri.substr(std::min(uri.size(), std::strlen(kOrigin)));
    uri = uri.substr(0, uri.find_first_of("?#"));
    const std::size_t slash = uri.find('/');
    const std::string path = slash == std::string::npos ? "" : uri.substr(slash + 1);
    gchar* plain = g_uri_unescape_string(path.c_str(), nullptr);
    std::pair<std::string, std::string> out{uri.substr(0, slash), plain == nullptr ? "" : plain};
    g_free(plain);
    return out;
}

void finish_with(WebKitURISchemeRequest* request, PageFile file) {
    gpointer copy = g_memdup2(file.bytes.data(), file.bytes.size());
    const auto size = static_cast<gssize>(file.bytes.size());
    const std::unique_ptr<GInputStream, UnrefObject> stream(
        g_memory_input_stream_new_from_data(copy, size, g_free));
    const std::unique_ptr<WebKitURISchemeResponse, UnrefObject> response(
        webkit_uri_scheme_response_new(stream.get(), size));
    webkit_uri_scheme_response_set_content_type(response.get(), file.mime.c_str());
    webkit_uri_scheme_request_finish_with_response(request, response.get());
}

void finish_missing(WebKitURISchemeRequest* request) {
    GError* error = g_error_new_literal(g_quark_from_static_string("assay"), 404, "not found");
    webkit_uri_scheme_request_finish_error(request, error);
    g_error_free(error);
}

}  // namespace

/// WebKit behind wxWebView. wx gives the widget and the messages; what wx does not reach (scheme,
/// choosers, downloads, policy, the process that dies) is WebKit's own.
class ItemView::Engine {
  public:
    Engine(wxWindow* parent, PageFiles files, OnMessage on_message)
        : files_(std::move(files)), on_message_(std::move(on_message)) {
        view_ = wxWebView::New();
        register_scheme();
        view_->Create(parent, wxID_ANY, "about:blank");
        native_ = WEBKIT_WEB_VIEW(view_->GetNativeBackend());
        keep_small();
        view_->EnableContextMenu(false);
        view_->EnableHistory(false);
        view_->EnableAccessToDevTools(false);
        view_->AddScriptMessageHandler(kMessages);
        view_->Bind(wxEVT_WEBVIEW_SCRIPT_MESSAGE_RECEIVED, [this](wxWebViewEvent& event) {
            on_message_(committed_, event.GetString().utf8_string());
        });
        view_->Bind(wxEVT_WEBVIEW_NEWWINDOW, [](wxWebViewEvent& event) { event.Veto(); });
        view_->Bind(wxEVT_WEBVIEW_NAVIGATING, [this](wxWebViewEvent& event) {
            const std::string url = event.GetURL().utf8_string();
            if (url != wanted_ && url != "about:blank") {
                event.Veto();
            }
        });
        view_->Bind(wxEVT_WEBVIEW_LOADED, [this](wxWebViewEvent&) {
            if (loaded_ && !wanted_.empty()) {
                loaded_();
            }
        });
        refuse_choosers();
    }

    wxWebView* window() { return view_; }

    void show(const std::string& path) {
        // The number makes every page a new one, so that a reload of the same item is a load.
        asked_ = path;
        wanted_ = std::string(kOrigin) + "item/" + path + "?" + std::to_string(++shown_);
        view_->LoadURL(wxString::FromUTF8(wanted_));
    }

    void clear() {
        asked_.clear();
        wanted_.clear();
        view_->LoadURL("about:blank");
    }

    void run(const std::string& script) {
        webkit_web_view_evaluate_javascript(native_, script.c_str(), -1, nullptr, nullptr, nullptr,
                                            nullptr, nullptr);
    }

    void set_zoom(double factor) {
        if (webkit_web_view_get_zoom_level(native_) != factor) {
            webkit_web_view_set_zoom_level(native_, factor);
        }
    }

    void set_ground(const std::string& colour) {
        GdkRGBA ground;
        if (colour != ground_ && gdk_rgba_parse(&ground, colour.c_str()) != 0) {
            ground_ = colour;
            webkit_web_view_set_background_color(native_, &ground);
        }
    }

    void focus() { gtk_widget_grab_focus(GTK_WIDGET(native_)); }

    std::function<void(bool seen)> restarted_;
    std::function<void()> loaded_;

  private:
    void register_scheme() {
        WebKitWebContext* context = webkit_web_context_get_default();
        webkit_web_context_register_uri_scheme(
            context, kScheme,
            [](WebKitURISchemeRequest* request, gpointer self) {
                static_cast<Engine*>(self)->serve(request);
            },
            this, nullptr);
        webkit_security_manager_register_uri_scheme_as_secure(
            webkit_web_context_get_security_manager(context), kScheme);
    }

    /// No cache of pages that nobody can go back to.
    void keep_small() {
        WebKitSettings* settings = webkit_web_view_get_settings(native_);
        webkit_settings_set_enable_webgl(settings, FALSE);
        webkit_settings_set_enable_page_cache(settings, FALSE);
        webkit_web_context_set_cache_model(webkit_web_view_get_context(native_),
                                           WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
    }

    void serve(WebKitURISchemeRequest* request) {
        const auto [shelf, path] = split_uri(webkit_uri_scheme_request_get_uri(request));
        auto file = files_(shelf, path);
        if (!file.ok()) {
            finish_missing(request);
            return;
        }
        finish_with(request, std::move(file).value());
    }

    void refuse_choosers() {
        const auto refuse_file = +[](WebKitWebView*, WebKitFileChooserRequest* request, gpointer) {
            webkit_file_chooser_request_cancel(request);
            return TRUE;
        };
        g_signal_connect(native_, "run-file-chooser", G_CALLBACK(refuse_file), nullptr);
        const auto refuse_dialog =
            +[](WebKitWebView*, WebKitScriptDialog*, gpointer) -> gboolean { return TRUE; };
        g_signal_connect(native_, "script-dialog", G_CALLBACK(refuse_dialog), nullptr);
        const auto refuse_permission =
            +[](WebKitWebView*, WebKitPermissionRequest* request, gpointer) -> gboolean {
            webkit_permission_request_deny(request);
            return TRUE;
        };
        g_signal_connect(native_, "permission-request", G_CALLBACK(refuse_permission), nullptr);
        const auto refuse_print =
            +[](WebKitWebView*, WebKitPrintOperation*, gpointer) -> gboolean { return TRUE; };
        g_signal_connect(native_, "print", G_CALLBACK(refuse_print), nullptr);
        const auto refuse_download = +[](WebKitWebContext*, WebKitDownload* download, gpointer) {
            webkit_download_cancel(download);
        };
        g_signal_connect(webkit_web_view_get_context(native_), "download-started",
                         G_CALLBACK(refuse_download), nullptr);
        // Messages and commits come from one process in their order.
        const auto committed = +[](WebKitWebView*, WebKitLoadEvent what, gpointer self) {
            if (what == WEBKIT_LOAD_COMMITTED) {
                Engine* engine = static_cast<Engine*>(self);
                engine->committed_ = engine->asked_;
            }
        };
        g_signal_connect(native_, "load-changed", G_CALLBACK(committed), this);
        const auto died = +[](WebKitWebView*, WebKitWebProcessTerminationReason, gpointer self) {
            Engine* engine = static_cast<Engine*>(self);
            engine->view_->CallAfter([engine] {
                const bool seen = !std::exchange(engine->committed_, {}).empty();
                if (engine->restarted_) {
                    engine->restarted_(seen);
                }
            });
        };
        g_signal_connect(native_, "web-process-terminated", G_CALLBACK(died), this);
    }

    PageFiles files_;
    OnMessage on_message_;
    wxWebView* view_ = nullptr;
    WebKitWebView* native_ = nullptr;
    std::string wanted_;
    std::string asked_;
    std::string committed_;
    std::string ground_;
    unsigned shown_ = 0;
};

ItemView::ItemView(wxWindow* parent, PageFiles files, OnMessage on_message)
    // Tab belongs to the page until it comes to the page's end.
    : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxNO_BORDER),
      engine_(std::make_unique<Engine>(this, std::move(files), std::move(on_message))) {
    auto* sizer = new wxBoxSizer(wxVERTICAL);
    sizer->Add(engine_->window(), 1, wxEXPAND);
    SetSizer(sizer);
}

ItemView::~ItemView() = default;

// The same by its setting, after wx has made the view, kills a web process that has just begun.
void ItemView::draw_without_opengl() { g_setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", TRUE); }

void ItemView::show(const std::string& path) { engine_->show(path); }
void ItemView::clear() { engine_->clear(); }
void ItemView::flush() { engine_->run("window.assayPlayer && assayPlayer.flush()"); }
void ItemView::set_zoom(double factor) { engine_->set_zoom(factor); }
void ItemView::set_ground(const std::string& colour) { engine_->set_ground(colour); }
void ItemView::SetFocus() { engine_->focus(); }
void ItemView::on_restarted(std::function<void(bool seen)> call) {
    engine_->restarted_ = std::move(call);
}
void ItemView::on_loaded(std::function<void()> call) { engine_->loaded_ = std::move(call); }

}  // namespace assay::terminal_ui
