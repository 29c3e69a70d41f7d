"""Checks of the terminal: can it show a page, and does something around it keep what it shows?"""

from __future__ import annotations

import array
import fcntl
import os
import struct

from kiosk.doctor.finding import Finding, Host, broken, good, weak

GLYPHS = "─│┌┐└┘├┤┬┴┼━┃┏┓┗┛•·–—‘’“”…áéíñóúüÁÉÍÑÓÚ¿¡£█▒"
"""Letters and lines that pages are made of; all are in Debian's console fonts."""

_GIO_UNIMAP = 0x4B66
_PAIRS = 4096


def the_terminal_is_known(host: Host) -> Finding:
    """`TERM` names a kind of terminal that the program can paint on."""
    from kiosk.launch.environment import clean

    name = host.environ.get("TERM", "")
    if "TERM" in clean(host.environ):
        return good(f"The terminal is of a known kind ({name}).")
    return broken(
        "TERM is not set, or names a kind of terminal that is not known.",
        "Start the kiosk on a console, in a terminal window or over `ssh -t`.",
    )


def the_terminal_speaks_utf_8(host: Host) -> Finding:
    """Letters with accents and lines come out as such."""
    if host.environ.get("TERM") == "linux":
        if host.read("sys/module/vt/parameters/default_utf8") in ("1", "Y"):
            return good("The console speaks UTF-8.")
        return weak("The console does not speak UTF-8.", "Run `unicode_start`, or boot with `vt.default_utf8=1`.")
    named = next((host.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if host.environ.get(name)), "")
    if named.upper().replace("-", "").endswith("UTF8"):
        return good(f"This session says that it speaks UTF-8 ({named}).")
    return weak(
        "This session does not say that it speaks UTF-8.", "Set LANG to C.UTF-8 for the account, and look at a page."
    )


def the_font_has_every_glyph(host: Host) -> Finding:
    """On the Linux console the font can be asked; a terminal window's cannot."""
    there = _glyphs(host.terminal)
    if there is None:
        return good("This terminal's font cannot be asked; look at the home page once.")
    missing = sorted({letter for letter in GLYPHS if ord(letter) not in there})
    if not missing:
        return good("The console's font has every letter and line.")
    return weak(
        f"The console's font lacks {len(missing)} signs ({' '.join(missing[:12])}).",
        "Load a font that has them: `setfont Lat15-Terminus16` (package console-setup).",
    )


def _glyphs(terminal: int) -> set[int] | None:
    """The code points that the console's font shows, `None` where this is no Linux console."""
    pairs = array.array("H", bytes(4 * _PAIRS))
    address, _ = pairs.buffer_info()
    asked = bytearray(struct.pack("HxxxxxxP", _PAIRS, address))
    try:
        fcntl.ioctl(terminal, _GIO_UNIMAP, asked)
    except OSError:
        return None
    count = struct.unpack_from("H", asked)[0]
    return set(pairs[: 2 * count : 2])


def the_terminal_has_colours(host: Host) -> Finding:
    """Nothing is told by colour alone; eight colours make pages quieter to read."""
    if host.environ.get("NO_COLOR"):
        return good("Colours are off, as NO_COLOR asks.")
    if host.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return good("The terminal has all colours.")
    return good("The terminal says nothing of many colours; pages use the eight that every one has.")


def nothing_records_the_terminal(host: Host) -> Finding:
    """tmux, screen, script and the like keep what is shown; the kiosk does not start inside one unless told to."""
    from kiosk.errors import KioskError
    from kiosk.launch.recorders import recorder

    found = recorder(proc=host.root / "proc", pid=os.getpid())
    if found is None:
        return good("No program around this terminal is known to keep what it shows.")
    try:
        allowed = host.station.allow_recorder
    except KioskError:
        allowed = False
    mend = "Use a console or a plain terminal window."
    if allowed:
        return weak(
            f"This terminal runs inside {found}, which keeps what is shown, and `station.toml` allows it.", mend
        )
    return broken(f"This terminal runs inside {found}, which keeps what is shown; the kiosk will not start.", mend)
