"""`kiosk directory` on a real terminal: under the supervisor and its panic, in a jail that writes one folder."""

from __future__ import annotations

from pathlib import Path

from kiosk.directory.area_file import read
from tests.terminal.conftest import furnish
from tests.terminal.console import Console, environment


def test_staff_enter_a_number_and_leave(template: Path, tmp_path: Path) -> None:
    """MO-04: set-up's directory is completed by keys alone; F4 ends it well, F12 at once; what was saved stays."""
    home = furnish(template, tmp_path)
    glass = Console(home, "directory", environ=environment(home))
    try:
        glass.wait_for("Counties without one that is able and willing: 101")
        glass.type("1\r")
        glass.wait_for("Neutral name for visitors")
        glass.type("\t\t573-555-0100\r")
        glass.wait_for("HARBOR was saved.")
        assert read(home / "area.toml").providers[0].agency.telephone == "573-555-0100"
        glass.press("f4")
        assert glass.ended() == 0
    finally:
        glass.close()
    glass = Console(home, "directory", environ=environment(home))
    try:
        glass.wait_for("573-555-0100")
        glass.press("f12")
        assert glass.ended() == 0 and "573-555-0100" not in glass.screen_text()
    finally:
        glass.close()
