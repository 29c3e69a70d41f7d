"""The provider's desk on a terminal: unlocked, seen, panicked; then locked, and nothing of the list is left."""

from __future__ import annotations

from pathlib import Path

from kiosk import config
from kiosk.desk.keys.derivation import wrap
from kiosk.desk.keys.storage import FileStore
from kiosk.paths import check_modes
from kiosk.vault.numbers import show
from schema.summary import Factors
from tests.made_up import CHEAP, SEED, a_summary, made_at
from tests.terminal import proc
from tests.terminal.console import Console

WORDS = "granite wagon for a test"
LOCKED = "This screen is locked."
SETTINGS = {"pack": "us-mo", "language": "en", "role": "advocate", "station": "DESK1", "region": "MO-606"}


def desk_pid(glass: Console) -> int:
    """The desk that has the terminal: the one that was started first."""
    found = [pid for pid in proc.children(glass.pid) if b"kiosk.desk" in proc.command(pid)]
    return min(found, key=proc.started)


def test_a_desk_is_unlocked_panicked_and_locked_again(kiosk_home: Path) -> None:
    """P3 at the desk: F12 ends the process that held the list and its key; the screen and its history hold none of it,
    nothing was written, and the passphrase is asked again. The passphrase is never on the screen, not even of somebody
    who types it before the page is there.
    """
    made = made_at(kiosk_home)
    config.write(made.place.station_toml, config.Station(**SETTINGS, agency="AGENCY1"))  # type: ignore[arg-type]
    FileStore(made.place.provider_key).put(wrap(SEED, WORDS, CHEAP))
    much = made.keep(a_summary(factors=Factors(disabling_condition=1, months_homeless=113, times_homeless=4)))
    little = made.keep(a_summary(factors=Factors()))
    glass = Console(kiosk_home, "desk")
    try:
        glass.wait_for(LOCKED)
        glass.type(WORDS + "\r")
        glass.wait_for("2 on the list.")
        glass.wait_for(f"{show(little)}")
        said = glass.screen_text()
        assert f"> 1 {show(much)}" in said and said.index(show(much)) < said.index(show(little))
        before = glass.files()
        open_desk = desk_pid(glass)
        assert not [
            pid for pid in proc.children(open_desk) if b"kiosk.desk.records.unsealing_worker" in proc.command(pid)
        ]
        glass.press("enter")
        glass.wait_for("Rank 1 of 2")
        glass.press("f12")
        glass.wait_for(LOCKED)
        glass.gone(open_desk)
        for number in (much, little):
            assert show(number) not in glass.screen_text() and show(number) not in glass.history_text()
        assert glass.files() == before
        glass.wait(lambda: desk_pid(glass) != open_desk, "the next desk")
        glass.wait_gone(show(much))
        assert b"granite" not in glass.log
        check_modes(made.place)
        assert glass.until_ended("ctrl+q") == 0
        glass.wait(lambda: glass.screen_text() == "", "a clear glass")
        assert glass.modes_now() == glass.modes
    finally:
        glass.close()
