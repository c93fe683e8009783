#pragma once

#include "crypto/age.h"
#include "crypto/record/package.h"
#include "terminal/sitting/paper.h"
#include "terminal/sitting/state.h"

namespace assay::sitting {

/// What a package is made of. References live as long as the call.
struct HandIn {
    const State& state;
    std::vector<record::PackagedJournal> journals;  ///< with the record of the hand-in
    std::vector<record::Signed<record::Move>> moves;
    std::vector<record::JournalHead> heads;
    const Paper* paper;  ///< none where the bank could not be opened: the result lists no item
    record::Salt salt;
    MachineId terminal;
    record::AgePublic recipient;  ///< P_a, from the attempts file
    WallTime time;
};

struct BuiltPackage {
    record::Signed<record::Package> statement;  ///< signed by the terminal
    Bytes package;                              ///< package.age
};

/// kLimit where it is over kPackageBytesMax. The same input with the same random bytes gives the
/// same package.
Result<BuiltPackage> build_package(Random& random, const crypto::SigningKey& terminal,
                                   const HandIn& hand_in);

/// The member result.xml: the responses as QTI Results Reporting, without a score.
std::string result_report(const State& state, const Paper* paper, WallTime time);

}  // namespace assay::sitting
