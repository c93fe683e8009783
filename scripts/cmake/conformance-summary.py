#!/usr/bin/env python3
"""After ctest: how much of the conformance data the tests walked.

usage: conformance-summary.py BUILD [DATA]
Each test left a file in BUILD/conformance: a line "COUNT WHAT", then the files it read, relative to
the data. Without such files (no conformance test ran) nothing is said.
"""
import os
import pathlib
import sys


def is_case(path):
    """What a test can read: not a licence, a description, or the state of the program that made it."""
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and not path.name.startswith(("LICENSE", "README"))


def main():
    build = pathlib.Path(sys.argv[1])
    data = pathlib.Path(os.environ.get("ASSAY_CONFORMANCE_DATA") or sys.argv[2])
    notes = sorted((build / "conformance").glob("*")) if (build / "conformance").is_dir() else []
    walked = {}
    for note in notes:
        first, *files = note.read_text().splitlines()
        count, what = first.split(" ", 1)
        area = pathlib.PurePath(files[0]).parts[0] if files else "?"
        seen = walked.setdefault(area, {"lines": [], "files": set(), "cases": 0})
        seen["lines"].append(f"  {note.name}: {int(count):,} {what}")
        seen["cases"] += int(count)
        seen["files"].update(files)
    for area, seen in sorted(walked.items()):
        print(f"\nConformance data, {area}/:")
        print("\n".join(seen["lines"]))
        there = {str(p.relative_to(data)) for p in (data / area).rglob("*")
                 if p.is_file() and is_case(p.relative_to(data))}
        left = sorted(there - seen["files"])
        print(f"  {len(there) - len(left):,} of {len(there):,} files read, {seen['cases']:,} cases")
        for path in left[:10]:
            print(f"  not read: {path}")


if __name__ == "__main__":
    main()
