"""Everything is checked before a visitor is let in, and a sitting is given what it can read."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from kiosk import config
from kiosk.directory.known import UnknownAgency
from kiosk.errors import KioskError
from kiosk.launch import become_supervisor, preflight
from kiosk.launch.become_supervisor import Plan
from kiosk.launch.station_pack import PackDoesNotFit
from kiosk.launch.system_clock import WrongClock
from kiosk.paths import Place
from kiosk.seal.record import Recipient
from kiosk.setup.create_kiosk import make
from kiosk.setup.draft import Draft
from kiosk.setup.offers import complete
from kiosk.vault.station_key import StationKey
from tests.made_up import HARBOR, made_at


class Opened(Exception):
    """The process would have become the supervisor."""

    def __init__(self, plan: Plan, snapshot: bytes, locks: list[int]) -> None:
        super().__init__("the process would have become the supervisor")
        self.plan, self.snapshot, self.locks = plan, snapshot, locks


@pytest.fixture(autouse=True)
def _stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stay in this process instead of becoming the supervisor; pytest may itself run under a recorder."""

    def become(plan: Plan, snapshot: bytes, locks: list[int], first: object) -> NoReturn:
        assert first is None
        for lock in locks:
            os.close(lock)
        raise Opened(plan, snapshot, locks)

    monkeypatch.setattr(become_supervisor, "become", become)
    monkeypatch.setattr("kiosk.launch.recorders.recorder", lambda: None)
    monkeypatch.setattr("kiosk.launch.bytecode.missing", lambda *_: False)


@pytest.fixture
def place(kiosk_home: Path, tmp_path: Path) -> Place:
    """A kiosk-only station, set up by a made-up region file."""
    key: StationKey = made_at(tmp_path / "desk").key
    draft = Draft()
    draft.take_region_file(StationKey("KIOSK-1", "MO-606", *parts(key), agencies=key.agencies))
    complete(draft)
    make(Place(kiosk_home), draft, lambda step: None)
    return Place(kiosk_home)


def parts(key: StationKey) -> tuple[bytes, bytes, frozenset[int], tuple[Recipient, ...]]:
    """What a made-up station shares with the one that a test sets up."""
    return key.station_secret, key.number_key, key.classes, key.recipients


def opened(place: Place) -> Opened:
    """Open the kiosk; what the supervisor would have been told."""
    with pytest.raises(Opened) as found:
        preflight.open_kiosk(place)
    return found.value


def test_a_sitting_reads_its_snapshot(place: Place) -> None:
    """What is built here is what a sitting thaws: settings, recipients, pack, profile."""
    from kiosk.priority.profile import load
    from kiosk.sitting import snapshot

    read = snapshot.parse(opened(place).snapshot)
    assert (read.settings.station, read.settings.region, read.settings.role) == ("KIOSK-1", "MO-606", "staff")
    assert read.settings.practice is False and read.settings.idle_seconds == 180
    assert read.pack.id == "us-mo" and read.settings.instrument == read.pack.instrument
    assert read.public_keys == tuple(
        (each.suite, each.public) for each in StationKey.read(place.station_key).recipients
    )
    assert load(read.profile.encode()).fingerprint == json.loads(opened(place).snapshot)["settings"]["profile"]


def test_a_sitting_knows_what_may_be_promised(place: Place) -> None:
    """MO-28, MO-03: kind of agency, whether a provider is named, and whether the key is here; no code of a provider."""
    from kiosk.sitting import snapshot

    told = snapshot.parse(opened(place).snapshot).settings
    assert (told.agency_kind, told.kept_by_advocates) == (None, False)
    here = place.desk_toml.exists() or place.provider_key.exists()
    assert told.key_here is here
    with place.station_toml.open("a") as settings:
        settings.write('agency_kind = "shelter"\nprovider = "HARBOR-9"\n')
    found = opened(place)
    told = snapshot.parse(found.snapshot).settings
    assert (told.agency_kind, told.kept_by_advocates) == ("shelter", True)
    assert b"HARBOR-9" not in found.snapshot
    place.desk_toml.touch(mode=0o600)
    assert snapshot.parse(opened(place).snapshot).settings.key_here is True


def test_a_printer_is_for_visitors_and_not_for_practice(place: Place) -> None:
    """Paper: the supervisor is told the device, the sitting the paper's width; a practice round prints nothing."""
    from kiosk.sitting import snapshot

    with place.station_toml.open("a") as settings:
        settings.write('printer = "/dev/usb/lp0"\nprinter_columns = 32\n')
    found = opened(place)
    told = snapshot.parse(found.snapshot).settings
    assert (found.plan.printer, told.printer_columns, told.paper_ledger) == ("/dev/usb/lp0", 32, True)
    assert b"/dev/usb" not in found.snapshot
    with pytest.raises(Opened) as practice:
        preflight.open_practice(place)
    assert practice.value.plan.printer is None
    assert snapshot.parse(practice.value.snapshot).settings.printer_columns == 0


def test_nothing_secret_goes_to_a_sitting(place: Place) -> None:
    """P4: the station's secret and the region's number key stay with the clerk."""
    found = opened(place)
    key = StationKey.read(place.station_key)
    told = found.snapshot + become_supervisor.settings(found.plan, None, [])
    assert place.home.as_posix().encode() in told, "the clerk is told where its files are"
    for secret in (key.station_secret, key.number_key):
        assert secret not in told and secret.hex().encode() not in told
    assert place.home.as_posix().encode() not in found.snapshot


def test_it_takes_both_locks(place: Place) -> None:
    """A running kiosk holds its own process file and the lock that keeps tidying away."""
    found = opened(place)
    assert len(found.locks) == 2
    assert {path.name for path in place.run.iterdir()} == {"kiosks.lock", f"{os.getpid()}.pid"}


@pytest.mark.parametrize(
    ("ssh", "set_to", "after"),
    [
        (False, "auto", "home"),
        (True, "auto", "end"),
        (True, "home", "home"),
        (False, "end", "end"),
    ],
)
def test_over_ssh_leaving_ends(
    place: Place, ssh: bool, set_to: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over SSH a visitor's leaving ends the program, so no standby is kept, unless the settings say otherwise."""
    if ssh:
        monkeypatch.setenv("SSH_CONNECTION", "yes")
    text = place.station_toml.read_text()
    place.station_toml.write_text(text.replace('after_leaving = "auto"', f'after_leaving = "{set_to}"'))
    found = opened(place)
    assert (found.plan.after_leaving, found.plan.standby) == (after, after == "home")


def test_the_neutral_frame_is_the_directory(place: Place) -> None:
    """The built-in frame names neutral services, and no word about violence."""
    lines = opened(place).plan.neutral
    assert any("211" in line for line in lines)
    assert not any(word in line.lower() for line in lines for word in ("violen", "abuse", "safety plan", "survivor"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_practice_needs_no_set_up(language: str, kiosk_home: Path) -> None:
    """`kiosk run --practice` starts on a bare machine, stores nothing and makes nothing."""
    with pytest.raises(Opened) as found:
        preflight.open_practice(Place(kiosk_home))
    assert found.value.plan.clerk is None and found.value.plan.closing is None
    assert found.value.locks == []
    assert json.loads(found.value.snapshot)["settings"]["practice"] is True
    assert json.loads(found.value.snapshot)["recipients"] == []
    assert not kiosk_home.exists()


def test_practice_goes_by_this_stations_role(place: Place) -> None:
    """Staff practise the notice that their visitors read."""
    place.station_toml.write_text(place.station_toml.read_text().replace("staff", "reporter"))
    with pytest.raises(Opened) as found:
        preflight.open_practice(place)
    assert json.loads(found.value.snapshot)["settings"]["role"] == "reporter"


def broken(place: Place, fault: str) -> None:
    """Break one thing."""
    match fault:
        case "modes":
            place.station_key.chmod(0o644)
        case "settings":
            place.station_toml.write_text("pack = 1\n")
        case "no settings":
            place.station_toml.unlink()
        case "database gone":
            place.summaries.unlink()
        case "database cut":
            place.summaries.write_bytes(place.summaries.read_bytes()[:700])
        case "database of others":
            place.summaries.write_bytes(b"made up" * 1000)
        case "station key":
            place.station_key.write_text("{}")
        case "station key gone":
            place.station_key.unlink()
        case "pack":
            place.station_toml.write_text(place.station_toml.read_text().replace("us-mo", "us-nowhere"))
        case "language":
            place.station_toml.write_text(place.station_toml.read_text().replace('"en"', '"xx"'))


@pytest.mark.parametrize(
    "fault",
    [
        *("modes", "settings", "no settings", "database gone", "database cut", "database of others"),
        *("station key", "station key gone", "pack", "language"),
    ],
)
def test_a_fault_is_said_before_a_visitor_is_let_in(place: Place, fault: str) -> None:
    """Missing, foreign, corrupt, wrong modes, unreadable settings, no such pack: a sentence and a hint."""
    opened(place)
    broken(place, fault)
    with pytest.raises(KioskError) as said:
        preflight.open_kiosk(place)
    assert str(said.value) and said.value.hint


def test_a_backup_may_lack_the_empty_folder(place: Place) -> None:
    """A data folder put back from a backup lacks the run folder, which held nothing: it is made again."""
    place.run.rmdir()
    opened(place)
    assert place.run.stat().st_mode & 0o777 == 0o700


def test_a_recorder_is_refused_and_can_be_allowed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorders: exit 3 unless `allow_recorder = true`."""
    monkeypatch.setattr("kiosk.launch.recorders.recorder", lambda: "script")
    with pytest.raises(KioskError, match="script") as refused:
        preflight.open_kiosk(place)
    assert refused.value.exit_code == 3
    text = place.station_toml.read_text()
    place.station_toml.write_text(text.replace("allow_recorder = false", "allow_recorder = true"))
    opened(place)


def test_a_language_or_role_the_pack_lacks_is_named(place: Place) -> None:
    """The sentence says which word of the settings does not fit."""
    station = config.read(place.station_toml)
    from kiosk.launch.station_pack import chosen

    with pytest.raises(PackDoesNotFit, match="'xx'"):
        chosen(place, station.pack, language="xx", role=station.role)
    with pytest.raises(PackDoesNotFit, match="'boss'"):
        chosen(place, station.pack, language="en", role="boss")


def test_a_clock_without_a_battery_is_named_first(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """K1: no visitor is let in while the month of her record cannot be written; practice stores nothing."""
    assert opened(place)
    monkeypatch.setattr("kiosk.launch.system_clock.NOT_BEFORE", date.max)
    with pytest.raises(WrongClock):
        preflight.open_kiosk(place)
    with pytest.raises(Opened):
        preflight.open_practice(place)


def test_her_last_page_is_told_whom_to_ask(place: Place) -> None:
    """MO-04: a sitting gets the agency that holds her number, of the region file, or of a directory here before it."""
    from kiosk.directory import area_file
    from kiosk.directory.area import Area, Provider
    from kiosk.sitting import snapshot

    assert snapshot.parse(opened(place).snapshot).holder == HARBOR
    newer = replace(HARBOR, telephone="573-555-0199")
    area_file.write(place.area_toml, Area("MO-606", "Made Up Area", "us-mo", (Provider(newer),)))
    assert snapshot.parse(opened(place).snapshot).holder == newer


def test_no_station_runs_for_an_agency_that_does_not_exist(place: Place) -> None:
    """Agencies: a code that the directory lacks, AGENCY-1 among them, is refused with a hint; practice goes on."""
    from kiosk.sitting import snapshot

    text = place.station_toml.read_text()
    for code in ("AGENCY-1", "HARBOR-9"):
        place.station_toml.write_text(text.replace('"HARBOR"', f'"{code}"'))
        with pytest.raises(UnknownAgency, match=code) as refused:
            preflight.open_kiosk(place)
        assert "kiosk directory hold" in refused.value.hint and refused.value.exit_code == 3
    with pytest.raises(Opened) as practice:
        preflight.open_practice(place)
    made_up = snapshot.parse(practice.value.snapshot).holder
    assert made_up is not None and "555-01" in made_up.telephone


@pytest.mark.parametrize("desk_here", [False, True])
def test_a_station_from_before_there_was_a_directory_keeps_working(
    desk_here: bool, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """Agencies: with no directory at all it opens, names nobody, and says which command mends that."""
    from kiosk.sitting import snapshot

    replace(StationKey.read(place.station_key), agencies=()).write(place.station_key, replace=True)
    place.station_toml.write_text(place.station_toml.read_text().replace('"HARBOR"', '"AGENCY-1"'))
    if desk_here:
        place.desk_toml.touch(mode=0o600)
    assert snapshot.parse(opened(place).snapshot).holder is None
    said = capsys.readouterr().err
    assert "can name nobody to ask" in said
    assert ("kiosk directory hold CODE" if desk_here else "kiosk region --take FILE --agency CODE") in said
