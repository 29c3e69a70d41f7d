"""The station's settings: read strictly from `station.toml`, written by set-up."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kiosk.errors import KioskError, Refused

if TYPE_CHECKING:
    from kiosk.paths import Place
    from kiosk.vault.postgres.address import Address

MAXIMUM_BYTES = 65_536
"""A settings file longer than this is none."""

ROLES = ("advocate", "reporter", "social-worker", "staff")
"""Who stands beside the visitor (design: Roles)."""

AGENCY_KINDS = ("shelter", "rape-crisis", "victim-services", "other")
"""For whom an advocate works: whether the law keeps a talk private hangs on it (MO-28). `schema.pack` has the same."""

AFTER_LEAVING = ("auto", "home", "end")
"""What follows a visitor's leaving: by the terminal's kind, the home page, or the program's end."""

IDLE_SECONDS = range(30, 3601)
"""Silence that may be set before a sitting ends, in seconds."""

PANIC_KEYS = (
    *("f8", "f11"),
    *("ctrl+b", "ctrl+n", "ctrl+o", "ctrl+y"),
)
"""Keys that may be set to leave at once beside F12 and Esc three times; none of them edits text or has a meaning."""

PRINTER_COLUMNS = (32, 42, 48)
"""Letters in a line that a receipt printer's paper may have."""

PRINTER_CODE_PAGES = ("cp437", "cp850", "cp858", "cp1252")
"""Code pages that a receipt printer may be set to."""

PRINTER = re.compile(r"/dev(/(?!\.)[A-Za-z0-9._:@+-]{1,64}){1,4}")
"""A printer's device file."""

NO_PRINTERS = re.compile(
    r"/dev/(tty[0-9]*|console|ptmx|null|zero|full|u?random|k?mem|port|stdin|stdout|stderr)|/dev/(fd|input|shm|mapper)/.*"
)
"""Device files that swallow or echo what is printed, or harm the machine."""

SPEECH = re.compile(r"off|espeak-ng|(/[A-Za-z0-9._+-]+)*/espeak-ng")
"""What may read aloud."""

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")
"""A label of a station, region or agency: codes, so that no name fits in."""


MOST_A_DAY = range(10, 10_000)
"""What a day's ceiling can be."""


class UnreadableSettings(KioskError):
    """`station.toml` cannot be used."""

    hint = "Mend `station.toml` in the data folder by hand, or move the folder away and run `kiosk setup`."


class UnfitSetting(Refused):
    """A value is none that a setting can have; the sentence names the setting and what it can be."""

    hint = "`kiosk setup --help` and the operator's page (docs/operator.md) say what each setting can be."


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """Everything that is set about one station."""

    pack: str
    """The content pack's id."""
    language: str
    """The language of the home page, an ISO 639-1 code."""
    role: str
    """One of `ROLES`."""
    station: str
    """This station's label."""
    region: str
    """The code of the list that its records belong to."""
    agency: str
    """The agency's code, as it stands in every summary."""
    agency_kind: str | None = None
    """One of `AGENCY_KINDS`; `None` where nobody was asked, and then no privilege is promised."""
    provider: str | None = None
    """The code of the victim service provider that keeps the list; `None` where none does, or nobody was asked."""
    idle_seconds: int = 180
    """Seconds of silence before a sitting ends."""
    panic_key: str | None = None
    """One more key that leaves at once, of `PANIC_KEYS`."""
    allow_recorder: bool = False
    """Whether the kiosk starts in a terminal that keeps what is shown."""
    quit: bool = False
    """Whether Ctrl+Q on the home page ends the program: on a machine of somebody's own alone."""
    after_leaving: str = "auto"
    """One of `AFTER_LEAVING`."""
    speech: str = "off"
    """`off`, or the program that reads aloud: `espeak-ng`, or the whole path of one of that name."""
    database: str | None = None
    """Where this station keeps records, when it is a region's PostgreSQL; else its own file."""
    most_a_day: int = 120
    """Records that this station keeps in a day: more than its visitors could, and far fewer than a flood."""
    printer: str | None = None
    """The device file of a receipt printer, for plans and lists on paper; `None` for no paper at all."""
    printer_columns: int = 42
    """One of `PRINTER_COLUMNS`."""
    printer_codepage: str = "cp858"
    """One of `PRINTER_CODE_PAGES`."""

    OPTIONAL: ClassVar[frozenset[str]] = frozenset(
        {
            *("idle_seconds", "panic_key", "allow_recorder", "quit", "after_leaving", "database", "speech"),
            "most_a_day",
            *("printer", "printer_columns", "printer_codepage"),
            *("agency_kind", "provider"),
        }
    )

    def __post_init__(self) -> None:
        """Check every value. Raises `UnfitSetting` that names the key."""
        for item in fields(self):
            value = getattr(self, item.name)
            if value is None and item.default is None:
                continue
            kind, rule, fits = RULES[item.name]
            if type(value) is not kind or not fits(value):
                raise UnfitSetting(f"`{item.name}` must be {rule}.")

    @property
    def warn_seconds(self) -> int:
        """Seconds before the end at which the idle warning shows: 30, or half of a short idle time."""
        return min(30, self.idle_seconds // 2)


def _code(value: str) -> bool:
    return CODE.fullmatch(value) is not None


def _database(value: str) -> bool:
    from kiosk.vault.postgres.address import Address

    try:
        Address.parse(value)
    except KioskError:
        return False
    return True


def _printer(value: str) -> bool:
    return PRINTER.fullmatch(value) is not None and NO_PRINTERS.fullmatch(value) is None


RULES: dict[str, tuple[type, str, Callable[..., bool]]] = {
    "pack": (
        str,
        "a pack's id: small letters, digits and hyphens",
        lambda v: re.fullmatch(r"[a-z0-9-]{2,24}", v) is not None,
    ),
    "language": (str, "a language code such as `en`", lambda v: re.fullmatch(r"[a-z]{2,3}", v) is not None),
    "role": (str, "one of " + ", ".join(ROLES), lambda v: v in ROLES),
    "station": (str, "a code of 2 to 12 capital letters, digits and hyphens", _code),
    "region": (str, "a code of 2 to 12 capital letters, digits and hyphens", _code),
    "agency": (str, "a code of 2 to 12 capital letters, digits and hyphens", _code),
    "agency_kind": (str, "one of " + ", ".join(AGENCY_KINDS), lambda v: v in AGENCY_KINDS),
    "provider": (str, "a code of 2 to 12 capital letters, digits and hyphens", _code),
    "idle_seconds": (int, "a whole number from 30 to 3600", lambda v: v in IDLE_SECONDS),
    "panic_key": (str, "one of " + ", ".join(PANIC_KEYS), lambda v: v in PANIC_KEYS),
    "allow_recorder": (bool, "true or false", lambda v: True),
    "quit": (bool, "true or false", lambda v: True),
    "speech": (str, "`off`, `espeak-ng`, or the whole path of one", lambda v: SPEECH.fullmatch(v) is not None),
    "after_leaving": (str, "one of " + ", ".join(AFTER_LEAVING), lambda v: v in AFTER_LEAVING),
    "database": (str, "like `postgresql://USER@HOST/DATABASE`, without a password", _database),
    "most_a_day": (int, "a whole number from 10 to 9999", lambda v: v in MOST_A_DAY),
    "printer": (str, "the device file of a receipt printer, such as `/dev/usb/lp0`", _printer),
    "printer_columns": (int, "one of " + ", ".join(map(str, PRINTER_COLUMNS)), lambda v: v in PRINTER_COLUMNS),
    "printer_codepage": (str, "one of " + ", ".join(PRINTER_CODE_PAGES), lambda v: v in PRINTER_CODE_PAGES),
}


def read(path: Path) -> Station:
    """The settings in `path`. Raises `UnreadableSettings` with a sentence that names the key."""
    import tomllib

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            text = file.read(MAXIMUM_BYTES + 1)
    except OSError:
        raise UnreadableSettings("`station.toml` cannot be read.") from None
    if len(text) > MAXIMUM_BYTES:
        raise UnreadableSettings("`station.toml` is far too long.")
    try:
        untrusted_table = tomllib.loads(text.decode("utf-8"))
    except UnicodeDecodeError:
        raise UnreadableSettings("`station.toml` is not UTF-8 text.") from None
    except (ValueError, RecursionError) as error:  # ValueError: bad TOML, and a number of thousands of digits
        place = re.search(r"line (\d+)", str(error))
        line = f", line {place[1]}" if place else ""
        raise UnreadableSettings(f"`station.toml` is not valid TOML{line}.") from None
    return _station(untrusted_table)


def region_of(place: Place) -> Address | None:
    """The region that `station.toml` names, if it names one. Raises `UnreadableSettings`."""
    from kiosk.vault.postgres.address import Address

    if not place.set_up:
        return None
    named = read(place.station_toml).database
    return None if named is None else Address.parse(named)


def _station(untrusted_table: dict[str, object]) -> Station:
    """Settings from a parsed file: no key unknown, none missing, every one of its type."""
    known = {item.name for item in fields(Station)}
    for key in untrusted_table:
        if key not in known:
            shown = key if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key) else "…"
            raise UnreadableSettings(f"In `station.toml`, `{shown}` is not a setting.")
    for key in sorted(known - Station.OPTIONAL):
        if key not in untrusted_table:
            raise UnreadableSettings(f"In `station.toml`, `{key}` is missing.")
    if "panic_key" in untrusted_table and not isinstance(untrusted_table["panic_key"], str):
        raise UnreadableSettings(f"In `station.toml`, `panic_key` must be {RULES['panic_key'][1]}.")
    try:
        return Station(**untrusted_table)  # type: ignore[arg-type]  # every type is checked on making
    except UnfitSetting as error:
        raise UnreadableSettings(f"In `station.toml`, {error}") from None


def write(path: Path, station: Station) -> None:
    """Write `station` to a new file (0600), whole and synced to disk. Raises `AlreadyThere` or `KioskError`."""
    from kiosk.vault.private_file import write_private

    write_private(path, text(station).encode(), replace=False)


def put(path: Path, station: Station) -> None:
    """Write `station` in the place of what the file says (0600), whole or not at all. Raises `KioskError`."""
    from kiosk.vault.private_file import write_private

    write_private(path, text(station).encode(), replace=True)


def text(station: Station) -> str:
    """`station` as TOML, without what is not set."""
    import tomli_w

    held = {item.name: getattr(station, item.name) for item in fields(station)}
    printer = station.printer is not None
    return tomli_w.dumps(
        {name: value for name, value in held.items() if value is not None and (printer or name[:8] != "printer_")}
    )
