"""The environment that the program is willing to live in, built from nothing out of what it was given."""

from __future__ import annotations

import re
from collections.abc import Mapping

TERMINALS = re.compile(
    r"(xterm|linux|screen|tmux|rxvt|alacritty|foot|kitty|konsole|gnome|vte|wezterm|st|putty|contour|ghostty|mlterm)"
    r"([.+-][A-Za-z0-9.+-]{1,32})?"
)
"""Names of terminals that can show a kiosk; any other name is as good as none."""

PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where the few programs of the host are looked for."""

FOLDERS = ("HOME", "KIOSK_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
"""Variables that are passed on when they hold an absolute path (`KIOSK_HOME`: any)."""

PRESENT = ("SSH_CONNECTION", "SSH_TTY")
"""Variables of which only the presence is kept: an address is nobody's business."""


def clean(given: Mapping[str, str]) -> dict[str, str]:
    """What may stay of an environment. Cleaning twice changes nothing."""
    kept = {"LANG": "C.UTF-8", "PATH": PATH}
    if TERMINALS.fullmatch(given.get("TERM", "")):
        kept["TERM"] = given["TERM"]
    if given.get("COLORTERM") in ("truecolor", "24bit"):
        kept["COLORTERM"] = given["COLORTERM"]
    if given.get("NO_COLOR"):
        kept["NO_COLOR"] = "1"
    for name in FOLDERS:
        folder = given.get(name, "")
        if folder and (folder.startswith("/") or name == "KIOSK_HOME"):
            kept[name] = folder
    for name in PRESENT:
        if given.get(name):
            kept[name] = "yes"
    bus = given.get("DBUS_SESSION_BUS_ADDRESS", "")
    if bus.startswith("unix:"):
        kept["DBUS_SESSION_BUS_ADDRESS"] = bus
    return kept


def for_child(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process that serves a visitor: how the terminal looks, and nothing of this user."""
    kept = {name: own[name] for name in ("TERM", "COLORTERM", "NO_COLOR") if name in own}
    return {
        **kept,
        "LANG": "C.UTF-8",
        "PATH": PATH,
        "LD_BIND_NOW": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHON_DISABLE_REMOTE_DEBUG": "1",
    }


def for_sitting(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a sitting: freed memory is overwritten, as a second layer under the process's death."""
    return {**for_child(own), "PYTHONMALLOC": "debug", "MALLOC_PERTURB_": "165"}
