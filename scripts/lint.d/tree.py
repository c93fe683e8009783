"""What every check needs: the tracked files and the layer table that the build wrote."""
import pathlib
import subprocess
import sys


def tracked(*suffixes):
    """Tracked and new, not ignored files, as paths relative to the repository."""
    out = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True).stdout.split("\n")
    paths = [pathlib.Path(p) for p in out if p]
    return [p for p in paths if p.is_file() and (not suffixes or p.suffix in suffixes)]


class Row:
    def __init__(self, line):
        kind, self.name, self.folder, uses, externals = line.split("|")
        self.program = kind == "program"
        self.uses = [u for u in uses.split(";") if u]
        self.externals = [e for e in externals.split(";") if e]


def layers(build):
    return [Row(line) for line in (pathlib.Path(build) / "layers.txt").read_text().split("\n") if line]


def finish(findings, hint):
    """Prints the findings and ends with 1 where there are any."""
    for finding in findings:
        print(finding)
    if findings:
        print(f"hint: {hint}")
        sys.exit(1)
    sys.exit(0)
