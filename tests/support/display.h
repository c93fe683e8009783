#pragma once

#include <csignal>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <gdk/gdk.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::test {

/// A display of its own with a window manager, of the size of a screen that labs have. For tests of
/// windows: every such test is a process of its own under ctest.
class VirtualDisplay {
  public:
    explicit VirtualDisplay(const char* size) {
        int ends[2];
        if (::pipe(ends) != 0) {
            return;
        }
        server_ = ::fork();
        if (server_ == 0) {
            leave_with_parent();
            ::close(ends[0]);
            const std::string fd = std::to_string(ends[1]);
            ::execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", size, "-dpi", "96",
                     "-nocursor", "-nolisten", "tcp", static_cast<char*>(nullptr));
            ::_exit(127);
        }
        ::close(ends[1]);
        std::string number;
        for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) {
            number += c;
        }
        ::close(ends[0]);
        ready_ = !number.empty();
        ::setenv("DISPLAY", (":" + number).c_str(), 1);
        ::setenv("GDK_BACKEND", "x11", 1);
        ::setenv("NO_AT_BRIDGE", "1", 1);
        if (ready_) {
            manage();
        }
    }
    ~VirtualDisplay() {
        end(manager_);
        end(server_);
    }
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;
    bool ready() const { return ready_; }

  private:
    /// Without a window manager no window has the keyboard.
    void manage() {
        manager_ = ::fork();
        if (manager_ == 0) {
            leave_with_parent();
            ::execlp("openbox", "openbox", "--sm-disable", static_cast<char*>(nullptr));
            ::_exit(127);
        }
    }
    /// A test that crashes takes its display along, which would hold the pipe that ctest reads.
    static void leave_with_parent() {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nothing, STDOUT_FILENO);
        ::dup2(nothing, STDERR_FILENO);
    }
    static void end(pid_t process) {
        if (process > 0) {
            ::kill(process, SIGTERM);
            ::waitpid(process, nullptr, 0);
        }
    }

    pid_t server_ = -1;
    pid_t manager_ = -1;
    bool ready_ = false;
};

/// ASSAY_SCREENSHOTS names a folder where a person wants to look at the pictures; else nullptr.
inline const char* pictures_folder() {
    return std::getenv("ASSAY_SCREENSHOTS");  // NOLINT(concurrency-mt-unsafe): read only
}

/// The whole display as `<folder>/<name>.png`; nothing without a folder.
inline void take_picture(const std::string& name) {
    const char* const folder = pictures_folder();
    if (folder == nullptr) {
        return;
    }
    GdkWindow* const root = gdk_get_default_root_window();
    GdkPixbuf* const picture = gdk_pixbuf_get_from_window(root, 0, 0, gdk_window_get_width(root),
                                                          gdk_window_get_height(root));
    const std::string path = std::string(folder) + "/" + name + ".png";
    gdk_pixbuf_save(picture, path.c_str(), "png", nullptr, nullptr);
    g_object_unref(picture);
}

}  // namespace assay::test
