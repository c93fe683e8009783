#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "server/client/curl_link.h"
#include "terminal/sitting/session.h"

namespace assay::terminal_ui {

/// Runs a session beside the window: one thread for what must be durable (answers, the clock), one
/// for the desk, one for uploads. Screens post and go on; what happened comes back through one
/// door, the function given to start().
class Conductor {
  public:
    struct Snapshot {
        sitting::View view;
        sitting::State state;
        std::vector<sitting::Notice> notices;
        std::size_t waiting_saves = 0;
        bool save_failed = false;
    };
    using Door = std::function<void(Snapshot)>;  ///< called on a thread of the conductor's
    using MakeLink = std::function<Result<std::unique_ptr<Link>>()>;

    /// `disk` is for reading uploads; `upload_link` makes the link of the upload thread.
    Conductor(sitting::Session& session, Disk& disk, MakeLink upload_link);
    ~Conductor();
    Conductor(const Conductor&) = delete;
    Conductor& operator=(const Conductor&) = delete;

    void start(Door door);
    /// Ends the threads; what was posted is done first.
    void stop();

    /// Anything that needs the session and may write the disk.
    void post(std::function<Status(sitting::Session&)> task);
    /// An answer that must become durable: counted until it is.
    void save(sitting::AnswerChanged change);
    /// As save(), for a text result of a practical task. Several versions in a row become one.
    void save_file(std::string item, std::string name, std::string text);
    /// A task of the durable thread every round, about every 250 ms; for the camera.
    void every_round(std::function<void(sitting::Session&)> task);

  private:
    struct Task {
        std::function<Status(sitting::Session&)> run;
        std::string key;  ///< a later task of the same key takes the place of an earlier one
        bool save = false;
    };
    void put(Task task);
    void run_durable();
    void run_desk();
    void run_uploads();
    void tell();
    bool sleep(std::chrono::milliseconds time);

    sitting::Session& session_;
    Disk& disk_;
    MakeLink upload_link_;
    Door door_;
    std::mutex lock_;
    std::condition_variable wake_;
    std::deque<Task> tasks_;
    std::size_t saves_ = 0;
    bool save_failed_ = false;
    bool stopping_ = false;
    std::function<void(sitting::Session&)> round_;
    std::vector<std::thread> threads_;
};

}  // namespace assay::terminal_ui
