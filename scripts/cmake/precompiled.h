#pragma once

// What most files of the house include, for trees with ASSAY_PCH. Nothing includes this file: each
// source still names what it uses, and the dev tree, which has no precompiled header, proves it.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <boost/json.hpp>

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/ids.h"
#include "crypto/base/random.h"
#include "crypto/base/result.h"
