#pragma once

#include <chrono>

#include "crypto/record/proctor_message.h"

/// The table of README.md, section "Thresholds", with the reasons there.
namespace assay::proctor {

using std::chrono::milliseconds;

struct ConditionRow {
    record::FindingCode code;
    milliseconds raise_after;  ///< met for this long
    milliseconds slack;        ///< a break up to this long while suspected is none
    milliseconds quiet;        ///< not met for this long ends it; a repeat inside is the same one
    record::FindingWeight weight;
    milliseconds more_after;  ///< 0: the weight never rises
    record::FindingWeight more;
};

inline constexpr milliseconds kQuiet{10000};

inline constexpr ConditionRow kConditions[] = {
    {record::FindingCode::kFaceAbsent, milliseconds(5000), milliseconds(600), kQuiet,
     record::FindingWeight::kLow, milliseconds(30000), record::FindingWeight::kMedium},
    {record::FindingCode::kFaceMultiple, milliseconds(3000), milliseconds(1300), kQuiet,
     record::FindingWeight::kMedium, milliseconds(0), record::FindingWeight::kMedium},
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
inline constexpr double kDimMeanMax = 40.0;  ///< findings about faces are less sure below
inline constexpr milliseconds kStillWindow{50000};
inline constexpr double kStillHighMax = 1.2;    ///< 95th percentile of the difference
inline constexpr double kStillRatioMax = 1.35;  ///< to the 5th
/// 640 wide is tried this long after the last face, before absence is declared.
inline constexpr milliseconds kLastPassAfter{4000};

inline constexpr milliseconds kAnalysisEvery{250};
inline constexpr milliseconds kSecondFaceEvery{1000};
inline constexpr int kFirstPassWidth = 160;
inline constexpr int kSecondPassWidth = 320;
inline constexpr int kLastPassWidth = 640;
/// A second face smaller than this part of the picture's width is on a poster or far away.
inline constexpr double kSecondFaceWidthMin = 0.05;
/// Prints and folds of clothes score 0.6 now and then; a second person 0.9.
inline constexpr double kSecondFaceScoreMin = 0.7;

}  // namespace assay::proctor
