"""The environment that the program is willing to live in, built from nothing out of what it was given.

Imports nothing: it runs before the process is clean, when a file beside the program could still pose as a module.
"""

from __future__ import annotations

TERMINALS = frozenset(
    (
        *("xterm", "linux", "screen", "tmux", "rxvt", "alacritty", "foot", "kitty", "konsole"),
        *("gnome", "vte", "wezterm", "st", "putty", "contour", "ghostty", "mlterm"),
    )
)
"""First words of the names of terminals that can show a kiosk; any other name is as good as none."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-")
"""What the name of a terminal may consist of."""

PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where the few programs of the host are looked for."""

LOCALE = ("LANG", "LC_ALL", "LC_CTYPE")
"""Variables that say how letters are written."""

FOLDERS = ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "PGPASSFILE")
"""Variables that stay when they hold an absolute path."""

PRESENT = ("SSH_CONNECTION", "SSH_TTY")
"""Variables of which only the presence stays: an address is nobody's business."""


ACT_AT_ONCE = ("PYTHON", "LD_", "GLIBC_", "MALLOC_", "LC_", "LOCPATH", "TZ")
"""How the names begin of variables that have had their effect before a program's first line runs."""


def acted(given: dict[str, str]) -> bool:
    """Whether anything of an environment has already had an effect that dropping it now would not undo."""
    return not given.get("LANG", "").endswith(".UTF-8") or any(name.startswith(ACT_AT_ONCE) for name in given)


def clean(given: dict[str, str]) -> dict[str, str]:
    """What may stay of an environment. Cleaning twice changes nothing."""
    kept = {"LANG": "C.UTF-8", "PATH": PATH}
    if _terminal(given.get("TERM", "")):
        kept["TERM"] = given["TERM"]
    if given.get("COLORTERM") in ("truecolor", "24bit"):
        kept["COLORTERM"] = given["COLORTERM"]
    if given.get("NO_COLOR"):
        kept["NO_COLOR"] = "1"
    for name in FOLDERS:
        if given.get(name, "").startswith("/"):
            kept[name] = given[name]
    if given.get("KIOSK_HOME"):
        kept["KIOSK_HOME"] = given["KIOSK_HOME"]
    for name in PRESENT:
        if given.get(name):
            kept[name] = "yes"
    if given.get("DBUS_SESSION_BUS_ADDRESS", "").startswith("unix:"):
        kept["DBUS_SESSION_BUS_ADDRESS"] = given["DBUS_SESSION_BUS_ADDRESS"]
    return kept


GIVEN = "KIOSK_GIVEN"
"""Where a process that starts itself again leaves the names of what it dropped, for `kiosk doctor`."""


def given() -> dict[str, str]:
    """The environment that this process was started with, before it was cleaned; of what an earlier start dropped,
    the names."""
    with open("/proc/self/environ", "rb") as file:
        entries = file.read().decode(errors="replace").split("\0")
    found = dict(entry.split("=", 1) for entry in entries if "=" in entry)
    dropped = found.pop(GIVEN, "")
    return found | dict(entry.split("=", 1) for entry in dropped.split("\x1f") if "=" in entry)


def dropped(found: dict[str, str]) -> str:
    """What `given` gives back after another start: every variable that is not kept, the values of the locale's only."""
    kept = clean(found)
    return "\x1f".join(
        f"{name}={value if name in LOCALE else ''}"
        for name, value in found.items()
        if kept.get(name) != value and "\x1f" not in value
    )


def _terminal(name: str) -> bool:
    """Whether a terminal's name is one of those known, by its first word."""
    first = name.replace(".", "-").replace("+", "-").split("-")[0]
    return first in TERMINALS and len(name) <= 40 and set(name) <= LETTERS


def for_child(own: dict[str, str]) -> dict[str, str]:
    """The environment of a process beside a visitor: how the terminal looks, and nothing of this user."""
    look: dict[str, str] = {name: own[name] for name in ("TERM", "COLORTERM", "NO_COLOR") if name in own}
    return look | {
        "LANG": "C.UTF-8",
        "PATH": PATH,
        "LD_BIND_NOW": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHON_DISABLE_REMOTE_DEBUG": "1",
    }


def for_sitting(own: dict[str, str]) -> dict[str, str]:
    """The environment of a sitting: freed memory is overwritten, as a second layer under the process's death."""
    return {**for_child(own), "PYTHONMALLOC": "debug", "MALLOC_PERTURB_": "165"}


def for_speech(own: dict[str, str]) -> dict[str, str]:
    """The environment of the voice: where a sound server listens, besides."""
    return for_child(own) | {name: own[name] for name in ("XDG_RUNTIME_DIR",) if name in own}
