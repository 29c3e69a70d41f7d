"""`kiosk doctor`: each check sees what it is for, on a machine that a test makes up."""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
import types
from collections.abc import Callable
from contextlib import closing
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from kiosk.directory.area import TAGS, Provider
from kiosk.doctor import account, disk, ledger, memory, program, providers, region, station, terminal, voice, walls
from kiosk.doctor.checkup import STATUS, WISHES, as_json, as_lines, check_up, worst
from kiosk.doctor.finding import Finding, Host, Severity
from kiosk.errors import ExitCode
from kiosk.paths import Place
from kiosk.setup.create_kiosk import make
from kiosk.setup.draft import Draft
from kiosk.setup.offers import complete
from kiosk.vault.ledgers import Ledgers
from kiosk.vault.station_key import StationKey
from schema.training import ITEMS, Training
from tests.command_line import kiosk
from tests.made_up import made_at
from tests.unit.directory.area import HARBOR, RIVER, kept

Patch = pytest.MonkeyPatch
HEALTHY = {
    "proc/swaps": "Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n",
    "proc/sys/kernel/core_pattern": "core",
    "proc/sys/kernel/yama/ptrace_scope": "2",
    "proc/sys/kernel/seccomp/actions_avail": "kill_process errno allow",
    "proc/sys/user/max_user_namespaces": "1000",
    "proc/cmdline": "quiet init_on_free=1",
    "proc/self/status": "Name:\tkiosk\nUid:\t1000\t1000\t1000\t1000\n",
    "run/systemd/timesync/synchronized": "",
}
AS_ROOT = "Name:\tx\nUid:\t0\t0\t0\t0\n"
SESSION = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A kiosk-only station."""
    folder = tmp_path_factory.mktemp("station")
    key: StationKey = made_at(folder / "desk").key
    draft = Draft()
    draft.agency = RIVER.code
    draft.take_region_file(dataclasses.replace(key, station="KIOSK-1", agencies=(RIVER,)))
    complete(draft)
    place = Place(folder / "kiosk")
    make(place, draft, lambda step: None)
    return place


@pytest.fixture
def host(made: Place, tmp_path: Path, monkeypatch: Patch) -> Host:
    """A station on a machine that is as it should be."""
    root, home = tmp_path / "root", tmp_path / "home"
    home.mkdir()
    for name, text in HEALTHY.items():
        _write(root / name, text)
    number = made.home.stat().st_dev
    _write(root / f"sys/dev/block/{os.major(number)}:{os.minor(number)}/dm/uuid", "CRYPT-LUKS2-made-up")
    monkeypatch.setattr("kiosk.jail.landlock.abi", lambda: 7)
    monkeypatch.setattr("os.getgroups", lambda: [])
    monkeypatch.setattr("kiosk.doctor.account._sudo_without_password", lambda: False)
    monkeypatch.setattr("kiosk.doctor.providers._days_since", lambda day: 10)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "textual_dev" else find_spec(name))
    return Host(made, root, {**SESSION, "HOME": str(home)})


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_healthy_machine(host: Host) -> None:
    """Where everything is as it should be, nothing is weak or broken, and the command ends with 0."""
    checked = check_up(host)
    assert [each.wish for each in checked if each.finding.severity > Severity.NOTE] == []
    assert STATUS[worst(checked)] == ExitCode.DONE


def _file(name: str, text: str) -> Callable[[Host, Patch], Host]:
    def change(host: Host, patch: Patch) -> Host:
        _write(host.root / name, text)
        return host

    return change


def _variable(name: str, value: str | None) -> Callable[[Host, Patch], Host]:
    def change(host: Host, patch: Patch) -> Host:
        kept = {key: old for key, old in host.environ.items() if key != name}
        return dataclasses.replace(host, environ=kept if value is None else {**kept, name: value})

    return change


def _patched(name: str, value: object) -> Callable[[Host, Patch], Host]:
    def change(host: Host, patch: Patch) -> Host:
        patch.setattr(name, value)
        return dataclasses.replace(host)

    return change


def _typed(text: str) -> Callable[[Host, Patch], Host]:
    return lambda host, patch: _file("../home/.bash_history", text)(host, patch)


def _a_list_was_refused(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE obeyed SET refused = 1")


def _unsigned(file: Path) -> None:
    key = dataclasses.replace(StationKey.read(file), serial=0, signers=(), signatures=())
    key.write(file, replace=True)


def _without_agencies(file: Path) -> None:
    dataclasses.replace(StationKey.read(file), agencies=()).write(file, replace=True)


def _directory(*providers: Provider) -> Callable[[Host, Patch], Host]:
    """Put an area's directory beside a copy of the station."""
    return _station("area.toml", lambda path: kept(path.parent, *providers))


def _station(file: str, change: Callable[[Path], object]) -> Callable[[Host, Patch], Host]:
    """Change a copy of the station's folder."""

    def changed(host: Host, patch: Patch) -> Host:
        import shutil

        home = host.root.parent / "copy"
        shutil.copytree(host.place.home, home)
        home.chmod(0o700)
        change(home / file)
        return Host(Place(home), host.root, host.environ)

    return changed


def _sql(words: str) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            database.execute(words)
            database.commit()

    return change


def _setting(line: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(path.read_text() + line + "\n")


def _pack(**changes: object) -> Callable[[Host, Patch], Host]:
    return lambda host, patch: _patched(
        "kiosk.doctor.station.read_pack", lambda host: {"id": "x", "version": 1, "counties": ["A"], **changes}
    )(host, patch)


def _trained_once(day: date) -> Callable[[Path], object]:
    return lambda path: Ledgers(path).trained(Training("ST-1", next(iter(ITEMS)), day, "HARBOR"))


SERVICE = {
    "id": "made-up-house",
    "hotline": False,
    "met": None,
    "phone": "555-0100",
    "safety_planning": True,
    "counties": ["B"],
    "population_tags": [],
    "last_verified": None,
}
AMISS: list[tuple[Callable[[Host], Finding], Severity, Callable[[Host, Patch], Host]]] = [
    (
        program.the_program_is_as_it_was_built,
        Severity.BROKEN,
        _patched("kiosk.launch.integrity.read_list", lambda: {"kiosk/cli.py": "00"}),
    ),
    (
        program.the_program_is_as_it_was_built,
        Severity.BROKEN,
        _patched("kiosk.launch.bytecode._is_of", lambda source: False),
    ),
    (station.the_settings_are_whole, Severity.BROKEN, _station("station.toml", lambda path: path.write_text("x"))),
    (
        station.the_settings_are_whole,
        Severity.NOTE,
        _station("station.toml", lambda path: path.write_text(path.read_text().replace('"staff"', '"advocate"'))),
    ),
    (station.the_database_is_whole, Severity.BROKEN, _station("summaries.db", _sql("DROP TABLE removed"))),
    (station.records_are_sealed_to_known_keys, Severity.BROKEN, _station("station.key", Path.unlink)),
    (station.removals_come_in_order, Severity.WEAK, _station("summaries.db", _a_list_was_refused)),
    (station.removals_come_in_order, Severity.WEAK, _station("station.key", _unsigned)),
    (station.no_private_key_lies_beside_a_kiosk, Severity.NOTE, _station("provider.key", Path.touch)),
    (station.the_pack_can_be_used, Severity.BROKEN, _station("station.toml", lambda path: path.write_text("x"))),
    (station.the_packs_words_are_fresh, Severity.WEAK, _pack(pages=[{"id": "x", "review_by": "2020-01"}])),
    (providers.the_numbers_were_called, Severity.NOTE, _patched("kiosk.doctor.providers._days_since", lambda day: 91)),
    (providers.somebody_plans_for_safety_in_every_county, Severity.WEAK, _pack(resources=[SERVICE])),
    (
        providers.somebody_plans_for_safety_in_every_county,
        Severity.NOTE,
        _pack(resources=[SERVICE | {"counties": "*"}]),
    ),
    (
        providers.every_county_has_a_provider,
        Severity.WEAK,
        _directory(Provider(RIVER, ("*",), able=True, willing=True)),
    ),
    (providers.every_county_has_a_provider, Severity.WEAK, _directory(Provider(RIVER, ("Adair County",), able=True))),
    (providers.the_providers_were_called, Severity.NOTE, _directory(Provider(RIVER, last_called=date(2020, 1, 1)))),
    (
        providers.the_providers_were_called,
        Severity.WEAK,
        _directory(Provider(dataclasses.replace(RIVER, telephone=""))),
    ),
    (providers.somebody_can_be_asked_with_a_number, Severity.WEAK, _station("station.key", _without_agencies)),
    (providers.somebody_can_be_asked_with_a_number, Severity.BROKEN, _directory(Provider(HARBOR))),
    (
        providers.somebody_can_be_asked_with_a_number,
        Severity.WEAK,
        _directory(Provider(dataclasses.replace(RIVER, telephone=""))),
    ),
    (providers.the_providers_are_known, Severity.NOTE, _pack(resources=[SERVICE | {"met": "2020-01"}])),
    (providers.special_populations_are_served, Severity.NOTE, _pack(resources=[SERVICE])),
    (
        providers.special_populations_are_served,
        Severity.NOTE,
        _pack(resources=[SERVICE | {"hotline": True, "population_tags": list(TAGS)}]),
    ),
    (
        station.the_printer_is_there,
        Severity.WEAK,
        _patched("kiosk.doctor.finding.Host.station", types.SimpleNamespace(printer="/nowhere/lp0")),
    ),
    (
        voice.the_voice_is_there,
        Severity.WEAK,
        _patched("kiosk.doctor.finding.Host.station", types.SimpleNamespace(speech="/nowhere/espeak-ng")),
    ),
    (ledger.no_paper_is_unaccounted_for, Severity.WEAK, _station("ledgers.db", lambda path: Ledgers(path).new_sheet())),
    (ledger.the_staff_are_trained, Severity.WEAK, _station("ledgers.db", _trained_once(date(2020, 1, 1)))),
    (disk.only_this_user_reaches_the_folder, Severity.BROKEN, _station("station.key", lambda path: path.chmod(0o644))),
    (
        disk.there_is_room,
        Severity.WEAK,
        _patched("shutil.disk_usage", lambda path: types.SimpleNamespace(free=9 << 20)),
    ),
    (disk.there_is_room, Severity.BROKEN, _patched("shutil.disk_usage", lambda path: types.SimpleNamespace(free=4096))),
    (disk.the_disk_is_encrypted, Severity.WEAK, _patched("kiosk.doctor.disk._encrypted", lambda host, block: False)),
    (disk.the_clock_is_right, Severity.BROKEN, _patched("kiosk.doctor.disk.NOT_BEFORE", date.max)),
    (disk.the_clock_is_right, Severity.NOTE, lambda host, patch: _without(host, "run/systemd/timesync/synchronized")),
    (memory.the_user_is_not_root, Severity.BROKEN, _file("proc/self/status", AS_ROOT)),
    (memory.memory_is_never_swapped_in_clear, Severity.WEAK, _file("proc/swaps", "head\n/dev/sda2 partition 9 0 -2")),
    (memory.crashes_write_no_memory, Severity.NOTE, _file("proc/sys/kernel/core_pattern", "|/lib/systemd-coredump")),
    (memory.others_cannot_debug, Severity.WEAK, _file("proc/sys/kernel/yama/ptrace_scope", "0")),
    (memory.buffers_can_be_locked, Severity.WEAK, _patched("resource.getrlimit", lambda which: (4096, 4096))),
    (memory.freed_pages_are_zeroed, Severity.NOTE, _file("proc/cmdline", "quiet init_on_free=0")),
    (walls.files_are_walled_off, Severity.WEAK, _patched("kiosk.jail.landlock.abi", lambda: 0)),
    (walls.files_are_walled_off, Severity.WEAK, _patched("kiosk.jail.landlock.abi", lambda: 3)),
    (walls.files_are_walled_off, Severity.NOTE, _patched("kiosk.jail.landlock.abi", lambda: 5)),
    (walls.system_calls_are_filtered, Severity.WEAK, _file("proc/sys/kernel/seccomp/actions_avail", "")),
    (walls.a_sitting_has_no_network, Severity.NOTE, _file("proc/sys/user/max_user_namespaces", "0")),
    (terminal.the_terminal_is_known, Severity.BROKEN, _variable("TERM", "dumb")),
    (
        terminal.nothing_records_the_terminal,
        Severity.BROKEN,
        _patched("kiosk.launch.recorders.recorder", lambda **_: "tmux"),
    ),
    (terminal.the_terminal_speaks_utf_8, Severity.WEAK, _variable("LANG", "en_US.ISO-8859-1")),
    (terminal.the_terminal_speaks_utf_8, Severity.WEAK, _variable("TERM", "linux")),
    (terminal.the_font_has_every_glyph, Severity.WEAK, _patched("kiosk.doctor.terminal._glyphs", lambda fd: {65})),
    (account.the_account_cannot_become_root, Severity.BROKEN, _file("proc/self/status", AS_ROOT)),
    (account.the_account_cannot_become_root, Severity.WEAK, _patched("os.getgroups", lambda: [0])),
    (
        account.the_account_cannot_become_root,
        Severity.WEAK,
        _patched("kiosk.doctor.account._sudo_without_password", lambda: True),
    ),
    (account.no_shell_remembers_numbers, Severity.WEAK, _typed("ls\n")),
    (account.no_shell_remembers_numbers, Severity.BROKEN, _typed("kiosk withdraw 10000005\n")),
    (account.no_agent_is_forwarded, Severity.WEAK, _variable("SSH_AUTH_SOCK", "/tmp/made-up")),
    (
        account.nobody_else_uses_the_account,
        Severity.NOTE,
        _patched("kiosk.doctor.account._terminals", lambda host: [(os.getuid(), 34816), (os.getuid(), 34817)]),
    ),
    (account.nothing_is_planted_in_the_environment, Severity.NOTE, _variable("TEXTUAL_LOG", "/tmp/log")),
    (account.developers_tools_are_not_here, Severity.WEAK, _patched("importlib.util.find_spec", lambda name: name)),
]


def _without(host: Host, name: str) -> Host:
    (host.root / name).unlink()
    return host


@pytest.mark.parametrize(("wish", "severity", "change"), AMISS, ids=[each[0].__name__ for each in AMISS])
def test_each_check_sees_what_it_is_for(
    wish: Callable[[Host], Finding],
    severity: Severity,
    change: Callable[[Host, Patch], Host],
    host: Host,
    monkeypatch: Patch,
) -> None:
    """J9: fulfilled on a healthy machine; after one change it is not, says so, and has a mend."""
    before = wish(host)
    found = wish(change(host, monkeypatch))
    assert before.severity == Severity.NOTE
    assert not found.fulfilled
    assert found.severity == severity
    assert found.said.endswith(".") and found.mend.endswith((".", ")"))
    assert before != found


def test_every_check_was_seen_to_fail() -> None:
    """No check is there that this file has not seen find something, but for the one that only tells of colours.

    Those of a region's server are seen in tests/region/test_doctor.py.
    """
    here = {wish for wish in WISHES if wish.__module__ != region.__name__}
    assert here - {each[0] for each in AMISS} == {terminal.the_terminal_has_colours}


def test_a_check_that_fails_itself_is_a_finding(host: Host) -> None:
    """One check that breaks is said by its error's name alone, and the others are still asked."""

    def secretive(host: Host) -> Finding:
        raise ValueError("what a visitor said")

    checked = check_up(host, (secretive, terminal.the_terminal_is_known))
    assert [each.finding.fulfilled for each in checked] == [False, True]
    assert "what a visitor said" not in as_json(checked) + "\n".join(as_lines(checked))


def test_the_worst_decides_how_it_ends(host: Host) -> None:
    """0 with notes alone, 3 with something weak, 4 with something broken."""
    by = {severity: lambda host, severity=severity: Finding(False, "x.", severity, "y.") for severity in Severity}
    ends = [STATUS[worst(check_up(host, (by[each],)))] for each in sorted(Severity)]
    assert ends == [ExitCode.DONE, ExitCode.REFUSED, ExitCode.ENVIRONMENT]


def test_the_command(made: Place, tmp_path: Path) -> None:
    """`kiosk doctor --json` names what was dropped from its environment, and its status is the worst found."""
    done = kiosk("doctor", "--json", cwd=tmp_path, KIOSK_HOME=str(made.home), TEXTUAL_LOG="x", PYTHONNOUSERSITE="1")
    found = json.loads(done.stdout)
    assert done.returncode == {"note": 0, "weak": 3, "broken": 4}[found["worst"]]
    (planted,) = (each for each in found["checks"] if each["wish"] == "nothing is planted in the environment")
    assert "TEXTUAL_LOG" in planted["said"] and "PYTHONNOUSERSITE" in planted["said"]
    assert "Traceback" not in done.stderr
    text = kiosk("doctor", cwd=tmp_path, KIOSK_HOME=str(made.home)).stdout
    assert f"{len(WISHES)} checks: " in text
    assert all(len(line) <= 80 for line in text.splitlines())
