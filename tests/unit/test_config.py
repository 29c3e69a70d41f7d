"""Settings are read strictly, and every refusal names the key."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import config
from kiosk.config import Station, UnreadableSettings
from kiosk.supervisor.chosen_key import NAMES
from kiosk.vault.private_file import AlreadyThere

MADE_UP = Station(pack="us-mo", language="en", role="staff", station="KIOSK-1", region="MO-606", agency="HARBOR")
CODES = st.from_regex(config.CODE, fullmatch=True)
STATIONS = st.builds(
    Station,
    pack=st.from_regex(r"[a-z0-9-]{2,24}", fullmatch=True),
    language=st.sampled_from(["en", "es", "kab"]),
    role=st.sampled_from(config.ROLES),
    station=CODES,
    region=CODES,
    agency=CODES,
    idle_seconds=st.integers(30, 3600),
    panic_key=st.none() | st.sampled_from(config.PANIC_KEYS),
    allow_recorder=st.booleans(),
    quit=st.booleans(),
    after_leaving=st.sampled_from(config.AFTER_LEAVING),
    agency_kind=st.none() | st.sampled_from(config.AGENCY_KINDS),
    provider=st.none() | CODES,
    speech=st.sampled_from(["off", "espeak-ng"]) | st.from_regex(r"(/[a-z0-9.-]{1,8}){0,3}/espeak-ng", fullmatch=True),
)


@given(STATIONS)
def test_what_is_written_is_read(station: Station) -> None:
    """Every set of settings survives being written and read."""
    assert Station(**tomllib.loads(config.text(station))) == station


@pytest.mark.parametrize("awkward", ['a"b', "a\\b", "a\x7fb", "a\nb", "é", "'''"])
def test_what_needs_escaping_is_escaped(awkward: str) -> None:
    """Whatever a setting may hold one day, what is written reads as that and as nothing else."""
    station = replace(MADE_UP)
    object.__setattr__(station, "agency", awkward)  # today's checks would refuse it
    assert tomllib.loads(config.text(station))["agency"] == awkward


def test_it_is_a_private_file(tmp_path: Path) -> None:
    """`station.toml` is 0600, is never written over, and comes back as it was."""
    path = tmp_path / "station.toml"
    config.write(path, MADE_UP)
    assert path.stat().st_mode & 0o777 == 0o600
    assert config.read(path) == MADE_UP
    with pytest.raises(AlreadyThere):
        config.write(path, MADE_UP)


WHOLE = config.text(MADE_UP)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (WHOLE + 'colour = "red"\n', "`colour`"),
        (WHOLE + '"a\\u001b[2J" = 1\n', "`…`"),
        (WHOLE.replace("KIOSK-1", "Mary's desk"), "`station`"),
        (WHOLE.replace("KIOSK-1", "K\\u001b[2J"), "`station`"),
        (WHOLE.replace("HARBOR", "harbor"), "`agency`"),
        (WHOLE.replace("MO-606", "-M"), "`region`"),
        (WHOLE.replace('"KIOSK-1"', "7"), "`station`"),
        (WHOLE.replace("us-mo", "../us-mo"), "`pack`"),
        (WHOLE.replace("180", "5"), "`idle_seconds`"),
        (WHOLE.replace("180", "true"), "`idle_seconds`"),
        (WHOLE.replace("180", '"180"'), "`idle_seconds`"),
        (WHOLE.replace("180", "nan"), "`idle_seconds`"),
        (WHOLE.replace("quit = false", "quit = 1"), "`quit`"),
        (WHOLE.replace("staff", "boss"), "`role`"),
        (WHOLE.replace('"auto"', '"reboot"'), "`after_leaving`"),
        (WHOLE + 'panic_key = "f12"\n', "`panic_key`"),
        (WHOLE + "panic_key = []\n", "`panic_key`"),
        (WHOLE.replace('agency = "HARBOR"\n', ""), "`agency`"),
        (WHOLE + "oops\n", "line 13"),
        (WHOLE + WHOLE, "TOML"),
        ("\x00", "TOML"),
        ("a = " + "[" * 5000, "TOML"),
        ("x = 1\n" * 20_000, "long"),
    ],
)
def test_a_refusal_names_the_key(text: str, word: str, tmp_path: Path) -> None:
    """An unknown key, a wrong type, a value out of range, control characters: a sentence with the key."""
    path = tmp_path / "station.toml"
    path.write_text(text)
    with pytest.raises(UnreadableSettings) as refused:
        config.read(path)
    assert word in str(refused.value)
    assert "\x1b" not in str(refused.value) and "Mary" not in str(refused.value)


def test_what_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    """Latin-1, a link, a folder, a pipe, nothing at all: refused without waiting and without following."""
    import os

    path = tmp_path / "station.toml"
    path.write_bytes(WHOLE.replace("KIOSK", "KI\u00d6SK").encode("latin-1"))
    with pytest.raises(UnreadableSettings, match="UTF-8"):
        config.read(path)
    (tmp_path / "real").write_text(WHOLE)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", ".", "absent"):
        with pytest.raises(UnreadableSettings):
            config.read(tmp_path / name)
    with pytest.raises(UnreadableSettings):
        config.read(tmp_path / "pipe")


def test_every_panic_key_is_one_the_supervisor_knows() -> None:
    """A key that can be set is one that is recognised, and none that a page or a field uses."""
    assert set(config.PANIC_KEYS) <= set(NAMES)
    used = {f"f{number}" for number in (1, 2, 3, 4, 5, 6, 7, 9, 10, 12)}
    used |= {"ctrl+q", "ctrl+c", "ctrl+v", "ctrl+x", "ctrl+z"}
    used |= {f"ctrl+{letter}" for letter in "adefhijkmuw"}
    assert used.isdisjoint(config.PANIC_KEYS)


@pytest.mark.parametrize(("idle", "warning"), [(30, 15), (59, 29), (60, 30), (180, 30), (3600, 30)])
def test_the_warning_comes_before_the_end(idle: int, warning: int) -> None:
    """OR-08: a short idle time still has a warning, half of it."""
    assert replace(MADE_UP, idle_seconds=idle).warn_seconds == warning


@pytest.mark.parametrize(
    "path", ["/dev/usb/lp0", "/dev/ttyUSB0", "/dev/serial/by-id/usb-EPSON_TM-T20", "/dev/pts/7", "/dev/kiosk-printer"]
)
def test_a_printer_is_a_device(path: str) -> None:
    """Paper: any device file that a receipt printer may have."""
    from kiosk.config import RULES

    assert RULES["printer"][2](path)


@pytest.mark.parametrize(
    "path",
    [
        *("/dev/tty", "/dev/tty1", "/dev/console", "/dev/null", "/dev/mem", "/dev/random", "/dev/stdout", "/dev/fd/1"),
        *("/dev/input/event0", "/dev/../etc/passwd", "/dev/usb/../null", "/home/she/file", "lp0", "/dev/", "/dev/a b"),
    ],
)
def test_what_swallows_echoes_or_harms_is_no_printer(path: str) -> None:
    """P1, P11: a plan is never written to a console, a file, a sink, or into the machine."""
    from kiosk.config import RULES

    assert not RULES["printer"][2](path)
