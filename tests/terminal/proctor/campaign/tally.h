#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/terminal/proctor/campaign/session.h"

namespace assay::proctor::campaign {

/// What became of one kind of event.
struct KindRow {
    int played = 0;
    int found = 0;
    int besides = 0;  ///< raised where nothing of the kind happened
    std::vector<double> onset_errors;
    double recall() const { return played == 0 ? 1 : static_cast<double>(found) / played; }
    double onset_error() const;  ///< seconds, median; 0 without any
};

/// Sessions with events, counted. Prints misses and what was raised besides to standard error.
class Recall {
  public:
    void add(std::uint64_t seed, const Plan& plan, const Outcome& outcome);
    void print() const;
    /// Kinds under 95 % or with a late onset: 1 s; identity 25 s, a still 60 s, a loop 20 s.
    int failed() const;
    std::string json() const;  ///< an object, by kind
    const std::map<std::string, KindRow>& rows() const { return rows_; }
    int besides() const;

  private:
    std::map<std::string, KindRow> rows_;
};

/// Hours without events, counted.
class Benign {
  public:
    void add(std::uint64_t seed, const Plan& plan, const Outcome& outcome);
    void print() const;
    /// Of: 0.2 an hour of medium weight or more, 1 of any, nobody taken for another.
    int failed() const;
    std::string json() const;

  private:
    std::map<std::string, int> raised_;
    int hours_ = 0;
    int any_ = 0;
    int medium_ = 0;
    int windows_ = 0;  ///< of a minute, in each of which the person could be taken for another
    int flagged_ = 0;
    std::vector<double> medians_;
};

}  // namespace assay::proctor::campaign
