#pragma once

#include "crypto/record/access.h"
#include "crypto/record/result.h"
#include "server/core/intake.h"

namespace assay::server_core {

/// Questions of a Decision that this server acts upon.
inline constexpr const char* kDecideVoid = "void";        ///< the attempt counts for nothing
inline constexpr const char* kDecidePackage = "package";  ///< `chosen` is the package that counts

/// Results of one publication: it is a leaf, and a digest takes 67 bytes in it.
inline constexpr std::size_t kPublicationResultsMax = 900;

/// What officers decide after a sitting (crypto/record/verify_office.h): each is a leaf before
/// it takes effect, and can be brought again without harm. Nothing that was here disappears, but
/// by an erasure.
class Rulings {
  public:
    Rulings(Ports ports, const Trust& trust, Sittings& sittings, Intake& intake)
        : ports_(ports), trust_(trust), sittings_(sittings), intake_(intake) {}

    /// "void" and "package"; a package that was refused before may be chosen. kRefused for another
    /// question or a candidate that is no package of the attempt.
    Status decide(ByteView decision);
    /// Results become public: each must be the newest of an attempt of the sitting and not
    /// withheld.
    Status publish(ByteView publication);
    /// Destroys wraps and personal rows of the named attempts; how many.
    Result<std::size_t> erase(ByteView erasure);
    /// A package of kind recovered, with the officers' word why it was made. kConflict where a
    /// package of that epoch or a higher one is here.
    Result<protocol::PackageReply> recover(ByteView recovery, ByteView upload);

  private:
    Result<store::Keys> keys_of(const SittingId& sitting);
    Result<record::Signed<record::Package>> candidate(const AttemptId& attempt,
                                                      const Digest& package);

    Ports ports_;
    const Trust& trust_;
    Sittings& sittings_;
    Intake& intake_;
};

/// The decision that made an attempt void; nothing where there is none, or a later one chose a
/// package.
Result<std::optional<Digest>> void_decision(Ports& ports, const AttemptId& attempt);

/// The result of an attempt that was published last; kNotFound.
Result<Digest> published_result(Ports& ports, const AttemptId& attempt);

}  // namespace assay::server_core
