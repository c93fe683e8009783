"""clang-tidy over what changed lately and a tenth of the rest, by day of the year; over the files
that are named after the build folder; or over `all`."""
import datetime
import json
import pathlib
import subprocess
import sys
import zlib

from tree import finish, tracked

build = pathlib.Path(sys.argv[1])
named = sys.argv[2:]
known = {entry["file"] for entry in json.loads((build / "compile_commands.json").read_text())}
known = {str(pathlib.Path(build, name).resolve()) for name in known}
recent = subprocess.run(["git", "log", "--since=2.days", "--name-only", "--format="],
                        capture_output=True, text=True).stdout.split("\n")
day = datetime.date.today().timetuple().tm_yday % 10
LIMIT = 8  # files a run; the whole tree is a campaign


def turn(path):
    return str(path) in recent or zlib.crc32(str(path).encode()) % 10 == day


sources = [p for p in tracked(".cpp") if str(p.resolve()) in known
           and not str(p).startswith("tests/")]
if named == ["all"]:
    chosen = sources
elif named:
    chosen = [p for p in sources if str(p) in named]
else:
    chosen = sorted((p for p in sources if turn(p)),
                    key=lambda p: zlib.crc32(f"{day}{p}".encode()))[:LIMIT]
findings = []
for path in chosen:
    run = subprocess.run(["clang-tidy-19", "--quiet", "-p", str(build),
                          "--extra-arg=-Wno-unknown-warning-option", str(path)],
                         capture_output=True, text=True)
    found = [line for line in run.stdout.split("\n") if "error:" in line or "warning:" in line]
    if named and found:
        print("\n".join(found), flush=True)  # a long run shows what it finds as it goes
    findings += found
print(f"tidied {len(chosen)} of {len(sources)} files")
finish(findings, "mend it, or write NOLINT(check): reason")
