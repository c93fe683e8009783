#pragma once

#include <functional>

#include "tests/crypto/record/one_sitting.h"

namespace assay::test {

/// A variant that must be refused, and for which member.
struct Replay {
    std::string member;
    std::string json;
};

/// One kind of object as an attacker has it: good ones, and every variant that must be refused.
struct Attacked {
    std::string name;
    std::string good;
    std::string other;  ///< another object of the same type and place, signed as well
    std::vector<Replay> replays;
    std::vector<std::pair<std::string, std::string>> wrong_keys;  ///< who signed, the file
    std::function<Status(ByteView json)> check;                   ///< reads and verifies
};

using Signers = std::vector<const Holder*>;

/// Builds an Attacked out of a good object, those who must sign it, and its check.
template <typename T>
class AttackedObject {
  public:
    AttackedObject(OneSitting& world, T good, Signers signers,
                   std::function<Status(const record::Signed<T>&)> check)
        : good_(std::move(good)), signers_(std::move(signers)) {
        out_.name = T::kName;
        out_.good = signed_by(good_, signers_);
        out_.check = [check = std::move(check)](ByteView json) -> Status {
            ASSAY_TRY(const record::Signed<T> read, record::read_signed<T>(json));
            return check(read);
        };
        wrong_signers(world);
    }

    /// The same object but for its time: whatever does not hang on the time accepts it.
    AttackedObject& later(WallTime T::* time) {
        T object = good_;
        (object.*time).seconds += 60;
        out_.other = signed_by(object, signers_);
        return *this;
    }
    /// Rightly signed, but `change` makes it belong somewhere else.
    AttackedObject& replay(std::string member, const std::function<void(T&)>& change) {
        T object = good_;
        change(object);
        out_.replays.push_back({std::move(member), signed_by(object, signers_)});
        return *this;
    }
    AttackedObject& signed_wrongly(const std::string& who, const Signers& signers) {
        out_.wrong_keys.emplace_back(who, signed_by(good_, signers));
        return *this;
    }
    Attacked take() { return std::move(out_); }

  private:
    static std::string signed_by(const T& object, const Signers& signers) {
        auto out = record::make(object);
        for (const Holder* each : signers) {
            out.envelope.add_signature(each->key);
        }
        return out.json();
    }
    void wrong_signers(OneSitting& world) {
        signed_wrongly("nobody", {});
        const Holder one = world.holder();
        const Holder two = world.holder();
        signed_wrongly("strangers", {&one, &two});
        for (std::size_t i = 0; i < signers_.size(); ++i) {
            Signers fewer = signers_;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            signed_wrongly("all but number " + std::to_string(i), fewer);
            fewer.push_back(&one);
            signed_wrongly("a stranger for number " + std::to_string(i), fewer);
        }
        // Everybody of the house who has another role, all at once.
        Signers others;
        for (const Holder* each :
             {&world.roots[0], &world.roots[1], &world.roots[2], &world.officers[0],
              &world.officers[1], &world.officers[2], &world.desk, &world.spare_desk,
              &world.other_desk, &world.far_desk, &world.releaser, &world.result_key,
              &world.terminal, &world.other_terminal}) {
            const bool same_role =
                is_in(world.roots, signers_[0]) == is_in(world.roots, each) &&
                is_in(world.officers, signers_[0]) == is_in(world.officers, each) &&
                (is_in(world.roots, each) || is_in(world.officers, each));
            if (!same_role && std::find(signers_.begin(), signers_.end(), each) == signers_.end()) {
                others.push_back(each);
            }
        }
        signed_wrongly("every other role", others);
    }
    static bool is_in(const std::vector<Holder>& list, const Holder* holder) {
        return holder >= list.data() && holder < list.data() + list.size();
    }

    T good_;
    Signers signers_;
    Attacked out_;
};

/// Every signed object of the record layer.
std::vector<Attacked> attacked_objects(OneSitting& world);

}  // namespace assay::test
