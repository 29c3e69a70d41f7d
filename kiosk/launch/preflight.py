"""Opening a kiosk: everything checked that can be, before a visitor is let in."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, NoReturn

from kiosk.config import Station
from kiosk.errors import KioskError
from kiosk.launch import become_supervisor, bytecode
from kiosk.launch.become_supervisor import Plan, Program, python
from kiosk.launch.environment import for_child, for_sitting, for_speech
from kiosk.launch.first_sitting import SITTING
from kiosk.launch.station_pack import ChosenPack, chosen, neutral

if TYPE_CHECKING:
    from kiosk.launch.first_sitting import FirstSitting
    from kiosk.paths import Place
    from kiosk.seal.record import Recipient
    from schema.agency import Agency

PRACTICE = Station(
    pack="practice", language="en", role="staff", station="PRACTICE", region="PRACTICE", agency="NONE", quit=True
)
"""Practice on a machine that was never set up."""


def open_kiosk(place: Place, first: FirstSitting | None = None, *, line: bool = False) -> NoReturn:
    """Check the station and become its supervisor, full screen or `line` by line.

    Raises a `KioskError` for whatever is not as it must be.
    """
    from kiosk import config
    from kiosk.directory.known import NO_DIRECTORY, agencies, holder, how_to_mend
    from kiosk.launch import recorders, running_kiosks, system_clock
    from kiosk.paths import check_modes
    from kiosk.vault import health
    from kiosk.vault.locks import hold
    from kiosk.vault.postgres import driver
    from kiosk.vault.station_key import StationKey

    check_modes(place)
    station = config.read(place.station_toml)
    recorders.refuse(allowed=station.allow_recorder)
    system_clock.check()
    health.check(place.summaries)
    if station.database is not None:
        driver.check()
    key = StationKey.read(place.station_key)
    agency = holder(station, agencies(place, key))
    if agency is None:
        print(f"kiosk: {NO_DIRECTORY} {how_to_mend(desk_here=place.desk_toml.exists())}", file=sys.stderr)
    bytecode.ready(bytecode.OPERATORS)
    with suppress(OSError):  # whoever takes the locks says what is wrong with it
        place.run.mkdir(mode=0o700, exist_ok=True)
    locks = [hold(place), running_kiosks.enter(place.run)]
    _open(place, station, key.recipients, locks, first, agency=agency, line=line)


def open_practice(place: Place, first: FirstSitting | None = None, *, line: bool = False) -> NoReturn:
    """Become the supervisor of a practice kiosk: made-up content, nothing stored. Works before set-up."""
    bytecode.ready(bytecode.OPERATORS)
    _open(place, _practised(place), (), [], first, line=line)


def _practised(place: Place) -> Station:
    """The settings that practice goes by: this station's role and keys where it has been set up."""
    from dataclasses import replace

    from kiosk import config

    try:
        own = config.read(place.station_toml)
    except KioskError:
        return PRACTICE
    return replace(PRACTICE, role=own.role, idle_seconds=own.idle_seconds, panic_key=own.panic_key, speech=own.speech)


def _open(
    place: Place,
    station: Station,
    recipients: Sequence[Recipient],
    locks: Sequence[int],
    first: FirstSitting | None,
    *,
    agency: Agency | None = None,
    line: bool,
) -> NoReturn:
    """Build what the supervisor and the sittings are given, and become the supervisor."""
    speech = _voice(station)
    pack = chosen(place, station.pack, language=station.language, role=station.role)
    practice = station.pack == PRACTICE.pack
    if practice:
        agency = _made_up_agency(pack)
    after = _after_leaving(station)
    here = not practice and (place.desk_toml.exists() or place.provider_key.exists())
    aloud = speech is not None
    told = snapshot(
        station, recipients, pack, after=after, practice=practice, key_here=here, agency=agency, line=line, speech=aloud
    )
    become_supervisor.become(
        plan(place, station, neutral(pack.plain, station.language), after=after, practice=practice, speech=speech),
        told,
        locks,
        first,
    )


def _made_up_agency(pack: ChosenPack) -> Agency:
    """The access point of the practice pack: practice says whom to ask, as any station does."""
    from schema.agency import Agency

    service = next(each for each in pack.plain["resources"] if each["access_point"])
    return Agency("PRACTICE", service["label"], service["phone"])


def _after_leaving(station: Station) -> str:
    """What follows a leaving: over SSH the end, at a machine's own terminal the home page, unless it is set."""
    if station.after_leaving != "auto":
        return station.after_leaving
    return "end" if "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ else "home"


def _voice(station: Station) -> str | None:
    """The program that reads aloud; `None` where that is off, or the program missing, which is said."""
    if station.speech == "off":
        return None
    from kiosk.speech.program import found_or_told

    return found_or_told(station.speech)


def plan(
    place: Place,
    station: Station,
    neutral: tuple[str, ...],
    *,
    after: str,
    practice: bool,
    speech: str | None = None,
) -> Plan:
    """What the supervisor of a kiosk is told."""
    own = dict(os.environ)
    home = os.fspath(place.home)
    return Plan(
        sitting=Program(SITTING, for_sitting(own)),
        clerk=None if practice else Program(python("kiosk.vault.clerk", "--home", home), for_child(own)),
        closing=None if practice else Program(python("kiosk.vault.rebuild", "--home", home), for_child(own)),
        neutral=neutral,
        idle_seconds=station.idle_seconds,
        warn_seconds=station.warn_seconds,
        panic_key=station.panic_key,
        after_leaving=after,
        quit=station.quit,
        standby=after == "home",
        printer=None if practice else station.printer,
        speech=None if speech is None else Program(python("kiosk.speech", speech), for_speech(own)),
    )


def snapshot(
    station: Station,
    recipients: Sequence[Recipient],
    pack: ChosenPack,
    *,
    after: str,
    practice: bool,
    key_here: bool,
    agency: Agency | None = None,
    line: bool = False,
    speech: bool = False,
) -> bytes:
    """What a sitting is given, as JSON: settings, recipients' public keys, the checked pack, the scoring profile."""
    from kiosk.priority.profile import HUD_GENERIC_2, load

    scoring = HUD_GENERIC_2.read_bytes()
    head = {
        "settings": {
            "language": station.language,
            "role": station.role,
            "station": station.station,
            "region": station.region,
            "agency": station.agency,
            "agency_kind": station.agency_kind,
            "kept_by_advocates": station.provider is not None,
            "key_here": key_here,
            "practice": practice,
            "quit": station.quit,
            "panic_key": station.panic_key,
            "idle_seconds": station.idle_seconds,
            "warn_seconds": station.warn_seconds,
            "after_leaving": after,
            "instrument": pack.plain["instrument"],
            "line": line,
            "speech": speech,
            "profile": load(scoring).fingerprint,
            "printer_columns": 0 if practice or station.printer is None else station.printer_columns,
            "printer_codepage": station.printer_codepage,
            # the clerk of a station that keeps records in its region can write no file
            "paper_ledger": station.database is None,
        },
        "recipients": [
            {"suite": int(each.suite), "public": base64.b64encode(each.public).decode()} for each in recipients
        ],
        "profile": scoring.decode(),
        "holder": asdict(agency) if agency else None,
    }
    # The pack is put in as it is: writing it again would cost more than reading it did.
    return json.dumps(head).encode()[:-1] + b', "pack": ' + pack.frozen + b"}"
