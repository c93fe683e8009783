"""Every C++ file is as clang-format writes it."""
import subprocess

from tree import finish, tracked

files = [str(p) for p in tracked(".cpp", ".h")]
run = subprocess.run(["clang-format-19", "--dry-run", "-Werror", *files],
                     capture_output=True, text=True)
findings = sorted({line.split(":")[0] for line in run.stderr.split("\n") if "error:" in line})
finish(findings, "run clang-format-19 -i on these files")
