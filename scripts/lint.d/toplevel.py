"""The top level is fixed by the design."""
from tree import finish, tracked

FIXED = {"CMakeLists.txt", "terminal", "server", "crypto", "question-bank", "kiosk-config", "tests",
         "README.md", "scripts"}
TOOLS = {"CMakePresets.json", ".clang-format", ".clang-tidy", "package.json", "package-lock.json",
         ".npmrc", ".gitignore", ".ci"}
found = {path.parts[0] for path in tracked()}
finish([f"{name}: not a part of the house" for name in sorted(found - FIXED - TOOLS)],
       "put it into a folder of the house or into scripts/")
