"""What a sitting is given at its start: settings, recipients' public keys, the checked pack. Read once, from memory.

The pack was checked when it was installed, so it is built here without a validator: importing one would cost more than
the first paint may.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from schema.agency import Agency
from schema.pack import Pack

T = TypeVar("T")
Make = Callable[[Any], Any]
"""Makes of plain data what it was frozen from."""

SNAPSHOT_FD = 3
"""The descriptor of the snapshot, given by the supervisor."""

SNAPSHOT_LIMIT = 8 * 1024 * 1024
"""Bytes that a snapshot may have; a larger one is not ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator chose for this station."""

    language: str
    role: str
    station: str
    region: str
    agency: str
    practice: bool
    quit: bool
    """Whether Ctrl+Q on the home page ends the kiosk."""
    panic_key: str | None
    """One more panic key, as it is called on a keyboard."""
    idle_seconds: int
    warn_seconds: int
    after_leaving: str
    """`home` or `end`."""
    instrument: int
    """The pack's two-byte name in a sealed record."""
    speech: bool = False
    """Whether there is a voice that can read aloud."""
    line: bool = False
    """Whether pages are read out line by line instead of being painted (`kiosk run --line`)."""
    printer_columns: int = 0
    """Letters in a line of this station's paper; 0 where nothing is printed."""
    printer_codepage: str = "cp858"
    """The printer's code page."""
    paper_ledger: bool = True
    """Whether sheets can be entered in a ledger here; where they cannot, no plan is printed (MO-11)."""
    agency_kind: str | None = None
    """For whom an advocate here works (`schema.pack.AGENCY_KINDS`); `None` where set-up did not ask."""
    kept_by_advocates: bool = False
    """Whether set-up named the victim service provider that keeps the list."""
    key_here: bool = False
    """Whether this station's own agency holds the key that opens what is kept."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that a sitting knows before its visitor sits down."""

    settings: Settings
    public_keys: tuple[tuple[int, bytes], ...]
    """Suite and public key of each recipient who may open a summary kept here."""
    pack: Pack
    profile: str
    """The scoring profile's own text (TOML)."""
    holder: Agency | None = None
    """Whom to ask with her number: the agency that holds the records; `None` on a station without a directory."""


@cache
def _maker(shape: Any) -> Make | None:
    """How lists and dicts become the dataclass, tuple or dict that they were frozen from; `None`: they are that."""
    arms = get_args(shape)
    if NoneType in arms:
        make = _maker(next(arm for arm in arms if arm is not NoneType))
        return make and partial(_unless_none, make)
    if is_dataclass(shape):
        makers = {name: _maker(hint) for name, hint in get_type_hints(shape).items()}
        return partial(_make_fields, shape, {name: make for name, make in makers.items() if make is not None})
    origin = get_origin(shape)
    if origin is tuple:
        make = _maker(arms[0])
        return tuple if make is None else partial(_make_items, make)
    if origin is dict:
        make = _maker(arms[1])
        return make and partial(_make_values, make)
    return None


def _unless_none(make: Make, plain: Any) -> Any:
    return None if plain is None else make(plain)


def _make_items(make: Make, plain: list[Any]) -> tuple[Any, ...]:
    return tuple(map(make, plain))


def _make_values(make: Make, plain: dict[str, Any]) -> dict[str, Any]:
    return {key: make(item) for key, item in plain.items()}


def _make_fields(shape: Any, makers: dict[str, Make], plain: dict[str, Any]) -> Any:
    return shape(**plain | {name: make(plain[name]) for name, make in makers.items() if name in plain})


def thaw(shape: Callable[..., T], plain: Any) -> T:
    """Build a dataclass of `schema.pack` from its frozen form. Raises `KeyError` or `TypeError` on another shape."""
    make = _maker(shape)
    return cast(T, plain if make is None else make(plain))


def at_station(pack: Pack, settings: Settings) -> Pack:
    """Return the pack with what is true of one station: which notice holds (MO-28), and who keeps the list (MO-03)."""
    policies = tuple(
        each if each.otherwise is None or settings.agency_kind in each.kinds else replace(each, notice=each.otherwise)
        for each in pack.policies
    )
    who = "advocates" if settings.kept_by_advocates else "here" if settings.key_here else "elsewhere"
    keeper = pack.words.get(f"keeper-{who}", {})
    return replace(pack, policies=policies, words=pack.words | {"keeper": keeper})


def parse(data: bytes) -> Snapshot:
    """Read a snapshot. Raises `ValueError`, `KeyError` or `TypeError` when it is not one."""
    plain = json.loads(data)
    settings = Settings(**{each.name: plain["settings"][each.name] for each in fields(Settings)})
    return Snapshot(
        settings=settings,
        public_keys=tuple((each["suite"], base64.b64decode(each["public"])) for each in plain["recipients"]),
        pack=at_station(thaw(Pack, plain["pack"]), settings),
        profile=plain["profile"],
        holder=None if plain["holder"] is None else Agency(**plain["holder"]),
    )


def read(descriptor: int) -> Snapshot:
    """Read the snapshot from the inherited descriptor and close it."""
    try:
        return parse(os.pread(descriptor, SNAPSHOT_LIMIT, 0))
    finally:
        os.close(descriptor)
