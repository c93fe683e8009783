"""The layer rule: a folder includes only the folders and libraries that its row of the table names."""
import pathlib
import re
import sys

from tree import finish, layers, tracked

HEADERS = {  # who brings <...> headers that only some folders may see
    "spdlog": r"spdlog/", "sodium": r"sodium", "openssl": r"openssl/", "boost_json": r"boost/json",
    "boost_headers": r"boost/(asio|beast|url)", "sqlcipher": r"sqlite3", "libarchive": r"archive",
    "pugixml": r"pugixml", "libzip": r"zip\.h", "re2": r"re2/", "icu": r"unicode/",
    "qrencode": r"qrencode", "curl": r"curl/", "opencv": r"opencv", "jpeg": r"jpeglib",
    "seccomp": r"seccomp", "tss2": r"tss2/", "speechd": r"(libspeechd|speech-dispatcher)",
    "wx": r"wx/", "webkit": r"webkit2/", "gtk": r"(gtk|gdk)/", "cli11": r"CLI/",
}
rows = layers(sys.argv[1])
by_folder = sorted(rows, key=lambda r: -len(r.folder))
own_program = re.compile(r"(^|/)(main|[a-z_]+_command)\.(cpp|h)$")


def row_of(path):
    for row in by_folder:
        if str(path).startswith(row.folder + "/"):
            if row.program or not own_program.search(str(path)):
                if not row.program or own_program.search(str(path)) or \
                        not any(r.folder == row.folder and not r.program for r in rows):
                    return row
    return None


findings = []
for path in tracked(".cpp", ".h"):
    if str(path).startswith("tests/"):
        continue
    row = row_of(path)
    if row is None:
        findings.append(f"{path}: no row of the layer table has this folder")
        continue
    for number, line in enumerate(path.read_text().split("\n"), 1):
        house = re.match(r'#include "([^"]+)"', line)
        outside = re.match(r"#include <([^>]+)>", line)
        if house and not row.program:
            other = row_of(pathlib.Path(house.group(1)))
            if other is None:
                findings.append(f"{path}:{number}: {house.group(1)} is not a path of the house")
            elif other.name != row.name and other.name not in row.uses:
                findings.append(f"{path}:{number}: {row.name} may not include {other.name}")
        if outside and not row.program:
            for external, form in HEADERS.items():
                if re.match(form, outside.group(1)) and external not in row.externals:
                    findings.append(f"{path}:{number}: {row.name} may not include <{outside.group(1)}>")
finish(findings, "the table is in CMakeLists.txt; move the code down, or pass the thing in")
