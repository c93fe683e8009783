#pragma once

#include <chrono>

#include "crypto/record/proctor_message.h"

/// The table of README.md, section "Thresholds", with the reasons there.
namespace assay::proctor {

using std::chrono::milliseconds;

struct ConditionRow {  // NOLINT(clang-analyzer-optin.performance.Padding): as the table reads
    record::FindingCode code;
    milliseconds raise_after;  ///< met for this long
    milliseconds slack;        ///< a break up to this long while suspected is none
    milliseconds quiet;        ///< not met for this long ends it; a repeat inside is the same one
    record::FindingWeight weight;
    milliseconds more_after;  ///< 0: the weight never rises
    record::FindingWeight more;
};

inline constexpr milliseconds kQuiet{10000};
/// A suspicion lives on for so long while nobody can know; longer, and it began anew.
inline constexpr milliseconds kUnknownMax{2000};
inline constexpr milliseconds kMismatchAfter{20000};
inline constexpr milliseconds kMismatchAfterAbsence{5000};

/// What an accommodation does to a finding.
enum class Tolerance { kUsual, kWide, kOff };
/// A wide one is raised so much later.
inline constexpr int kWideTimes = 3;

inline constexpr ConditionRow kConditions[] = {
    {record::FindingCode::kFaceAbsent, milliseconds(5000), milliseconds(600), kQuiet,
     record::FindingWeight::kLow, milliseconds(30000), record::FindingWeight::kMedium},
    {record::FindingCode::kFaceMultiple, milliseconds(3000), milliseconds(1300), kQuiet,
     record::FindingWeight::kMedium, milliseconds(0), record::FindingWeight::kMedium},
    {record::FindingCode::kIdMismatch, kMismatchAfter, milliseconds(6000), kQuiet,
     record::FindingWeight::kHigh, milliseconds(0), record::FindingWeight::kHigh},
    {record::FindingCode::kIdUnverified, milliseconds(0), milliseconds(0), kQuiet,
     record::FindingWeight::kInfo, milliseconds(0), record::FindingWeight::kInfo},
    {record::FindingCode::kLookAway, milliseconds(4000), milliseconds(600), kQuiet,
     record::FindingWeight::kInfo, milliseconds(0), record::FindingWeight::kLow},
    {record::FindingCode::kCameraMoved, milliseconds(10000), milliseconds(1500), kQuiet,
     record::FindingWeight::kLow, milliseconds(0), record::FindingWeight::kLow},
    {record::FindingCode::kFeedLoop, milliseconds(0), milliseconds(0), kQuiet,
     record::FindingWeight::kHigh, milliseconds(0), record::FindingWeight::kHigh},
    {record::FindingCode::kCameraCovered, milliseconds(3000), milliseconds(300), kQuiet,
     record::FindingWeight::kMedium, milliseconds(0), record::FindingWeight::kMedium},
    {record::FindingCode::kCameraDark, milliseconds(8000), milliseconds(1000), kQuiet,
     record::FindingWeight::kLow, milliseconds(0), record::FindingWeight::kLow},
    {record::FindingCode::kFeedFrozen, milliseconds(3000), milliseconds(0), kQuiet,
     record::FindingWeight::kHigh, milliseconds(0), record::FindingWeight::kHigh},
    {record::FindingCode::kFeedStill, milliseconds(0), milliseconds(0), kQuiet,
     record::FindingWeight::kHigh, milliseconds(0), record::FindingWeight::kHigh},
    {record::FindingCode::kCameraLost, milliseconds(2000), milliseconds(0), milliseconds(2000),
     record::FindingWeight::kHigh, milliseconds(0), record::FindingWeight::kHigh},
    {record::FindingCode::kCameraChanged, milliseconds(0), milliseconds(0), kQuiet,
     record::FindingWeight::kHigh, milliseconds(0), record::FindingWeight::kHigh},
    {record::FindingCode::kProctorDegraded, milliseconds(0), milliseconds(0), kQuiet,
     record::FindingWeight::kInfo, milliseconds(0), record::FindingWeight::kInfo},
};

/// Without a face detector only long motionlessness speaks of absence.
inline constexpr milliseconds kAbsentWithoutMotion{60000};
inline constexpr double kMotionMin = 0.6;            ///< mean difference of luma, 160 wide
inline constexpr int kConfidenceFromMotionMax = 30;  ///< percent

inline constexpr double kCoveredDeviationMax = 6.0;
inline constexpr double kCoveredMeanMax = 8.0;
inline constexpr double kCoveredPartOfMedian = 0.25;
inline constexpr double kDarkMeanMax = 28.0;
inline constexpr double kDarkContrastMin = 0.2;  ///< deviation by mean of a room without light
inline constexpr double kDarkLikenessMin = 0.5;  ///< correlation with the room when it was light
inline constexpr double kDimMeanMax = 40.0;      ///< findings about faces are less sure below
inline constexpr milliseconds kStillWindow{50000};
inline constexpr double kStillHighMax = 1.2;    ///< 95th percentile of the difference
inline constexpr double kStillRatioMax = 1.35;  ///< to the 5th
/// 640 wide is tried this long after the last face, before absence is declared.
inline constexpr milliseconds kLastPassAfter{4000};

/// Identity.
inline constexpr std::size_t kIdentitySamples = 5;
inline constexpr milliseconds kIdentityEvery{5000};
inline constexpr milliseconds kIdentityQuick{1000};  ///< at check-in, and after an absence
inline constexpr milliseconds kUnverifiedAfter{300000};
inline constexpr double kCheckInCosineMin = 0.28;
inline constexpr double kRosterCosineMin = 0.25;
inline constexpr double kSampleScoreMin = 0.85;
inline constexpr double kSampleYawMax = 0.25;
inline constexpr double kSampleFacePixelsMin = 64;  ///< in a picture of 640
/// Unseen for so long: somebody else may sit there.
inline constexpr milliseconds kInterruptedAfter{2000};

/// A head that is turned away.
inline constexpr double kAwayYaw = 0.40;
inline constexpr double kAwayYawWide = 0.65;
/// Who is away stays so on the same side until under this much less: one head's reading wavers.
inline constexpr double kAwayWavers = 0.10;
inline constexpr double kAwayShare = 0.30;
inline constexpr double kAwayShareWide = 0.60;
inline constexpr milliseconds kAwayWindow{300000};
inline constexpr std::size_t kAwayLooksMax = 2400;
inline constexpr milliseconds kNeutralLearnt{60000};
inline constexpr std::size_t kNeutralSamplesMin = 40;

/// Small faces and turned ones are looked at again, large: in a face of few pixels the detector
/// puts the nose of a turned head too near the middle.
inline constexpr double kYawLookAgain = 0.10;
inline constexpr double kYawFacePixelsMin = 24;  ///< in the picture of the pass
inline constexpr double kYawCropHigh = 2.0;      ///< of that look, in heights of the face

inline constexpr milliseconds kPostersLearnt{30000};
inline constexpr milliseconds kBackgroundEvery{1000};

/// More of a core than this over ten seconds, and half of the analyses are left out until it is
/// under the second figure: no exam is slowed down for evidence.
inline constexpr std::uint32_t kLoadPermilleMax = 250;
inline constexpr std::uint32_t kLoadPermilleGood = 100;

inline constexpr milliseconds kAnalysisEvery{250};
inline constexpr milliseconds kSecondFaceEvery{1000};
inline constexpr int kFirstPassWidth = 160;
inline constexpr int kSecondPassWidth = 320;
inline constexpr int kLastPassWidth = 640;
/// A second face smaller than this part of the picture's width is on a poster or far away.
inline constexpr double kSecondFaceWidthMin = 0.05;
/// Prints and folds of clothes score 0.6 now and then; a second person 0.9.
inline constexpr double kSecondFaceScoreMin = 0.7;
/// The last pass is for faces that are too small for the others. A wide one that they did not see
/// is none: at full size the detector sees faces of half the picture in an empty wall.
inline constexpr double kLastPassScoreMin = 0.75;
inline constexpr double kLastPassFaceMax = 0.2;
/// What looks like a face below the chin of the person, within their body, is a print on clothes:
/// so far aside in widths of their face, so far down in its heights, middle to middle.
inline constexpr double kPrintAsideMax = 0.8;
inline constexpr double kPrintDownMin = 1.0;
inline constexpr double kPrintDownMax = 2.5;
/// How fast the place of the person follows them, a look.
inline constexpr double kHomeFollows = 0.01;
inline constexpr double kHomeFollowsFirst = 0.2;

}  // namespace assay::proctor
