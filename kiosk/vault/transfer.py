"""Sealed records between a database and a stick: out in one file, in by one transaction."""

from __future__ import annotations

import hmac
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.seal.sealed import NotSealed, SealedRecord, admit, key_ids, outside
from kiosk.vault.numbers import number_class
from kiosk.vault.obeying import Agree, Obeyed, few, obey
from kiosk.vault.private_file import new_private
from kiosk.vault.rebuild import rebuild
from kiosk.vault.station_key import StationKey
from kiosk.vault.store import SUMMARIES, Store, mac_of
from kiosk.vault.transfer_file import Carried, Statement, Stick, check, open_untrusted, statement_mac, write

_BATCH: Final = 400
"""Rows that are looked up, and put in, at once."""
_RENEW: Final = (
    update(SUMMARIES)
    .where(SUMMARIES.c.number == bindparam("wanted"))
    .values(sealed=bindparam("again"), mac=bindparam("vouched"))
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a machine has to know of its region to carry sealed records."""

    number_key: bytes = field(repr=False)
    """The key of the region's numbers."""
    recipients: frozenset[bytes]
    """The key ids that its records are sealed to."""
    older: frozenset[bytes]
    """Those of a key that is being replaced: a record may still be sealed to it."""
    station_secret: bytes | None = field(repr=False)
    """The secret of the station on this machine, `None` where there is none."""
    classes: frozenset[int] = field(default=frozenset(), repr=False)
    """The number classes dealt to that station."""
    desk: bool = True
    """Whether a provider's desk is here: a mere station takes no record of another one."""
    signers: tuple[bytes, ...] = ()
    """Who signs removal lists that this machine obeys; nobody where it is the desk that signs them."""
    obeys: tuple[bytes, ...] = field(default=(), repr=False)
    """The secrets of the stations whose removals are made here."""


@dataclass(slots=True)
class Taken:
    """What became of a stick's records."""

    new: int = 0
    """Taken into the database."""
    known: int = 0
    """Here already, byte for byte, or in a newer copy: sealed to keys that came after those of the stick."""
    renewed: int = 0
    """Copies of this station's records that the desk sealed again to its new keys, in the place of the older ones."""
    clashing: tuple[int, ...] = ()
    """Numbers under which another record lies here; ours stays."""
    strange: tuple[int, ...] = ()
    """Numbers of records that are sealed to other keys than this region's; they are left out."""
    squatting: tuple[int, ...] = ()
    """Numbers of this station under which it made no such record; they are left out, so that they stay its own."""
    others: int = 0
    """Records of other stations, on a machine that is no desk: they are left out."""
    marks: int = 0
    """Marks of removed numbers in a file of an older version: nobody signed them, so they were passed over."""
    removal: Obeyed = field(default_factory=Obeyed)
    """What the provider's removal list on the stick led to."""
    said: Statement | None = None
    """What a station said of itself, for the desk."""


def carry_out(path: Path, database: Path, number_key: bytes, own: StationKey | None, removals: bytes | None) -> int:
    """Write every sealed record to a new file, with the provider's removal list where there is one.

    A station adds what it says of itself. The file is read back and checked. Returns the count of records. Raises
    AlreadyThere, StoreFault or KioskError.
    """
    store, numbers = Store(database, number_key), list[int]()

    def says() -> Statement:
        assert own is not None
        serial = store.obeyed()[0]
        return Statement(serial, statement_mac(own.station_secret, number_key, serial, numbers))

    def all_of_them() -> Iterator[Carried]:
        for row in store.by_number():
            if own is not None and number_class(row.number, number_key) in own.classes:
                numbers.append(row.number)
            yield Carried(row.number, row.untrusted_mac, row.untrusted_sealed)

    with new_private(path, replace=False) as file:
        count = write(file, all_of_them(), number_key, removals=removals, says=says if own else None)
        file.flush()
        os.fsync(file.fileno())
        check(file, number_key)
    return count


def bring_in(path: Path, database: Path, ours: Belonging, agree: Agree = few) -> Taken:
    """Take a stick's records in and obey its removal list, all of it in one transaction, and rebuild the file.

    Twice is as good as once. Raises NotAStick, TooMany, StoreFault or KioskError, and has changed nothing then.
    """
    with open_untrusted(path) as file:
        stick = check(file, ours.number_key)
        with Store(database, ours.number_key).changing() as connection:
            taken = _take(stick, connection, ours)
            removals, taken.said = stick.after()
            taken.marks = stick.marks
            if removals is not None and ours.obeys:
                taken.removal = obey(connection, removals, ours.number_key, ours.signers, ours.obeys, agree)
            stick.still_whole()
    rebuild(database)
    return taken


def numbers_on(path: Path, number_key: bytes) -> list[int]:
    """The numbers of a stick's records, in order. Raises NotAStick or KioskError."""
    with open_untrusted(path) as file:
        return [each.number for each in check(file, number_key).contents()]


def _take(stick: Stick, connection: Connection, ours: Belonging) -> Taken:
    taken = Taken()
    records = stick.contents()
    while batch := list(islice(records, _BATCH)):
        here = _here(connection, batch)
        coming = []
        for each in batch:
            if not ours.desk and not _vouched(each, ours):
                _pass_over(each, taken, ours)
            elif each.number in here:
                _meet(each, here[each.number], connection, ours, taken)
            elif (sealed := _ours(each.untrusted_sealed, ours.recipients | ours.older)) is None:
                taken.strange += (each.number,)
            elif number_class(each.number, ours.number_key) in ours.classes and not _vouched(each, ours):
                taken.squatting += (each.number,)
            else:
                coming.append({"number": each.number, "sealed": sealed, "mac": each.untrusted_mac})
        if coming:
            connection.execute(insert(SUMMARIES), coming)
        taken.new += len(coming)
    return taken


def _pass_over(each: Carried, taken: Taken, ours: Belonging) -> None:
    """What a mere station does not take: records of others, and what lies under its numbers and is not its own."""
    if number_class(each.number, ours.number_key) in ours.classes:
        taken.squatting += (each.number,)
    else:
        taken.others += 1


def _meet(each: Carried, here: tuple[bytes, bytes], connection: Connection, ours: Belonging, taken: Taken) -> None:
    """A number that is here already: the same record, an older or newer copy of it, or a clash; ours stays."""
    if here == (each.untrusted_sealed, each.untrusted_mac) or not _newest(each.untrusted_sealed, ours):
        taken.known += 1
    elif not _newest(here[0], ours) and _vouched(each, ours):
        sealed = admit(each.untrusted_sealed, ours.recipients)
        connection.execute(_RENEW, {"wanted": each.number, "again": sealed, "vouched": each.untrusted_mac})
        taken.renewed += 1
    else:
        taken.clashing += (each.number,)


def _newest(untrusted_sealed: bytes, ours: Belonging) -> bool:
    """Whether a record is sealed to all of today's keys."""
    try:
        admit(untrusted_sealed, ours.recipients)
    except NotSealed:
        return False
    return True


def _vouched(each: Carried, ours: Belonging) -> bool:
    """Whether this very station's secret made the MAC: besides the station itself only the desk has it."""
    if ours.station_secret is None:
        return False
    made = mac_of(ours.station_secret, each.number, each.untrusted_sealed)
    return hmac.compare_digest(made, each.untrusted_mac)


def _here(connection: Connection, batch: list[Carried]) -> dict[int, tuple[bytes, bytes]]:
    within = SUMMARIES.c.number.between(batch[0].number, batch[-1].number)
    return {row[0]: (row[1], row[2]) for row in connection.execute(select(SUMMARIES).where(within))}


def _ours(untrusted_sealed: bytes, recipients: Collection[bytes]) -> SealedRecord | None:
    """The record, if it is sealed to one of our keys at least."""
    try:
        suite, _ = outside(untrusted_sealed)
        return admit(untrusted_sealed, [each for each in key_ids(untrusted_sealed, suite) if each in recipients])
    except NotSealed:
        return None
