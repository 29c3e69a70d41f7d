"""What a sitting is given at its start: settings, recipients' public keys, the checked pack. Read once, from memory.

The pack was checked when it was installed, so it is built here without a validator: importing one would cost more than
the first paint may.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from kiosk.seal.record import Recipient
from schema.pack import Pack

T = TypeVar("T")

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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that a sitting knows before its visitor sits down."""

    settings: Settings
    recipients: tuple[Recipient, ...]
    """Whoever may open a summary kept here."""
    pack: Pack
    profile: str
    """The scoring profile's own text (TOML)."""


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _build(shape: Any, plain: Any) -> Any:
    """Turn lists and dicts back into the dataclass, tuple or dict that they were frozen from."""
    origin = get_origin(shape)
    if isinstance(shape, UnionType) or (origin is not None and NoneType in get_args(shape)):
        if plain is None:
            return None
        return _build(next(arm for arm in get_args(shape) if arm is not NoneType), plain)
    if is_dataclass(shape) and isinstance(shape, type):
        hints = _hints(shape)
        return shape(**{f.name: _build(hints[f.name], plain[f.name]) for f in fields(shape) if f.name in plain})
    if origin is tuple:
        inner = get_args(shape)[0]
        return tuple(plain) if inner in (str, int) else tuple(_build(inner, item) for item in plain)
    if origin is dict:
        inner = get_args(shape)[1]
        return plain if inner in (str, int) else {key: _build(inner, item) for key, item in plain.items()}
    return plain


def thaw(shape: type[T], plain: Any) -> T:
    """Build a dataclass of `schema.pack` from its frozen form. Raises `KeyError` or `TypeError` on another shape."""
    return cast(T, _build(shape, plain))


def parse(data: bytes) -> Snapshot:
    """Read a snapshot. Raises `ValueError`, `KeyError` or `TypeError` when it is not one."""
    plain = json.loads(data)
    return Snapshot(
        settings=thaw(Settings, plain["settings"]),
        recipients=tuple(
            Recipient(suite=each["suite"], public=base64.b64decode(each["public"])) for each in plain["recipients"]
        ),
        pack=thaw(Pack, plain["pack"]),
        profile=plain["profile"],
    )


def read(descriptor: int) -> Snapshot:
    """Read the snapshot from the inherited descriptor and close it."""
    try:
        return parse(os.pread(descriptor, SNAPSHOT_LIMIT, 0))
    finally:
        os.close(descriptor)
