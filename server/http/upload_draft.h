#pragma once

#include <variant>

#include "server/http/router.h"

// The IETF draft "Resumable Uploads for HTTP" (draft-ietf-httpbis-resumable-upload, interop version
// 6, which is -04 and -05) spoken over the routes of tus: the same uploads at the same addresses.
// Pure functions.
namespace assay::http {

/// Upload-Draft-Interop-Version that is answered. Another one is as none.
inline constexpr std::string_view kUploadDraftVersion = "6";
inline constexpr std::string_view kUploadDraftContentType = "application/partial-upload";

bool speaks_upload_draft(const Request& request);

/// The tus request that means the same; a status where the draft's own headers are wrong. The
/// length must be known when an upload is created: Upload-Length, or Upload-Complete: ?1 with a
/// Content-Length.
std::variant<int, Request> tus_from_upload_draft(const Request& request);

/// The reply of tus in the words of the draft.
Reply upload_draft_from_tus(const Request& asked, Reply reply);

/// A tus handler that answers both; what speaks tus goes through untouched.
Handler with_upload_draft(Handler tus);
StreamHandler with_upload_draft(StreamHandler tus);

}  // namespace assay::http
