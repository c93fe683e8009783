"""What no tracked file may hold: a path of one machine, a registry address, a bare NOLINT."""
import re

from tree import finish, tracked

RULES = [
    (re.compile(r"(?<![\w.])/(work|root|home/\w+)/"), "a path of one machine"),
    (re.compile(r"https?://[a-z0-9.-]*(registry\.npmjs|deb\.debian|security\.debian|nodesource|pypi)"),
     "an address of a package registry"),
    (re.compile(r"NOLINT(NEXTLINE)?(?!\w)(?!\([A-Za-z0-9.,\s-]+\):? +\S)(?!BEGIN|END)"),
     "NOLINT without the check's name and a reason"),
    (re.compile(r'"resolved":'), "a download address in a lock file"),
    (re.compile("密钥(名录|名单|目录|列表)"), "a second word for the key list, which is 密钥清单"),
]
findings = []
for path in tracked():
    if str(path).startswith("scripts/lint.d/"):
        continue
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        continue
    for number, line in enumerate(text.split("\n"), 1):
        for rule, what in RULES:
            if rule.search(line):
                findings.append(f"{path}:{number}: {what}")
finish(findings, "name paths relative to the repository and packages by name only")
