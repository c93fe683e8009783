#pragma once

#include "crypto/record/access.h"
#include "crypto/record/answers.h"
#include "crypto/record/desk_order.h"
#include "crypto/record/enrolment.h"
#include "crypto/record/event.h"
#include "crypto/record/key_list.h"
#include "crypto/record/manifest.h"
#include "crypto/record/package.h"
#include "crypto/record/release.h"
#include "crypto/record/result.h"
#include "crypto/record/room.h"
#include "crypto/record/start.h"

namespace assay::test {

template <typename... T>
struct TypeList {};

using SignedObjects =
    TypeList<record::KeyList, record::Enrolment, record::Batch, record::Release, record::Withdrawal,
             record::SittingManifest, record::RoomOpening, record::Start, record::Acknowledgement,
             record::Move, record::DeskOrder, record::Package, record::Seal, record::MarkSheet,
             record::AttemptResult, record::Correction, record::Decision, record::Publication,
             record::Opened, record::Opening, record::Disclosure, record::Recovery, record::Erasure,
             record::ResultEntry>;

using Documents =
    TypeList<record::KeyRows, record::AttemptsFile, record::RosterRow, record::SiteRoster,
             record::Event, record::Answers, record::PackageIndex>;

}  // namespace assay::test
