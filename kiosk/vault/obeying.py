"""Obeying the provider's removal list: what it asks of this machine, in order, once, and never too much unasked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import Enum

from sqlalchemy import Connection, func, select, update

from kiosk.errors import Refused
from kiosk.vault import removal_list
from kiosk.vault.removal_list import NotTheProviders, SignerUnknown
from kiosk.vault.store import OBEYED, SUMMARIES, remove_from

FEW: int = 5
"""Records that may go at once without anybody's word, however few there are."""
PER_CENT: int = 2
"""Hundredths of the records here that may."""

Agree = Callable[[int, int], bool]
"""Is asked whether so many records, of so many, may be removed here at once."""


class TooMany(Refused):
    """A list asks for more removals than anybody may make without a person's word."""

    hint = "Ask the provider whether that is right; then run it again on a terminal, where it asks you."


class Heard(Enum):
    """What became of a list."""

    NONE = "there was none"
    DONE = "it was obeyed"
    KNOWN = "it was obeyed before"
    OLDER = "it is older than one that was obeyed"
    STRANGE = "it is not the provider's"
    UNKNOWN_SIGNER = "this station does not know its provider's signature yet"


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What a removal list led to here."""

    heard: Heard = Heard.NONE
    serial: int = 0
    removed: int = 0
    """Records that were removed here."""
    numbers: frozenset[int] = field(default=frozenset(), repr=False)
    """The numbers that the list names for this machine."""


def few(going: int, of: int) -> bool:
    """Whether so many may go without anybody's word: five, or two in a hundred."""
    return going <= FEW or going * 100 <= of * PER_CENT


def obey(
    connection: Connection,
    untrusted: bytes,
    number_key: bytes,
    signers: Collection[bytes],
    secrets: Collection[bytes],
    agree: Agree,
) -> Obeyed:
    """Do what a list asks of the stations with these `secrets`, within the caller's transaction. Raises TooMany.

    A list that is not the provider's, or older than the last, is refused and counted. Rebuild the file afterwards.
    """
    try:
        wanted = removal_list.read(untrusted, number_key, signers)
    except SignerUnknown:
        return Obeyed(Heard.UNKNOWN_SIGNER)
    except NotTheProviders:
        connection.execute(update(OBEYED).values(refused=OBEYED.c.refused + 1))
        return Obeyed(Heard.STRANGE)
    last = connection.execute(select(OBEYED.c.serial)).scalar_one()
    if wanted.serial < last:
        connection.execute(update(OBEYED).values(refused=OBEYED.c.refused + 1))
        return Obeyed(Heard.OLDER, wanted.serial)
    if wanted.serial == last:
        return Obeyed(Heard.KNOWN, wanted.serial)
    numbers = frozenset[int]().union(*(wanted.part(secret) or () for secret in secrets))
    of = connection.execute(select(func.count()).select_from(SUMMARIES)).scalar_one()
    going = connection.execute(
        select(func.count()).select_from(SUMMARIES).where(SUMMARIES.c.number.in_(numbers))
    ).scalar_one()
    if not agree(going, of):
        raise TooMany(f"The provider's removal list asks for {going:,} of the {of:,} records here. None was removed.")
    remove_from(connection, numbers, number_key)
    connection.execute(update(OBEYED).values(serial=wanted.serial))
    return Obeyed(Heard.DONE, wanted.serial, going, numbers)
