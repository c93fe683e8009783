"""No file over 500 lines without a written reason: a line `Longer than 500 lines: WHY` near its top."""
from tree import finish, tracked

PROSE = {".md", ".po", ".svg", ".json", ".xml", ".png", ".jpg", ".txt"}
findings = []
for path in tracked():
    if path.suffix in PROSE:
        continue
    try:
        lines = path.read_text().split("\n")
    except UnicodeDecodeError:
        continue
    if len(lines) > 501 and not any("Longer than 500 lines:" in line for line in lines[:15]):
        findings.append(f"{path}: {len(lines) - 1} lines")
finish(findings, "split the file by concept, or write the reason at its top")
