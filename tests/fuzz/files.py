"""More of what is fuzzed: the terminal's input, words on their way to a page, and the files that people carry about."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from kiosk import config
from kiosk.desk.keys import public_file
from kiosk.desk.keys.derivation import recipient
from kiosk.directory import area_file, area_text
from kiosk.directory.area import Area, Provider
from kiosk.directory.coalition_list import propose
from kiosk.errors import KioskError
from kiosk.terminal.text import clean, say
from kiosk.terminal.tokenizer import Tokenizer
from kiosk.terminal.tokens import PASTE_LIMIT, Kind
from kiosk.vault import removal_list, transfer_file
from kiosk.vault.station_key import NoStationKey, StationKey
from tests.made_up import HARBOR, SEED

NUMBER_KEY = bytes(range(32))
LAST = 4_102_444_800.0
"""After this nothing waits."""


def altered(whole: bytes, changes: bytes) -> bytes:
    """Each three bytes of `changes` are a place and what is put there; what is left over is hung on."""
    made = bytearray(whole)
    for start in range(0, len(changes) - len(changes) % 3, 3):
        made[int.from_bytes(changes[start : start + 2], "big") % len(made)] = changes[start + 2]
    return bytes(made) + changes[len(changes) - len(changes) % 3 :]


def tokenizer(untrusted: bytes) -> None:
    """A2, B6: however a stream is cut into reads, it is the same pieces; none is longer than may be, nothing waits."""
    text = untrusted[1:].decode("utf-8", "surrogateescape")
    step = untrusted[0] % 16 + 1 if untrusted else 1
    whole, pieces = Tokenizer(), Tokenizer()
    once = [*whole.feed(text, 1.0), *whole.expire(LAST), *whole.expire(2 * LAST)]
    cut = [token for at in range(0, len(text), step) for token in pieces.feed(text[at : at + step], 1.0)]
    cut += [*pieces.expire(LAST), *pieces.expire(2 * LAST)]
    told = [
        [
            (each.kind, letter, each.cut)
            for each in read
            for letter in (each.text if each.kind is Kind.TEXT else [each.text])
        ]
        for read in (once, cut)
    ]
    assert told[0] == told[1]
    assert all(len(each.text) <= PASTE_LIMIT for each in once if each.kind is Kind.PASTE)
    assert whole.deadline is None and pieces.deadline is None


def words_said(untrusted: bytes) -> None:
    """H1: whatever was typed or read is shown as it stands, without a control, a markup or a second cleaning."""
    text = untrusted.decode("utf-8", "surrogateescape")
    for lines in (False, True):
        cleaned = clean(text, lines=lines)
        assert clean(cleaned, lines=lines) == cleaned
        assert all(
            letter.isprintable() or letter in "\n\t" or letter.isspace() or ord(letter) > 0x9F for letter in cleaned
        )
        assert lines or not set("\n\r\t\x0b\x0c") & set(cleaned)
        cleaned.encode()
    shown = say(text)
    assert shown.plain == clean(text, lines=True) and not shown.spans


def _refused(read: Callable[[], object]) -> bool:
    try:
        read()
    except KioskError as error:
        said = f"{error} {error.hint}"
        assert said.isprintable() and len(said) < 400, said
        return True
    return False


@cache
def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@cache
def _settings() -> bytes:
    return (
        b'pack = "us-mo"\nstation = "DESK1"\nregion = "R1"\nagency = "A1"\nrole = "advocate"\nlanguage = "en"\n'
        b'after_leaving = "home"\npanic_key = "f12"\nidle_seconds = 180\nquit = true\n'
    )


def settings_file(untrusted: bytes) -> None:
    """E5: any bytes as station.toml are settings that are written as they were read, or a sentence."""
    raw = altered(_settings(), untrusted[1:]) if untrusted[:1] and untrusted[0] % 2 else untrusted[1:]
    with tempfile.TemporaryDirectory(dir=_memory()) as name:
        file, again = Path(name, "station.toml"), Path(name, "again.toml")
        file.write_bytes(raw)
        if not _refused(lambda: config.read(file)):
            found = config.read(file)
            config.write(again, found)
            assert config.read(again) == found


@cache
def _station() -> StationKey:
    return StationKey(
        "DESK1", "R1", bytes(32), NUMBER_KEY, frozenset(range(64)), (recipient(SEED),), agencies=(HARBOR,)
    )


def region_file(untrusted: bytes) -> None:
    """F9: any bytes as a region's file or a provider's public key are that, whole, or refused."""
    whole = _station().to_bytes()
    raw = altered(whole, untrusted[1:]) if untrusted[:1] and untrusted[0] % 2 else untrusted[1:]
    try:
        found = StationKey.from_bytes(raw)
    except NoStationKey as error:
        assert str(error).isprintable()
    else:
        assert StationKey.from_bytes(found.to_bytes()) == found
    with tempfile.TemporaryDirectory(dir=_memory()) as name:
        file = Path(name, "public")
        public = {"kiosk public key": 1, "suite": "x25519", "public": recipient(SEED).public.hex()}
        usual = json.dumps(public).encode()
        file.write_bytes(altered(usual, untrusted[1:]) if untrusted[:1] and untrusted[0] % 2 else untrusted[1:])
        _refused(lambda: public_file.read(file))


@cache
def _area() -> Area:
    provider = Provider(HARBOR, ("Lake County",), able=True, tags=("deaf",), last_called=date(2026, 11, 22), source="S")
    return Area("MO-606", "Made Up Area", "practice", (provider,))


_LIST = b"code,label,telephone,counties,able,last_called,source\nLAKE,Lake,573-555-0100,Lake County,yes,2026-11-01,S\n"


def directory_file(untrusted: bytes) -> None:
    """G1: any bytes as area.toml or as a coalition's list are providers that the file keeps whole, or are refused."""
    changed = untrusted[:1] and untrusted[0] % 2
    raw = altered(area_text.text(_area()).encode(), untrusted[1:]) if changed else untrusted[1:]
    if not _refused(lambda: area_file.parse(raw)):
        found = area_file.parse(raw)
        assert area_file.parse(area_text.text(found).encode()) == found
    with tempfile.TemporaryDirectory(dir=_memory()) as name:
        file = Path(name, "list.csv")
        file.write_bytes(altered(_LIST, untrusted[1:]) if changed else untrusted[1:])
        if not _refused(lambda: propose(_area(), file, ("Lake County",))):
            proposed = propose(_area(), file, ("Lake County",))
            assert proposed.faults or area_file.parse(area_text.text(proposed.area).encode()) == proposed.area
            assert all(str(each).isascii() and len(str(each)) < 400 for each in proposed.faults)


@cache
def _stick() -> bytes:
    with tempfile.TemporaryFile(dir=_memory()) as file:
        record = b"KSR1\x01\x01" + bytes(542)
        carried = [transfer_file.Carried(10_000_005 + each, bytes(32), record) for each in range(2)]
        said = transfer_file.Statement(7, bytes(32))
        removals = bytes(removal_list.LENGTH)
        transfer_file.write(file, carried, NUMBER_KEY, removals=removals, says=lambda: said)
        file.seek(0)
        return file.read()


def stick_file(untrusted: bytes) -> None:
    """F9: a stick that differs by a byte is refused whole; one whose digest fits reads in order, to its end."""
    way, changes = (untrusted[0] % 3, untrusted[1:]) if untrusted else (0, b"")
    raw = changes if way == 0 else altered(_stick(), changes)
    with tempfile.TemporaryFile(dir=_memory()) as file:
        file.write(raw)
        if way == 2 and len(raw) > transfer_file.DIGEST_LENGTH:  # somebody who holds the region's number key
            end = len(raw) - transfer_file.DIGEST_LENGTH
            digest = transfer_file._digest(file, end, NUMBER_KEY)
            file.seek(end)
            file.write(digest)
        file.flush()
        try:
            found = transfer_file.check(file, NUMBER_KEY)
        except transfer_file.NotAStick as error:
            assert str(error).isprintable()
            return
        assert way == 2 or raw == _stick()
        numbers = [each.number for each in found.contents()]
        assert numbers == sorted(set(numbers)) and len(numbers) == found.records
        removals, said = found.after()
        assert removals is None or len(removals) == removal_list.LENGTH
        assert way == 2 or said == transfer_file.Statement(7, bytes(32))
        found.still_whole()


TARGETS = {
    each.__name__: each for each in (tokenizer, words_said, settings_file, region_file, directory_file, stick_file)
}
WORDS: dict[str, tuple[bytes, ...]] = {
    "directory_file": (
        b"[[providers]]",
        b"= [",
        b'"""',
        b"2026-11-22",
        b"12 Elm Street",
        b"ab" * 32,
        b"*",
        b";",
        b"\xff",
    ),
    "tokenizer": (
        b"\x1b",
        b"\x1b[",
        b"\x1bO",
        b"\x1b[200~",
        b"\x1b[201~",
        b"\x1b]",
        b"\x1b\\",
        b"\x1b[M",
        b"\x18",
        b"x" * 90,
    ),
    "words_said": (
        b"[b]",
        b"[/]",
        b"[@click=app.quit]",
        b"\xe2\x80\xae",
        b"\xcc\x81" * 9,
        b"\x9b",
        b"\xed\xa0\x80",
        b"\r\n",
    ),
    "settings_file": (
        b'"""',
        b"= [",
        b"[[a]]",
        b"\n",
        b"9" * 4400,
        b"idle_seconds = ",
        b'pack = "',
        b"inf",
        b"0x",
        b"{a=1}",
    ),
    "region_file": (b'"classes"', b"[", b"{", b"null", b"-1", b"1e999", b"NaN", b'"\\ud800"', b"9" * 4400, b"true"),
    "stick_file": (b"KSRS", b"KSR1", b"\xff\xff\xff\xff", bytes(32), b"\x01", b"\x02"),
}
