"""Checks of what the station was set up with: settings, database, keys, pack, printer."""

from __future__ import annotations

import json
import os
import stat
from datetime import date
from typing import TYPE_CHECKING, Any

from kiosk.doctor.finding import Finding, Host, broken, good, note, weak
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Iterator


def the_settings_are_whole(host: Host) -> Finding:
    """`station.toml` can be read, every value in it fits, and says what may be promised in an advocate's name."""
    try:
        station = host.station
    except KioskError as error:
        return broken(str(error), error.hint)
    if station.role == "advocate" and station.agency_kind is None:
        return note(
            "Nobody said for whom the advocates here work, so visitors are promised no privilege.",
            "Write `agency_kind` into `station.toml` (docs/operator.md).",
        )
    return good(f"Station {station.station} of region {station.region} works as {station.role}, pack {station.pack}.")


def the_database_is_whole(host: Host) -> Finding:
    """The database opens, is ours, of this version, and every page of it can be read. Says how many records it has."""
    from kiosk.vault import health

    try:
        health.check(host.place.summaries)
    except KioskError as error:
        return broken(str(error), error.hint)
    return good(f"The database is whole; sealed records in it: {_count(host)}.")


def _count(host: Host) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(f"file:{host.place.summaries}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM sealed_summary").fetchone()[0])


def records_are_sealed_to_known_keys(host: Host) -> Finding:
    """The ids of the keys; `kiosk keys show` has the words that are compared with the provider's own."""
    from kiosk.vault.station_key import StationKey

    try:
        key = StationKey.read(host.place.station_key)
    except KioskError as error:
        return broken(str(error), error.hint)
    prints = ", ".join(each.key_id.hex() for each in key.recipients)
    return good(f"Region {key.region}: {len(key.classes)} number classes, sealed to {prints}.")


def removals_come_in_order(host: Host) -> Finding:
    """This station knows its provider's signature, and no removal list was refused here."""
    import sqlite3
    from contextlib import closing

    from kiosk.vault.station_key import StationKey

    try:
        key = StationKey.read(host.place.station_key)
        with closing(sqlite3.connect(f"file:{host.place.summaries}?mode=ro", uri=True)) as database:
            serial, refused = database.execute("SELECT serial, refused FROM obeyed").fetchone()
    except KioskError as error:
        return broken(str(error), error.hint)
    except sqlite3.Error as error:
        return broken(f"The database cannot be asked ({type(error).__name__}).", "See what it says of the database.")
    if not key.signers:
        return weak(
            "This station does not know its provider's signature, and obeys no removal list.",
            "On the provider's machine: `kiosk region --again --station LABEL FILE`; here: `kiosk region --take FILE`.",
        )
    if refused:
        return weak(
            f"Removal lists that were refused here: {refused}. They were not the provider's, or older than the last.",
            "Ask the provider, by voice, which list is the last one, and where the others came from.",
        )
    return good(f"The last removal list that was obeyed here: {serial}.")


def no_private_key_lies_beside_a_kiosk(host: Host) -> Finding:
    """A machine that is kiosk and desk at once gives a thief both the records and the wrapped key (P4)."""
    if host.place.provider_key.exists() or host.place.desk_toml.exists():
        return note(
            "This machine is a kiosk and a provider's desk at once: passphrase and disk stand alone between them.",
            "Where you can, open the list on another machine, and give this one a region file (`kiosk region`).",
        )
    return good("No private key is on this machine.")


def the_pack_can_be_used(host: Host) -> Finding:
    """The chosen pack is there, checked, and speaks the station's language and role."""
    try:
        pack = read_pack(host)
    except KioskError as error:
        return broken(str(error), error.hint)
    reviewed = "" if pack.get("reviewed") else "; no advocate has read all of it yet"
    return good(f"Pack {pack['id']}, version {pack['version']}{reviewed}.")


def the_packs_words_are_fresh(host: Host) -> Finding:
    """Every piece that has a month to be read again by (`review_by`) is before it."""
    try:
        pack = read_pack(host)
    except KioskError as error:
        return broken(str(error), error.hint)
    month = f"{date.today():%Y-%m}"
    late = sorted({name for name, due in _due(pack) if due < month})
    if late:
        return weak(f"Pieces that should have been read again: {len(late)} (first: {late[0]}).", "Have them read.")
    return good("Nothing in the pack is due to be read again.")


def _due(found: Any) -> Iterator[tuple[str, str]]:
    if isinstance(found, dict):
        if isinstance(found.get("review_by"), str):
            yield str(found.get("id", "")), found["review_by"]
        found = list(found.values())
    if isinstance(found, list):
        for each in found:
            yield from _due(each)


def read_pack(host: Host) -> dict[str, Any]:
    """The station's pack as plain data, checked. Raises a `KioskError`."""
    from kiosk.content import snapshot

    station = host.station
    folder = snapshot.find(station.pack, host.place.packs)
    plain: dict[str, Any] = json.loads(snapshot.frozen(folder, host.place.packs))
    return plain


def the_printer_is_there(host: Host) -> Finding:
    """Where a printer is set, it is a device that this user may write to."""
    try:
        printer = host.station.printer
    except KioskError as error:
        return broken(str(error), error.hint)
    if not printer:
        return good("No printer is set; nothing is ever printed.")
    try:
        device = os.stat(printer)  # noqa: PTH116
    except OSError as error:
        return weak(f"The printer cannot be reached ({error.strerror}).", "Switch it on, and look at its cable.")
    if not stat.S_ISCHR(device.st_mode) or not os.access(printer, os.W_OK):
        return weak("The printer is no device that this user may write to.", "Add the account to the group `lp`.")
    return good("The printer is there.")
