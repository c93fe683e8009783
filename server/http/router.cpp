#include "server/http/router.h"

#include <algorithm>
#include <atomic>
#include <set>

#include "crypto/base/check.h"
#include "server/http/target.h"

namespace assay::http {

struct Responder::State {
    explicit State(std::function<void(Reply)> to) : send(std::move(to)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { answer(Reply::empty(500)); }

    void answer(Reply reply) {
        if (!answered.exchange(true)) {
            send(std::move(reply));
        }
    }

    std::function<void(Reply)> send;
    std::atomic<bool> answered = false;
};

Responder::Responder(std::function<void(Reply)> send)
    : state_(std::make_shared<State>(std::move(send))) {}

void Responder::operator()(Reply reply) const { state_->answer(std::move(reply)); }

namespace {

bool is_name(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool takes_rest(std::string_view segment) { return is_name(segment) && segment.ends_with("*}"); }

std::string name_of(std::string_view segment) {
    const std::size_t end = takes_rest(segment) ? 2 : 1;
    return std::string(segment.substr(1, segment.size() - 1 - end));
}

/// Literal segments and names in the same places: such patterns match the same paths.
bool same_shape(const Route& a, const Route& b) {
    return std::equal(a.pattern.begin(), a.pattern.end(), b.pattern.begin(), b.pattern.end(),
                      [](const std::string& x, const std::string& y) {
                          return x == y ||
                                 (is_name(x) && is_name(y) && takes_rest(x) == takes_rest(y));
                      });
}

std::string joined(const std::vector<std::string_view>& parts, std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < parts.size(); ++i) {
        out.append(i == from ? "" : "/").append(parts[i]);
    }
    return out;
}

std::optional<std::map<std::string, std::string>> match(
    const std::vector<std::string>& pattern, const std::vector<std::string_view>& parts) {
    std::map<std::string, std::string> params;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (i >= parts.size()) {
            return std::nullopt;
        }
        if (takes_rest(pattern[i])) {
            params.emplace(name_of(pattern[i]), joined(parts, i));
            return params;
        }
        if (is_name(pattern[i])) {
            params.emplace(name_of(pattern[i]), std::string(parts[i]));
        } else if (pattern[i] != parts[i]) {
            return std::nullopt;
        }
    }
    return pattern.size() == parts.size() ? std::optional(params) : std::nullopt;
}

/// Whether `a` says more about the path than `b`: the first difference decides.
bool more_exact(const Route& a, const Route& b) {
    const auto rank = [](const std::string& segment) {
        return takes_rest(segment) ? 2 : is_name(segment) ? 1 : 0;
    };
    return std::lexicographical_compare(
        a.pattern.begin(), a.pattern.end(), b.pattern.begin(), b.pattern.end(),
        [&](const std::string& x, const std::string& y) { return rank(x) < rank(y); });
}

}  // namespace

void Router::add_route(Route route) {
    for (const auto& other : routes_) {
        ASSAY_CHECK(other.method != route.method || !same_shape(other, route));
    }
    routes_.push_back(std::move(route));
}

void Router::add(std::string method, std::string_view pattern, RouteOptions options,
                 Handler handler) {
    const auto parts = segments_of(pattern);
    add_route(
        {std::move(method), {parts.begin(), parts.end()}, std::move(options), std::move(handler)});
}

void Router::add_later(std::string method, std::string_view pattern, RouteOptions options,
                       LaterHandler handler) {
    const auto parts = segments_of(pattern);
    add_route(
        {std::move(method), {parts.begin(), parts.end()}, std::move(options), std::move(handler)});
}

void Router::add_stream(std::string method, std::string_view pattern, RouteOptions options,
                        StreamHandler handler) {
    const auto parts = segments_of(pattern);
    add_route(
        {std::move(method), {parts.begin(), parts.end()}, std::move(options), std::move(handler)});
}

Router::Found Router::find(std::string_view method, std::string_view path) const {
    const auto parts = segments_of(path);
    const Route* best = nullptr;
    std::map<std::string, std::string> best_params;
    std::set<std::string> allowed;
    for (const auto& route : routes_) {
        auto params = match(route.pattern, parts);
        if (!params) {
            continue;
        }
        allowed.insert(route.method);
        const bool right = route.method == method || (method == "HEAD" && route.method == "GET");
        const bool instead = best != nullptr && best->method != method && route.method == method;
        if (right && (best == nullptr || instead ||
                      (best->method == route.method && more_exact(route, *best)))) {
            best = &route;
            best_params = std::move(*params);
        }
    }
    Found found{best, std::move(best_params), {}};
    for (const auto& name : allowed) {
        found.allowed += (found.allowed.empty() ? "" : ", ") + name;
    }
    return found;
}

std::string pattern_text(const Route& route) {
    std::string out;
    for (const auto& segment : route.pattern) {
        out.append("/").append(segment);
    }
    return out.empty() ? "/" : out;
}

}  // namespace assay::http
