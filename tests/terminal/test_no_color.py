"""NO_COLOR (no-color.org): no program paints a colour of its own, so that every letter can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.console import Console, environment

PROGRAMS = {
    "sitting": (("run", "--practice"), "1 Housing questions"),
    "setup": (("setup",), "F4 Back"),
}
COLOURS = {"38", "48", *(str(code) for first in (30, 40, 90, 100) for code in range(first, first + 8))}


def painted(log: bytes) -> set[str]:
    """The codes of every SGR sequence that was written."""
    return {code for part in log.decode("utf-8", "replace").split("\x1b[")[1:] for code in _codes(part)}


def _codes(part: str) -> list[str]:
    codes, found, _ = part.partition("m")
    return codes.split(";") if found and all(letter in "0123456789;" for letter in codes) else []


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("term", ["linux", "xterm", "xterm-256color"])
@pytest.mark.parametrize("wanted", [True, False], ids=["NO_COLOR", "colours"])
def test_no_letter_has_the_colour_of_its_ground(kiosk_home: Path, program: str, term: str, wanted: bool) -> None:
    """With NO_COLOR all is in the terminal's own two colours, what has the focus reversed; without it colours come."""
    arguments, shown = PROGRAMS[program]
    environ = environment(kiosk_home, TERM=term, **({"NO_COLOR": "1"} if wanted else {}))
    if term == "linux":
        del environ["COLORTERM"]
    glass = Console(kiosk_home, *arguments, environ=environ)
    try:
        glass.wait_for(shown)
        glass.wait(lambda: "7" in painted(bytes(glass.log)) or not wanted, "something reversed")
        assert bool(painted(bytes(glass.log)) & COLOURS) is not wanted
        letters = [cell for row in glass.screen.buffer.values() for cell in row.values() if cell.data.strip()]
        assert len(letters) > 100
        assert all((cell.fg, cell.bg) == ("default", "default") or cell.fg != cell.bg for cell in letters)
    finally:
        glass.close()
