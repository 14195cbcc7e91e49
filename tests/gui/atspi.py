"""Real kith windows, driven as a screen reader would: over the accessibility bus. This file brings an X server, a
window manager and a session bus of its own up, starts windows on them, and finds, presses, types and reads by the
roles and the English names that a window gives its controls. Each wait has a limit; none is a blind sleep."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "process"))

from programs import APP, BUILD, LIMIT, TimedOut, alive, eventually, require, workers  # noqa: E402

SKIPPED = 77
NEEDED = ["Xvfb", "dbus-daemon", "openbox", "xdotool"]
# Qt says so where a list's row was asked for that went a moment before.
TOO_LATE = "QAccessibleTable::child: Invalid index"
WRITE_HISTORY = BUILD / "tests" / "support" / "write_history"
SCREENSHOTS = BUILD / "screenshots" / "gui"


def missing():
    """What this machine lacks to show and drive a window, or nothing."""
    lacking = [program for program in NEEDED if shutil.which(program) is None]
    try:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, Gio  # noqa: F401
    except (ImportError, ValueError):
        lacking.append("gi with Atspi 2.0")
    return lacking


# --- a desktop -------------------------------------------------------------------------------------------------------


class Desktop:
    """An X server, a window manager and a session bus that nobody else uses. One a test program, as libatspi keeps
    to the first bus it has seen. What is started inherits the changed environment."""

    SIZE = (1960, 720)  # two windows of Kith side by side

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-desktop-"))
        self.started = []
        for name in ("home", "run", "config", "data", "cache", "state"):
            (self.folder / name).mkdir(mode=0o700)
        for name in ("WAYLAND_DISPLAY", "XAUTHORITY", "AT_SPI_BUS_ADDRESS", "QT_QPA_PLATFORM", "QT_QPA_PLATFORMTHEME",
                     "QT_STYLE_OVERRIDE", "SESSION_MANAGER", "XDG_CURRENT_DESKTOP"):
            os.environ.pop(name, None)
        os.environ.update(
            HOME=str(self.folder / "home"),
            XDG_RUNTIME_DIR=str(self.folder / "run"),
            XDG_CONFIG_HOME=str(self.folder / "config"),
            XDG_DATA_HOME=str(self.folder / "data"),
            XDG_CACHE_HOME=str(self.folder / "cache"),
            XDG_STATE_HOME=str(self.folder / "state"),
            LC_ALL="C.UTF-8",
            GIO_USE_VFS="local",
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        try:
            self._start_display()
            self._start_session_bus()
            self._start("openbox", "--sm-disable")
            eventually("a window manager runs", lambda: self.xdotool("get_num_desktops").isdigit())
        except BaseException:
            self.close()
            raise

    def _start(self, *command, **more):
        log = open(self.folder / f"{command[0]}.log", "wb")
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **more)
        log.close()
        self.started.append(process)
        return process

    def _start_and_ask(self, *command):
        """Starts a program that writes one line into the descriptor whose number stands for FD."""
        reading, writing = os.pipe()
        with os.fdopen(reading) as answer:
            self._start(*[word.replace("FD", str(writing)) for word in command], pass_fds=[writing])
            os.close(writing)
            line = answer.readline().strip()
        if not line:
            log = (self.folder / f"{command[0]}.log").read_text(errors="replace")
            raise AssertionError(f"{command[0]} did not start: {log[-2000:]}")
        return line

    def _start_display(self):
        width, height = self.SIZE
        number = self._start_and_ask("Xvfb", "-displayfd", "FD", "-screen", "0", f"{width}x{height}x24", "-nolisten",
                                     "tcp", "-noreset")
        os.environ["DISPLAY"] = f":{number}"

    def _start_session_bus(self):
        from gi.repository import Gio, GLib

        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self._start_and_ask("dbus-daemon", "--session", "--nofork",
                                                                     "--print-address=FD")
        bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                      GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))), None,
                      Gio.DBusCallFlags.NONE, int(LIMIT * 1000), None)
        bus.close_sync(None)

    def xdotool(self, *words):
        done = subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True, timeout=LIMIT)
        return done.stdout.strip()

    def active_pid(self):
        """The process whose window is in front and has the keyboard."""
        pid = self.xdotool("getactivewindow", "getwindowpid")
        return int(pid) if pid.isdigit() else None

    def close(self):
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            try:
                process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Bus:
    """The accessibility bus. Waiting runs the loop that its events come in by, so that a change is seen at once; a
    look is repeated every 100 ms all the same, as not every change sends an event."""

    EVENTS = ["object:children-changed", "object:state-changed", "object:property-change", "object:text-changed",
              "object:visible-data-changed", "window:create", "window:activate"]

    def __init__(self):
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        # The bindings call it deprecated in favour of a name that they do not have.
        warnings.filterwarnings("ignore", message="Atspi.Action.get_action_name is deprecated")
        self.atspi, self.glib = Atspi, GLib
        Atspi.init()
        Atspi.set_timeout(5000, 20000)
        self.listener = Atspi.EventListener.new(lambda event: None)
        for event in self.EVENTS:
            self.listener.register(event)

    def applications(self):
        """{pid: application} of those that are there now."""
        found = {}
        desktop = self.atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            try:
                application = desktop.get_child_at_index(i)
                found[application.get_process_id()] = application
            except (self.glib.Error, AttributeError):
                continue  # it ended while it was looked at
        return found

    def until(self, what, condition, limit=LIMIT):
        """Waits until condition() is true and returns its value."""
        end = time.monotonic() + limit
        while True:
            try:
                value = condition()
            except self.glib.Error:
                value = None  # a control went away while it was looked at
            if value:
                return value
            if time.monotonic() > end:
                raise TimedOut(f"not within {limit} s: {what() if callable(what) else what}")
            self._run_loop(0.1)

    def _run_loop(self, seconds):
        """Until an event has come, or the time is over."""
        context = self.glib.MainContext.default()
        timer = self.glib.timeout_source_new(int(seconds * 1000))
        timer.set_callback(lambda *_: True)
        timer.attach(context)
        context.iteration(True)
        while context.pending() and not timer.is_destroyed():
            context.iteration(False)
            if timer.get_ready_time() <= self.glib.get_monotonic_time():
                break
        timer.destroy()


# --- a window --------------------------------------------------------------------------------------------------------


class Window:
    """One running kith: its process, and what it shows. Names are those of experience for assistive technology:
    English, whatever the language of the window."""

    def __init__(self, test, pid, process=None, profile=None, log=None):
        self.test, self.pid, self.process, self.profile, self.log = test, pid, process, profile, log
        self.bus = test.bus
        self.port = None  # of a window that hosts
        test.windows.append(self)

    # What there is.

    def controls(self):
        """[(role, name, control, path)] of everything visible. The path is the way down from the application."""
        found = []
        application = self.bus.applications().get(self.pid)
        if application is None:
            return found
        application.set_cache_mask(self.bus.atspi.Cache.NONE)
        self._collect(application, (), found)
        return found

    def _collect(self, parent, path, found):
        for i in range(parent.get_child_count()):
            child = parent.get_child_at_index(i)
            if child is None or not child.get_state_set().contains(self.bus.atspi.StateType.VISIBLE):
                continue
            found.append((child.get_role_name(), child.get_name(), child, (*path, i)))
            self._collect(child, (*path, i), found)

    def look(self, role, name, beside=None, enabled=True):
        """The control of that role and name, or nothing. Where there are several, the nearest to the one that is
        named `beside`."""
        controls = self.controls()
        mine = [(control, path) for r, n, control, path in controls if r == role and n == name]
        if enabled:
            mine = [c for c in mine if c[0].get_state_set().contains(self.bus.atspi.StateType.SENSITIVE)]
        if beside is not None and len(mine) > 1:
            there = next((path for _, n, _, path in controls if n == beside), ())
            mine.sort(key=lambda c: -len(os.path.commonprefix([c[1], there])))
        return mine[0][0] if mine else None

    def find(self, role, name, limit=LIMIT, **how):
        return self.bus.until(lambda: f"a {role} “{name}” in\n{self.describe()}",
                              lambda: self.look(role, name, **how), limit)

    def describe(self):
        """The visible controls as text, for a failure's message."""
        if not alive(self.pid):
            return f"(kith {self.pid} has ended) {self.log_text()}"
        return "\n".join(f"{'  ' * len(path)}{role} “{name}”" for role, name, _, path in self.controls())

    # What a person does.

    def press(self, name, beside=None, limit=LIMIT):
        self._act(self.find("push button", name, limit, beside=beside), "Press")

    def tick(self, name):
        box = self.find("check box", name)
        if not self.ticked(box):
            self._act(box, "Toggle")
        self.bus.until(f"“{name}” is ticked", lambda: self.ticked(box))

    def ticked(self, box):
        return box.get_state_set().contains(self.bus.atspi.StateType.CHECKED)

    def _act(self, control, action):
        ask = self.bus.atspi.Action
        names = [ask.get_action_name(control, i) for i in range(ask.get_n_actions(control))]
        if action not in names:
            raise AssertionError(f"“{control.get_name()}” knows {names}, not {action}")
        ask.do_action(control, names.index(action))

    def type(self, name, text):
        """Puts text into a field, in place of what was there."""
        field = self.find("text", name)
        if not self.bus.atspi.EditableText.set_text_contents(field, text):
            raise AssertionError(f"“{name}” takes no text")
        self.bus.until(f"“{name}” holds {text!r}", lambda: self.text_of(field) == text)

    def focuses(self, name):
        """Waits until the keyboard goes to this field."""
        focused = self.bus.atspi.StateType.FOCUSED
        self.bus.until(f"“{name}” has the keyboard",
                       lambda: self.find("text", name).get_state_set().contains(focused))

    def text(self, name):
        return self.text_of(self.find("text", name))

    def text_of(self, field):
        return self.bus.atspi.Text.get_text(field, 0, -1)

    def choose(self, name, beginning):
        """Chooses the item of a list whose words begin so."""
        listed = self.find("list", name)
        items = [listed.get_child_at_index(i) for i in range(listed.get_child_count())]
        mine = [item for item in items if item.get_name().startswith(beginning)]
        if len(mine) != 1:
            raise AssertionError(f"“{beginning}” stands for {len(mine)} of {[item.get_name() for item in items]}")
        selected = self.bus.atspi.StateType.SELECTED
        if not mine[0].get_state_set().contains(selected):
            self._act(mine[0], "Toggle")

    def send(self, text):
        self.type("Message", text)
        self.press("Send")

    # What a person reads.

    def words(self):
        """Every visible line of text."""
        return [name for role, name, _, _ in self.controls() if role == "label" and name]

    def reads(self, sentence, limit=LIMIT):
        """Waits until a line says so, in whole."""
        self.bus.until(lambda: f"“{sentence}” in\n{self.describe()}", lambda: sentence in self.words(), limit)

    def matches(self, pattern, limit=LIMIT):
        """Waits until a line as a whole fits the pattern, and returns how."""
        fits = lambda: next((fit for line in self.words() if (fit := pattern.fullmatch(line))), None)  # noqa: E731
        return self.bus.until(lambda: f"{pattern.pattern} in\n{self.describe()}", fits, limit)

    def shows_address(self, port):
        """Waits until the panel says where it can be reached: which address that is depends on the machine."""
        self.bus.until(lambda: f"an address with port {port} in\n{self.describe()}",
                       lambda: any(line.endswith(f":{port}") for line in self.words()))

    def items(self, name):
        """What the items of a list read; nothing where there is no such list."""
        listed = self.look("list", name)
        if listed is None:
            return []
        return [listed.get_child_at_index(i).get_name() for i in range(listed.get_child_count())]

    def messages(self):
        """[(author, text)] of the conversation that is shown. A message reads "author, time, state: text"."""
        return [(name.split(", ", 1)[0], name.split(": ", 1)[1]) for name in self.items("Messages")]

    def shows(self, *messages, limit=LIMIT):
        """Waits until the conversation that is shown consists of exactly these."""
        self.bus.until(lambda: f"{messages}; there is {self.messages()} in\n{self.describe()}",
                       lambda: self.messages() == list(messages), limit)

    # Its processes.

    def workers(self):
        return set(workers(self.pid))

    def wait_for_workers(self, count, limit=LIMIT):
        return self.bus.until(lambda: f"{count} workers; there are {self.workers()}",
                              lambda: len(self.workers()) == count and self.workers() or count == 0, limit)

    def log_text(self):
        return self.log.read_text(errors="replace")[-2000:] if self.log else ""

    def exit(self, limit=LIMIT):
        """Waits for its end; the exit status, where this test started it."""
        if self.process is None:
            eventually("the window ends", lambda: not alive(self.pid), limit)
            return None
        try:
            return self.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise TimedOut(f"kith did not end; {self.log_text()}") from None

    def running(self):
        return self.process.poll() is None if self.process is not None else alive(self.pid)


# --- a test ----------------------------------------------------------------------------------------------------------


class WindowTest(unittest.TestCase):
    """A test of windows on one desktop, with a folder of its own; its clean-up ends what it started, and checks that
    no worker is left."""

    desktop = None
    bus = None

    @classmethod
    def setUpClass(cls):
        if WindowTest.desktop is None:
            WindowTest.desktop = Desktop()
            unittest.addModuleCleanup(WindowTest.desktop.close)
            WindowTest.bus = Bus()

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-test-"))
        self.windows = []

    def tearDown(self):
        self.screenshot("end")
        left = []
        for window in self.windows:
            pids = window.workers() if window.running() else set()
            if window.running():
                os.kill(window.pid, signal.SIGTERM)
                try:
                    window.exit()
                except TimedOut:
                    os.kill(window.pid, signal.SIGKILL)
                    left.append("a window did not end by SIGTERM")
            for pid in pids:
                try:
                    eventually("the worker ends with its program", lambda pid=pid: not alive(pid), 5)
                except TimedOut:
                    os.kill(pid, signal.SIGKILL)
                    left.append(f"worker {pid} was left behind")
        for window in self.windows:
            complaints = [line for line in window.log_text().splitlines() if line and not line.startswith(TOO_LATE)]
            if complaints:
                left.append(f"kith {window.pid} said: {complaints}")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.assertEqual(left, [])

    def profile(self, folder_name, talks=(), **settings):
        """A new profile's folder, with what an earlier start may have left in its settings, and what was said then
        (write_history.cpp has the form)."""
        folder = self.folder / folder_name
        folder.mkdir(mode=0o700)
        history = {"talks": list(talks), "settings": {name: str(value) for name, value in settings.items()}}
        subprocess.run([str(WRITE_HISTORY), str(folder)], input=json.dumps(history).encode(), check=True)
        return folder

    def start(self, profile, *words, wrapper=()):
        """A window of that profile; `wrapper` goes before the command and becomes it."""
        log = self.folder / f"kith-{len(self.windows)}.log"
        with open(log, "wb") as output:
            process = subprocess.Popen([*wrapper, str(APP / "kith"), "--profile", str(profile), *words],
                                       cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        window = Window(self, process.pid, process, profile, log)
        self.bus.until(lambda: f"a window of kith {process.pid}; {window.log_text()}",
                       lambda: process.poll() is not None or window.controls())
        if process.poll() is not None:
            raise AssertionError(f"kith ended with {process.returncode}: {window.log_text()}")
        return window

    def adopt(self, pid):
        """A window that another one started."""
        window = Window(self, pid)
        self.bus.until(f"a window of kith {pid}", window.controls)
        return window

    def screenshot(self, name):
        """For a person to look at; no test depends on it."""
        if shutil.which("import") is None:
            return
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for i, window in enumerate(self.windows):  # side by side
            self.desktop.xdotool("search", "--all", "--onlyvisible", "--pid", window.pid, "--name", "Kith", "windowmove",
                                 i * self.desktop.SIZE[0] // 2, 0)
        path = SCREENSHOTS / f"{self.id().rsplit('.', 1)[-1]}-{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], capture_output=True, timeout=LIMIT, check=False)


def free_port():
    """A port that was free a moment ago, on IPv4 and IPv6."""
    while True:
        with socket.socket() as four, socket.socket(socket.AF_INET6) as six:
            four.bind(("", 0))
            port = four.getsockname()[1]
            six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                six.bind(("::", port))
            except OSError:
                continue
            return port


def main():
    lacking = missing()
    if lacking:
        print(f"skipped: missing {', '.join(lacking)}")
        sys.exit(1 if os.environ.get("KITH_REQUIRE_ALL") == "1" else SKIPPED)
    unittest.main(verbosity=2)
