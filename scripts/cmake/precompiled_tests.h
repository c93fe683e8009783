#pragma once

// The precompiled header of the tests, for trees with ASSAY_PCH; nothing includes this file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "scripts/cmake/precompiled.h"
#include "tests/support/paths.h"
