"""What a merge hands to the meeting beside the list: each row's origin as a tag, and who is new, changed or gone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.desk.keys.derivation import SEED_LENGTH, Cost, unwrap, wrap
from kiosk.errors import Refused
from kiosk.meeting.packing import TAG_LENGTH
from kiosk.meeting.sealed_parts import LONGEST, Lock
from kiosk.vault.private_file import Missing, read_private, write_private

if TYPE_CHECKING:
    from kiosk.desk.merging.carrying import Carried

FORMAT: Final = 1
KIND: Final = b"kiosk origins"
"""What its lock is for."""


class NotItsOrigins(Refused):
    """A file of origins that belongs to no list, or to another one."""

    hint = "`kiosk merge --carry-key` writes it beside the list: FILE.origins. Give the two of one run."


@dataclass(frozen=True, slots=True)
class Origins:
    """The file, opened."""

    list_id: str
    month: str
    tags: tuple[bytes, ...]
    """By rank."""
    sources: frozenset[bytes]
    new: frozenset[str]
    changed: frozenset[str]
    gone: tuple[tuple[str, str], ...]
    said: dict[str, str]
    """Number to what its agency says became of somebody."""
    fresh: bool
    """Whether everybody has a new number."""


def beside(merged: Path) -> Path:
    """Where a merge writes the origins of a list."""
    return merged.with_name(f"{merged.stem}.origins")


def seal(carried: Carried, lock: Lock) -> bytes:
    """The file's bytes, under the lock of the meeting that it goes to, or a new one."""
    table = {
        "format": FORMAT,
        "list": carried.list_id,
        "month": carried.month,
        "tags": b"".join(carried.tags).hex(),
        "sources": sorted(each.hex() for each in carried.sources),
        "new": carried.new,
        "changed": carried.changed,
        "gone": carried.gone,
        "said": carried.said,
        "fresh": carried.fresh,
    }
    return lock.head + lock.seal(json.dumps(table, separators=(",", ":")).encode(), lock.head)


def read(path: Path, passphrase: str) -> Origins:
    """The file. Raises Missing, WrongPassphrase, NotItsOrigins or KioskError."""
    raw = read_private(path, longest=LONGEST)
    (plain,) = Lock.of(KIND, raw, passphrase).open(raw, 1)
    try:
        table = json.loads(plain)
        if table["format"] != FORMAT:
            raise ValueError
        tags = bytes.fromhex(table["tags"])
        return Origins(
            list_id=table["list"],
            month=table["month"],
            tags=tuple(tags[at : at + TAG_LENGTH] for at in range(0, len(tags), TAG_LENGTH)),
            sources=frozenset(bytes.fromhex(each) for each in table["sources"]),
            new=frozenset(table["new"]),
            changed=frozenset(table["changed"]),
            gone=tuple((number, why) for number, why in table["gone"]),
            said=dict(table["said"]),
            fresh=bool(table["fresh"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotItsOrigins(f"{path.name} holds no origins.") from None


def carry_secret(path: Path, passphrase: str, cost: Cost | None = None) -> bytes:
    """The secret in a carry key, 32 bytes; the file (0600, wrapped) is made where it is missing.

    Raises NotAKey, WrongPassphrase, WeakPassphrase or KioskError.
    """
    try:
        return unwrap(read_private(path), passphrase)
    except Missing:
        import os

        secret = os.urandom(SEED_LENGTH)
        write_private(path, wrap(secret, passphrase, cost), replace=False)
        return secret
