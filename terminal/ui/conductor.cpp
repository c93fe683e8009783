#include "terminal/ui/conductor.h"

#include <algorithm>

#include "server/client/tus_upload.h"

namespace assay::terminal_ui {
namespace {

constexpr std::chrono::milliseconds kRound{250};
constexpr std::chrono::milliseconds kUploadPause{2000};

client::TusConfig tus_config(const sitting::Upload& upload) {
    client::TusConfig config;
    config.prefix = "/v1/uploads";
    config.metadata = {{"kind", to_bytes(upload.kind)},
                       {"attempt", to_bytes(upload.attempt.hex())},
                       {"name", to_bytes(upload.name)},
                       {"digest", to_bytes(upload.digest.hex())}};
    config.backoff = {};
    return config;
}

}  // namespace

Conductor::Conductor(sitting::Session& session, Disk& disk, MakeLink upload_link)
    : session_(session), disk_(disk), upload_link_(std::move(upload_link)) {}

Conductor::~Conductor() { stop(); }

void Conductor::start(Door door) {
    door_ = std::move(door);
    threads_.emplace_back([this] { run_durable(); });
    threads_.emplace_back([this] { run_desk(); });
    threads_.emplace_back([this] { run_uploads(); });
}

void Conductor::stop() {
    {
        const std::lock_guard guard(lock_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

void Conductor::put(Task task) {
    {
        const std::lock_guard guard(lock_);
        if (!task.key.empty()) {
            const auto same = std::ranges::find(tasks_, task.key, &Task::key);
            if (same != tasks_.end()) {
                *same = std::move(task);
                return;
            }
        }
        saves_ += task.save ? 1 : 0;
        tasks_.push_back(std::move(task));
    }
    wake_.notify_all();
}

void Conductor::post(std::function<Status(sitting::Session&)> task) {
    put({std::move(task), "", false});
}

void Conductor::save(sitting::AnswerChanged change) {
    std::string key = "answer\n" + change.item + '\n' + change.response;
    put({[change = std::move(change)](sitting::Session& session) { return session.answer(change); },
         std::move(key), true});
}

void Conductor::save_file(std::string item, std::string name, std::string text) {
    std::string key = "file\n" + item + '\n' + name;
    put({[item = std::move(item), name = std::move(name), text = std::move(text)](
             sitting::Session& session) { return session.save_file(item, name, as_bytes(text)); },
         std::move(key), true});
}

void Conductor::every_round(std::function<void(sitting::Session&)> task) {
    const std::lock_guard guard(lock_);
    round_ = std::move(task);
}

void Conductor::tell() {
    Snapshot snapshot{session_.view(), session_.state(), session_.take_notices(), 0, false};
    {
        const std::lock_guard guard(lock_);
        snapshot.waiting_saves = saves_;
        snapshot.save_failed = save_failed_;
    }
    door_(std::move(snapshot));
}

void Conductor::run_durable() {
    auto next_round = std::chrono::steady_clock::now();
    while (true) {
        Task task;
        bool round = false;
        {
            std::unique_lock guard(lock_);
            wake_.wait_until(guard, next_round, [this] { return stopping_ || !tasks_.empty(); });
            if (tasks_.empty() && stopping_) {
                return;
            }
            if (!tasks_.empty()) {
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            round = std::chrono::steady_clock::now() >= next_round;
        }
        if (task.run) {
            const Status done = task.run(session_);
            const std::lock_guard guard(lock_);
            if (task.save) {
                --saves_;
                save_failed_ = !done.ok();
            }
        }
        if (round) {
            next_round = std::chrono::steady_clock::now() + kRound;
            session_.tick();
            std::function<void(sitting::Session&)> extra;
            {
                const std::lock_guard guard(lock_);
                extra = round_;
            }
            if (extra) {
                extra(session_);
            }
        }
        tell();
    }
}

bool Conductor::sleep(std::chrono::milliseconds time) {
    std::unique_lock guard(lock_);
    wake_.wait_for(guard, time, [this] { return stopping_; });
    return !stopping_;
}

void Conductor::run_desk() {
    std::chrono::milliseconds wait{0};
    while (sleep(wait)) {
        const sitting::PumpReport report = session_.pump();
        wait = report.worked ? std::chrono::milliseconds(0) : report.wait;
    }
}

void Conductor::run_uploads() {
    std::unique_ptr<Link> link;
    while (sleep(kUploadPause)) {
        for (const sitting::Upload& upload : session_.uploads()) {
            if (!link) {
                auto made = upload_link_();
                if (!made.ok()) {
                    break;
                }
                link = std::move(made).value();
            }
            auto file = disk_.open_read_only(upload.path);
            if (!file.ok()) {
                continue;
            }
            if (!client::tus_upload(*link, **file, tus_config(upload)).ok() ||
                !session_.uploaded(upload.digest).ok() || !sleep(std::chrono::milliseconds(0))) {
                break;
            }
        }
    }
}

}  // namespace assay::terminal_ui
