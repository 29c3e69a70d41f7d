"""Sealed records between a database and a stick: out in one file, in by one transaction."""

from __future__ import annotations

import hmac
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.errors import KioskError
from kiosk.seal.sealed import NotSealed, SealedRecord, admit, key_ids, outside
from kiosk.vault.numbers import number_class, retired_tag
from kiosk.vault.private_file import AlreadyThere, flush_folder
from kiosk.vault.stick import Carried, Stick, check, open_untrusted, write
from kiosk.vault.store import RETIRED, SUMMARIES, Store, mac_of
from kiosk.vault.tidy import rebuild

_BATCH: Final = 400
"""Rows that are looked up, and put in, at once."""
_RENEW: Final = (
    update(SUMMARIES)
    .where(SUMMARIES.c.number == bindparam("wanted"))
    .values(sealed=bindparam("again"), mac=bindparam("vouched"))
)


class Belonging(NamedTuple):
    """What a machine has to know of its region to carry sealed records."""

    number_key: bytes
    """The key of the region's numbers."""
    recipients: frozenset[bytes]
    """The key ids that its records are sealed to."""
    older: frozenset[bytes]
    """Those of a key that is being replaced: a record may still be sealed to it."""
    station_secret: bytes | None
    """The secret of the station on this machine, `None` where there is none."""
    classes: frozenset[int] = frozenset()
    """The number classes dealt to that station."""


@dataclass(slots=True)
class Taken:
    """What became of a stick's records."""

    new: int = 0
    """Taken into the database."""
    known: int = 0
    """Here already, byte for byte, or in a newer copy: sealed to keys that came after those of the stick."""
    renewed: int = 0
    """Copies of this station's records that the desk sealed again to its new keys, in the place of the older ones."""
    retired: int = 0
    """Removed here once; they never come back."""
    clashing: tuple[int, ...] = ()
    """Numbers under which another record lies here; ours stays."""
    strange: tuple[int, ...] = ()
    """Numbers of records that are sealed to other keys than this region's; they are left out."""
    squatting: tuple[int, ...] = ()
    """Numbers of this station under which it made no such record; they are left out, so that they stay its own."""
    asked: int = 0
    """Removals that the stick asks for and this machine has not made itself; none is carried out."""
    meant: int = 0
    """Records here that those removals mean."""


def carry_out(path: Path, database: Path, number_key: bytes) -> tuple[int, int]:
    """Write every sealed record, and the tags of removed numbers, to a new file; it is read back and checked.

    Returns the counts of records and of removed numbers. Raises AlreadyThere, StoreFault or KioskError.
    """
    part = path.with_name(f".{path.name}.part")
    store = Store(database, number_key)
    if path.exists() or path.is_symlink():
        raise AlreadyThere(f"{path.name} is already there.")
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            counts = write(file, _all(store), store.retired_tags(), number_key)
            file.flush()
            os.fsync(file.fileno())
            check(file, number_key)
        part.rename(path)
        flush_folder(path.parent)
    except OSError as error:
        raise KioskError(f"{path.name} cannot be written ({error.strerror}).") from None
    finally:
        part.unlink(missing_ok=True)
    return counts


def _all(store: Store) -> Iterator[Carried]:
    for row in store.by_number():
        yield Carried(row.number, row.untrusted_mac, row.untrusted_sealed)


def bring_in(path: Path, database: Path, ours: Belonging) -> Taken:
    """Take a stick's records in, all of them in one transaction, and rebuild the file; twice is as good as once.

    Raises NotAStick, StoreFault or KioskError, and has taken nothing then.
    """
    with open_untrusted(path) as file:
        stick = check(file, ours.number_key)
        with Store(database, ours.number_key).changing() as connection:
            taken = _take(stick, connection, ours)
            taken.asked, taken.meant = _asked(stick, connection, ours.number_key)
            stick.still_whole()
    rebuild(database)
    return taken


def _take(stick: Stick, connection: Connection, ours: Belonging) -> Taken:
    taken = Taken()
    records = stick.contents()
    while batch := list(islice(records, _BATCH)):
        retired = _retired(connection, [retired_tag(each.number, ours.number_key) for each in batch])
        here = _here(connection, batch)
        coming = []
        for each in batch:
            if retired_tag(each.number, ours.number_key) in retired:
                taken.retired += 1
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


def _retired(connection: Connection, tags: list[bytes]) -> set[bytes]:
    return {row[0] for row in connection.execute(select(RETIRED.c.tag).where(RETIRED.c.tag.in_(tags)))}


def _ours(untrusted_sealed: bytes, recipients: Collection[bytes]) -> SealedRecord | None:
    """The record, if it is sealed to one of our keys at least."""
    try:
        suite, _ = outside(untrusted_sealed)
        return admit(untrusted_sealed, [each for each in key_ids(untrusted_sealed, suite) if each in recipients])
    except NotSealed:
        return None


def _asked(stick: Stick, connection: Connection, number_key: bytes) -> tuple[int, int]:
    """Count the removals that a stick asks for, and the records here that they mean.

    Every station can write such a file: it proves nothing about who wants them, so nothing is done about them.
    """
    tags, asked = stick.removed(), set[bytes]()
    while batch := list(islice(tags, _BATCH)):
        asked |= set(batch) - _retired(connection, batch)
    numbers = connection.execute(select(SUMMARIES.c.number)).scalars() if asked else ()
    return len(asked), sum(retired_tag(number, number_key) in asked for number in numbers)
