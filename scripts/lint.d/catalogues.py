"""Message catalogues: every "..."_id has its sentence, and where it is an error a next step, in both languages."""
import pathlib
import re
import sys

from tree import finish, tracked

PO = pathlib.Path("crypto/text/po")
LANGUAGES = ("en", "zh_CN")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.-]*)\}")
CJK = re.compile("[\u3400-\u9fff]")
# Words that the design's glossary rules out, with what to write in their place.
FORBIDDEN = (
    (re.compile("收据"), "存证回执 (receipt) or 交卷凭条 (hand-in slip)"),
    (re.compile("(?<!存证)回执"), "存证回执"),
    (re.compile("解封|拆封"), "启封"),
    (re.compile("监考机|监考终端"), "监考端"),
    (re.compile("学生端|考试端|考生终端"), "考生端, or 考试机 for the machine"),
    (re.compile("答题包|成绩包"), "答卷包"),
    (re.compile("题库包|试题包"), "加密试卷包"),
    (re.compile("设备注册|注册设备"), "设备登记"),
    (re.compile("考生名单|花名册"), "考生名册"),
    (re.compile("监考老师|监考教师"), "监考员"),
    (re.compile("阅卷老师|评卷员"), "阅卷员"),
    (re.compile("考题|题目"), "试题"),
    (re.compile("上锁"), "封存 (room) or 加密封装 (bank)"),
    (re.compile("密钥碎片|密钥份额"), "密钥分片"),
)
# What stands on a screen is often a label; of these areas only errors and next steps are sentences.
SCREENS = {"desk", "desk_ui", "terminal", "terminal_ui", "render", "proctor", "widgets"}
# Elsewhere everything is a sentence but what stands in a table, a heading or a list of options.
FRAGMENT = re.compile(r"\.(help|label|page|verdict|measure|board|csv|kind)\.|^audit\.check\.|\.prompt")
# Arguments that hold a whole sentence of another message.
EMBEDS = re.compile(r"(\{(?:reason|reason\.hint|sentence)\})(?!$)")
# A sentence ends with a mark, or with a colon and one value, which is copied more easily without,
# or it is that of another message.
ENDS = {"en": re.compile(r"""[.:?!…][)"”']*$|: ?["“]?\{[a-z0-9-]+\}["”]?$|^\{reason(\.hint)?\}$"""),
        "zh_CN": re.compile(r"[。：？！…][）”」]*$|：“?\{[a-z0-9-]+\}”?$|^\{reason(\.hint)?\}$")}
# Words that crypto/text finds by the value of an argument.
LOOKED_UP = "record.kind."
# A name of a program or file begins as it is written.
LOWER = re.compile(r"[a-z][a-z]*(?![a-z.\-/])")
RELEASE = re.compile(r"\breleas", re.IGNORECASE)
HINT = ("write the sentence into crypto/text/po/en/<area>.po and crypto/text/po/zh_CN/<area>.po; "
        "an id used in fail(...) also needs msgid \"<id>.hint\", the next step a person can take")
findings = []


def unquote(text):
    return text.replace('\\n', "\n").replace('\\"', '"').replace("\\\\", "\\")


def read_po(path):
    """(line of msgid, msgid, msgstr) of one file."""
    entries, current, target = [], None, None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        found = re.match(r'(msgid|msgstr)?\s*"(.*)"\s*$', line)
        if not found:
            if line.strip() and not line.startswith("#"):
                findings.append(f"{path}:{number}: not a line of a catalogue: {line}")
            continue
        if found.group(1) == "msgid":
            current = [number, "", ""]
            entries.append(current)
            target = 1
        elif found.group(1) == "msgstr":
            target = 2
        if current is not None:
            current[target] += unquote(found.group(2))
    return entries


def load(language):
    sentences = {}
    for path in sorted((PO / language).glob("*.po")):
        for number, msgid, msgstr in read_po(path):
            if not msgid:
                if "charset=UTF-8" not in msgstr:
                    findings.append(f"{path}:{number}: the header does not say charset=UTF-8")
                continue
            if msgid in sentences:
                findings.append(f"{path}:{number}: {msgid} stands in {sentences[msgid][0]} as well")
            if not msgstr:
                findings.append(f"{path}:{number}: {msgid} has an empty sentence")
            sentences[msgid] = (f"{path}:{number}", msgstr)
    return sentences


def call_at(text, start):
    """The text of a call's arguments, from its opening parenthesis on."""
    depth, quoted, i = 0, False, start
    while i < len(text):
        c = text[i]
        if quoted:
            i += 1 if c == "\\" else 0
            quoted = c != '"'
        elif c == '"':
            quoted = True
        elif c in "({":
            depth += 1
        elif c in ")}":
            depth -= 1
            if depth == 0:
                return text[start:i]
        i += 1
    return text[start:]


def uses():
    """id -> [(file:line, is an error, names of its arguments or None where not written out)]."""
    found = {}
    for path in tracked(".cpp", ".h"):
        if str(path).startswith("tests/"):
            continue
        text = re.sub(r"^(\s*)//[^\n]*", r"\1", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        errors = {}
        for call in re.finditer(r"\bfail\(", text):
            body = call_at(text, call.end() - 1)
            for use in re.finditer(r'"([a-z0-9._-]+)"_id', body):
                after = body[use.end():].strip()
                names = None
                if after == "" or after.startswith(", {{"):
                    names = set(re.findall(r'\{\s*"([a-z][a-z0-9_-]*)"\s*,', after))
                errors[call.end() - 1 + use.start()] = names
        for use in re.finditer(r'"([a-z0-9._-]+)"_id', text):
            line = text.count("\n", 0, use.start()) + 1
            is_error = use.start() in errors
            found.setdefault(use.group(1), []).append(
                (f"{path}:{line}", is_error, errors.get(use.start())))
    return found


def check_words(place, english, chinese):
    bare = PLACEHOLDER.sub("", chinese)
    if re.search(r"[A-Za-z]", bare) and not CJK.search(bare):
        findings.append(f"{place}: the sentence holds no Chinese: {chinese}")
    for form, instead in FORBIDDEN:
        if form.search(chinese):
            findings.append(f"{place}: {form.search(chinese).group()} is not a word of the design; write {instead}")
    if "发布" in chinese and RELEASE.search(english):
        findings.append(f"{place}: 发布 is for results only; a release is 启封")


def check_numbered(place, sentence):
    for name in NUMBERED.findall(sentence):
        if name not in PLACEHOLDER.findall(sentence):
            findings.append(f"{place}: {{{name}|...}} chooses by a number that the sentence does not show")


def check_kinds():
    """Every kind of object has a word for people."""
    for path in tracked(".h"):
        for kind in re.findall(r'string_view kName = "([a-z-]+)"', path.read_text(encoding="utf-8")):
            if LOOKED_UP + kind not in tables["en"] and not str(path).startswith("tests/"):
                findings.append(f"{path}: {LOOKED_UP}{kind} has no word in {PO}/en/record.po")


def check_style(msgid, language, place, sentence):
    if not ENDS[language].search(sentence):
        findings.append(f"{place}: {msgid} is a sentence and ends with a stop, a colon or a question mark: {sentence}")
    inside = EMBEDS.search(sentence)
    if inside:
        findings.append(f"{place}: {msgid}: {inside.group(1)} ends with a stop of its own; let nothing follow it")
    if "{cause}" in sentence:
        findings.append(f"{place}: {msgid}: {{cause}} is what a library or the system said, in English: for logs only")
    if language == "en" and LOWER.match(sentence):
        findings.append(f"{place}: {msgid} is a sentence and begins with a capital letter: {sentence}")


NUMBERED = re.compile(r"\{([a-z][a-z0-9_.-]*)\|")
tables = {language: load(language) for language in LANGUAGES}
used = uses()
for msgid, places in sorted(used.items()):
    for language, table in tables.items():
        if msgid not in table:
            findings.append(f"{places[0][0]}: {msgid} has no sentence in {PO / language}/*.po")
        error = next((p for p in places if p[1]), None)
        if error and msgid + ".hint" not in table:
            findings.append(f"{error[0]}: {msgid}.hint has no sentence in {PO / language}/*.po")
    for place, _, names in places:
        for part in (msgid, msgid + ".hint"):
            at, sentence = tables["en"].get(part, ("", ""))
            for name in PLACEHOLDER.findall(sentence) if names is not None else ():
                if name not in names:
                    findings.append(f"{place}: {{{name}}} of {part} ({at}) is not an argument here")
for msgid, (place, english) in sorted(tables["en"].items()):
    base = msgid[:-5] if msgid.endswith(".hint") else msgid
    if base not in used and msgid not in used and not msgid.startswith(LOOKED_UP):
        findings.append(f"{place}: nothing uses {msgid}")
    check_numbered(place, english)
    if CJK.search(english):
        findings.append(f"{place}: the English sentence holds Chinese")
    if msgid in tables["zh_CN"]:
        other, chinese = tables["zh_CN"][msgid]
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(chinese)):
            findings.append(f"{other}: the placeholders differ from those in {place}")
        check_words(other, english, chinese)
    else:
        findings.append(f"{place}: {msgid} has no sentence in {PO}/zh_CN/*.po")
check_kinds()
errors = {msgid for msgid, places in used.items() if any(place[1] for place in places)}
for language, table in tables.items():
    for msgid, (place, sentence) in sorted(table.items()):
        area = pathlib.Path(place.split(":")[0]).stem
        label = area in SCREENS or FRAGMENT.search(msgid)
        step = msgid.endswith(".hint") and msgid[:-5] in table
        if step or msgid in errors or not label:
            check_style(msgid, language, place, sentence)
for msgid, (place, _) in sorted(tables["zh_CN"].items()):
    if msgid not in tables["en"]:
        findings.append(f"{place}: {msgid} has no sentence in {PO}/en/*.po")
finish(list(dict.fromkeys(findings)), HINT)
