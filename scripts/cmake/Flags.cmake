# Compiler flags, on one interface target that every target of the house links.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

set(ASSAY_SANITIZE "" CACHE STRING "Value for -fsanitize, empty for none")
option(ASSAY_STRICT "Warnings are errors" OFF)
option(ASSAY_HARDEN "Hardening flags of a release" OFF)
option(ASSAY_FUZZ "Fuzz targets are linked with libFuzzer (clang)" OFF)
option(ASSAY_PCH "Precompiled headers: for trees that nobody edits in, ccache misses with them" OFF)
set(ASSAY_OPTIMISED "" CACHE STRING
  "Layers compiled with -O1 whatever the others are: they walk over pictures pixel by pixel")
option(ASSAY_COVERAGE "Instrument for gcov" OFF)
set(ASSAY_WITHOUT "" CACHE STRING "Layers left out, with all that link them: wx, beast")

find_program(ASSAY_CCACHE ccache)
if(ASSAY_CCACHE)
  # Paths relative to the repository, so that a clone elsewhere finds what was compiled before.
  set(launcher "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
               "${ASSAY_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()

if(ASSAY_PCH)
  # A precompiled header fits only where these are the same for libraries and programs.
  set(CMAKE_CXX_COMPILE_OPTIONS_PIE -fPIC)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-pthread>)
  # Without the time in it a header made again is the same, and ccache finds what used it.
  add_compile_options("$<$<COMPILE_LANG_AND_ID:CXX,Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endif()

add_library(assay_flags INTERFACE)
target_include_directories(assay_flags INTERFACE "${CMAKE_SOURCE_DIR}")
if(ASSAY_STRICT)
  target_compile_options(assay_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Woverloaded-virtual -Wnon-virtual-dtor -Wformat=2 -Wnull-dereference -Wimplicit-fallthrough
    -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(assay_flags INTERFACE -Wduplicated-cond -Wlogical-op -Wuseless-cast)
  endif()
endif()
if(ASSAY_SANITIZE)
  # g++ 12 reports false null dereferences and maybe-uninitialized uses under its sanitizers.
  target_compile_options(assay_flags INTERFACE -fsanitize=${ASSAY_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all -Wno-null-dereference
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(assay_flags INTERFACE -fsanitize=${ASSAY_SANITIZE})
  if(ASSAY_SANITIZE MATCHES "address" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_definitions(assay_flags INTERFACE __SANITIZE_ADDRESS__)  # as g++ has it
  endif()
endif()
if(ASSAY_COVERAGE)
  target_compile_options(assay_flags INTERFACE --coverage)
  target_link_options(assay_flags INTERFACE --coverage)
endif()
if(ASSAY_HARDEN)
  target_compile_options(assay_flags INTERFACE
    -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
    -ftrivial-auto-var-init=zero -D_GLIBCXX_ASSERTIONS -D_FORTIFY_SOURCE=3 -fPIE)
  target_link_options(assay_flags INTERFACE -pie -Wl,-z,relro,-z,now)
endif()
if(ASSAY_FUZZ)
  target_compile_options(assay_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# mold links a wxWidgets program in a tenth of the time; nothing depends on it.
find_program(ASSAY_MOLD mold)
if(ASSAY_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
