"""What robots of the demo share: finding what a person would see through the accessibility tree,
acting with real mouse and keyboard events of the X server, and taking pictures of the screen.

Words on the screen are looked up in the catalogues by id, so that a robot speaks both languages and
no wording stands in a script."""
import os
import pathlib
import re
import subprocess
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Atspi, Gdk  # noqa: E402
from Xlib import X, XK, display as xdisplay, error as xerror  # noqa: E402
from Xlib.ext import xtest  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # the older names work on Debian 12

# A machine with other work is slow: lib.sh says how much longer to wait for everything.
PATIENCE = float(os.environ.get("ASSAY_DEMO_PATIENCE", "2"))
FIND_SECONDS = 30 * PATIENCE
BUTTONS = ("push button", "button", "toggle button")
PO = pathlib.Path(__file__).resolve().parent.parent.parent / "crypto/text/po"
# Where no button of ours stands; each object costs a round trip.
DEEP = ("document web", "document frame", "tree table", "table")


class NotFound(Exception):
    pass


class Words:
    """Sentences of one language by id, from the catalogues."""

    def __init__(self, language):
        self.sentences = {}
        for path in (PO / language.replace("-", "_")).glob("*.po"):
            for key, sentence in re.findall(
                    r'^msgid "(.+)"\nmsgstr ((?:".*"\n?)+)', path.read_text(), re.MULTILINE):
                text = "".join(re.findall(r'"(.*)"', sentence))
                self.sentences[key] = text.replace('\\"', '"').replace("\\n", "\n")

    def say(self, key, **values):
        sentence = self.sentences[key]
        for name, value in values.items():
            sentence = sentence.replace("{" + name + "}", str(value))
        return sentence

    def pattern(self, key):
        """A regular expression with a group for each place holder."""
        return re.sub(r"\\\{[a-z_]+\\\}", "(.*)", re.escape(self.sentences[key]))


class Thing:
    """One accessible object with what is asked of it most."""

    def __init__(self, node):
        self.node = node
        self.role = node.get_role_name()
        self.name = (node.get_name() or "").strip()

    def box(self):
        place = self.node.get_component_iface()
        if place is None:
            raise NotFound("the place of " + self.name)
        where = place.get_extents(Atspi.CoordType.SCREEN)
        return where.x, where.y, where.width, where.height

    def showing(self):
        states = self.node.get_state_set()
        return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)

    def has(self, state):
        return self.node.get_state_set().contains(state)

    def text(self):
        try:
            return Atspi.Text.get_text(self.node, 0, -1)
        except Exception:
            return ""


class Eyes:
    """Sees one program's window."""

    def __init__(self, app, pid=None):
        Atspi.set_timeout(int(5000 * PATIENCE), int(15000 * PATIENCE))
        self.app_name = app
        self.pid = pid

    def app(self):
        desktop = Atspi.get_desktop(0)
        for i in reversed(range(desktop.get_child_count())):  # the newest one
            each = desktop.get_child_at_index(i)
            if each is None:
                continue
            try:
                right = each.get_process_id() == self.pid if self.pid else \
                    each.get_name() == self.app_name
            except Exception:
                continue
            if right:
                return each
        return None

    def walk(self, node, skip=(), depth=0):
        if node is None or depth > 60:
            return
        try:
            thing = Thing(node)
            yield thing
            count = 0 if thing.role in skip else min(node.get_child_count(), 400)
        except Exception:
            return
        for i in range(count):
            try:
                child = node.get_child_at_index(i)
            except Exception:
                continue
            yield from self.walk(child, skip, depth + 1)

    def things(self, want, skip=()):
        found = []
        app = self.app()
        if app is None:
            return found
        for thing in self.walk(app, skip):
            try:
                if want(thing) and thing.showing():
                    found.append(thing)
            except Exception:
                continue
        return found

    def wait(self, want, what, index=0, seconds=FIND_SECONDS, skip=()):
        end = time.time() + seconds
        while True:
            found = self.things(want, skip)
            if len(found) > index:
                return found[index]
            if time.time() > end:
                raise NotFound(what)
            time.sleep(0.15)

    def button(self, *names, seconds=FIND_SECONDS):
        """A button of ours that can be pressed."""
        return self.wait(lambda t: t.role in BUTTONS + ("check box",) and t.name in names
                         and t.has(Atspi.StateType.SENSITIVE), names[0], seconds=seconds, skip=DEEP)

    def sees(self, *names):
        return bool(self.things(lambda t: t.name in names, DEEP))

    def wait_words(self, pattern, seconds=FIND_SECONDS):
        """Waits for words outside of pages and tables, wherever their lines break; gives the match."""
        tight = re.compile(re.sub(r"\\?\s", "", pattern))
        match = []

        def right(thing):
            found = tight.fullmatch("".join(thing.name.split()))
            match.extend([found] if found else [])
            return found
        self.wait(right, pattern, seconds=seconds, skip=DEEP)
        return match[-1]


def keysym(character):
    """Latin-1 characters are their own; others by the rule for Unicode."""
    return ord(character) if ord(character) < 0x100 else 0x01000000 + ord(character)


class Hands:
    """Mouse and keyboard of the X server."""

    def __init__(self):
        self.display = xdisplay.Display()
        keyboard = self.keyboard()
        self.spare = [code for code, row in keyboard.items() if not any(row)]
        self.shift = self.display.keysym_to_keycode(XK.XK_Shift_L)
        self.own = {"\n": (self.display.keysym_to_keycode(XK.XK_Return), False)}
        for code, row in keyboard.items():
            for shifted, symbol in ((False, row[0]), (True, row[1])):
                if 0x20 <= symbol < 0x7f:
                    self.own.setdefault(chr(symbol), (code, shifted))

    def fake(self, kind, detail=0, x=0, y=0):
        xtest.fake_input(self.display, kind, detail, x=x, y=y)
        self.display.sync()

    def move(self, x, y):
        self.fake(X.MotionNotify, 0, int(x), int(y))
        time.sleep(0.03)

    def press(self, button=1):
        self.fake(X.ButtonPress, button)
        time.sleep(0.05)
        self.fake(X.ButtonRelease, button)
        time.sleep(0.05)

    def click(self, x, y):
        self.move(x, y)
        self.press()
        time.sleep(0.1)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", *keys], check=True)

    def enter(self, text, shown):
        """Types into the field that has the focus and looks at it: `shown` gives what it holds."""
        for _ in range(3):
            self.key("ctrl+a")
            self.type(text)
            end = time.time() + 5 * PATIENCE
            while time.time() < end:
                if "".join(shown().split()) == "".join(text.split()):
                    return
                time.sleep(0.15)
        raise NotFound(f"what was typed: {text}")

    def type(self, text):
        """Characters that the keyboard has no key for get spare keys, all at once before the first
        is pressed: a program that is slow to learn of new keys then still reads each as it was
        meant. (xdotool gives one key a new character each time; what is slow loses them.)"""
        for number, chunk in enumerate(self.chunks(text)):
            time.sleep(0.4 if number > 0 else 0)  # the keys before are read by now
            keys = self.keys_for(chunk)
            for character in chunk:
                code, shifted = keys[character]
                if shifted:
                    self.fake(X.KeyPress, self.shift)
                self.fake(X.KeyPress, code)
                self.fake(X.KeyRelease, code)
                if shifted:
                    self.fake(X.KeyRelease, self.shift)
                time.sleep(0.008)

    def keyboard(self):
        """The characters of each key without and with Shift, by keycode."""
        first = self.display.display.info.min_keycode
        count = self.display.display.info.max_keycode - first + 1
        return {first + i: list(row)
                for i, row in enumerate(self.display.get_keyboard_mapping(first, count))}

    def chunks(self, text):
        """Pieces whose characters fit the spare keys together."""
        spare = 2 * len(self.spare)
        chunk, strange = "", set()
        for character in text:
            if character not in self.own and len(strange | {character}) > spare:
                yield chunk
                chunk, strange = "", set()
            if character not in self.own:
                strange.add(character)
            chunk += character
        if chunk:
            yield chunk

    def keys_for(self, text):
        strange = sorted(set(text) - set(self.own))
        keys = dict(self.own)
        for code, pair in zip(self.spare, zip(strange[::2], strange[1::2] + [""])):
            self.display.change_keyboard_mapping(
                code, [[keysym(each) for each in pair if each] * (1 if pair[1] else 2)])
            keys.update({each: (code, place == 1) for place, each in enumerate(pair) if each})
        if strange:
            self.display.sync()
            time.sleep(0.3)
        return keys


class Camera:
    """Pictures of the screen, of one window in every size that is asked for.

    With sizes: FOLDER/LANGUAGE/SIZE/WHO-NN-NAME.png, and the window goes back to the first size.
    Without: FOLDER/NN-NAME.png as it stands."""

    def __init__(self, folder, sizes=(), who="", language=""):
        self.folder, self.sizes, self.who, self.language = folder, list(sizes), who, language
        self.shots = 0
        self.display = xdisplay.Display()
        self.after_resize = lambda width: None  # waits until the content has the new size as well
        Gdk.init([])

    def main_window(self):
        root = self.display.screen().root
        listed = root.get_full_property(self.display.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
        return self.display.create_resource_object("window", listed.value[0]) if listed is not None \
            and len(listed.value) else None

    def resize(self, size):
        window = self.main_window()
        if window is None:
            return
        width, height = map(int, size.split("x"))
        try:
            now = window.get_geometry()
            if (now.width, now.height) == (width, height):
                return
            window.configure(width=width, height=height)
            self.display.sync()
        except xerror.XError:
            return
        self.after_resize(width)
        time.sleep(0.35)

    def grab(self, size=None):
        root = Gdk.get_default_root_window()
        width, height = root.get_width(), root.get_height()
        if size:
            wanted = list(map(int, size.split("x")))
            width, height = min(width, wanted[0]), min(height, wanted[1])
        return Gdk.pixbuf_get_from_window(root, 0, 0, width, height)

    def settled(self, size=None):
        """The same picture twice in a row, or what there is after a while: a cursor blinks."""
        before = self.grab(size)
        for _ in range(5):
            time.sleep(0.1)
            after = self.grab(size)
            if before.get_pixels() == after.get_pixels():
                break
            before = after
        return before

    def take(self, name, language=None):
        if self.folder is None:
            return
        self.shots += 1
        if not self.sizes:
            self.save(self.settled(), self.folder / f"{self.shots:02d}-{name}.png")
            return
        for size in self.sizes:
            self.resize(size)
            self.save(self.settled(size), self.folder / (language or self.language) / size /
                      f"{self.who}-{self.shots:02d}-{name}.png")
        self.resize(self.sizes[0])

    def save(self, picture, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.savev(str(path), "png", ["compression"], ["1"])


def wait_for_file(path, seconds=300):
    end = time.time() + seconds
    while not os.path.exists(path):
        if time.time() > end:
            raise NotFound(path)
        time.sleep(0.1)
