"""The rooms keep apart when the program really runs: what is loaded, seen in a clean interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from kiosk.seal.record import seal
from tests.made_up import a_summary, made_at

ROOT = Path(__file__).resolve().parents[2]
PRIVATE = ("keyring", "sqlmodel", "sqlalchemy", "pydantic", "secretstorage", "textual_dev", "psycopg")
"""What no process that serves a visitor may hold."""


def loaded(code: str, *flags: str) -> set[str]:
    """The modules that a clean interpreter holds after `code`."""
    said = subprocess.run(
        [
            sys.executable,
            *flags,
            "-c",
            f"{code}\nimport sys\nheld = sorted(sys.modules)\nimport json\nprint(json.dumps(held))",
        ],
        capture_output=True,
        text=True,
        cwd="/",
        env={"LANG": "C.UTF-8"},
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return set(json.loads(said.stdout.splitlines()[-1]))


def rooms(modules: set[str], *names: str) -> set[str]:
    """Those of `modules` that lie in one of the named rooms."""
    return {each for each in modules if any(each == name or each.startswith(f"{name}.") for name in names)}


def test_a_sitting_holds_no_way_to_open_anything() -> None:
    """P4: after a sitting has loaded everything it has, there is no desk, keyring, store or validator in it."""
    every = "import importlib, pkgutil, kiosk.sitting as s\n" + (
        "for m in pkgutil.walk_packages(s.__path__, 'kiosk.sitting.'):\n"
        "    m.name.endswith('__main__') or importlib.import_module(m.name)\n"
        "import kiosk.seal.record, cryptography.hazmat.primitives.hpke"
    )
    modules = loaded(every, "-s", "-P")
    assert {"textual.app", "kiosk.sitting.app", "kiosk.sitting.pages.review", "kiosk.seal.record"} <= modules
    assert not rooms(modules, *PRIVATE, "kiosk.desk", "kiosk.setup", "kiosk.vault.store", "schema.tables")
    assert not rooms(modules, "kiosk.commands", "kiosk.cli", "kiosk.content")


def test_a_sitting_leaves_tls_out() -> None:
    """P4: a sitting, which can open no connection, starts without TLS, and its event loop does without."""
    code = (
        "import kiosk.terminal.process as process, kiosk.sitting.__main__ as sitting\n"
        "process.begin = lambda _: None\n"
        "try: sitting.main()\nexcept OSError: import asyncio"
    )
    modules = loaded(code, "-s", "-P")
    assert "asyncio.sslproto" in modules and not rooms(modules, "_ssl")


def test_before_the_first_paint_nothing_heavy_is_loaded() -> None:
    """A sitting starts without validator, ciphers or store: its first page needs none of them."""
    modules = loaded("import kiosk.sitting.app", "-s", "-P")
    assert "kiosk.sitting.app" in modules
    assert not rooms(modules, *PRIVATE, "sqlite3", "cryptography")


def test_the_supervisor_is_the_standard_library() -> None:
    """The supervisor runs under -I -S and holds nothing but the standard library and its own room."""
    code = (
        f"import sys; sys.path.append({str(ROOT)!r})\nimport importlib, pkgutil, kiosk.supervisor as s\n"
        "for m in pkgutil.walk_packages(s.__path__, 'kiosk.supervisor.'):\n"
        "    m.name.endswith('__main__') or importlib.import_module(m.name)"
    )
    modules = loaded(code, "-I", "-S")
    own = rooms(modules, "kiosk")
    assert len(rooms(own, "kiosk.supervisor")) > 10
    assert rooms(own, "kiosk.supervisor", "kiosk.jail") | {"kiosk"} == own
    foreign = {each for each in modules - own if each.partition(".")[0] not in sys.stdlib_module_names}
    assert foreign == {"__main__"}


CLERK = "import kiosk.vault.clerk, kiosk.vault.stores, kiosk.vault.clerk_jail, kiosk.vault.sheet_ledger"


def test_the_clerk_cannot_open() -> None:
    """P4: the clerk stores and never opens: no private key's room, no screen."""
    modules = loaded(f"{CLERK}, kiosk.vault.store", "-s", "-P")
    assert "sqlalchemy" in modules
    assert not rooms(modules, "kiosk.desk", "kiosk.sitting", "kiosk.setup", "keyring", "textual")


def test_a_clerk_is_the_standard_library(tmp_path: Path) -> None:
    """I1: a clerk that has put a number aside, kept a record and entered a sheet holds no third party's module.

    Each of fifty visitors has a clerk of her own; with SQLModel each would weigh 30 MiB more.
    """
    made = made_at(tmp_path / "k")
    number = made.number()
    (tmp_path / "record").write_bytes(seal(a_summary(number), number, made.key.recipients))
    code = f"""{CLERK}
from pathlib import Path
from kiosk.paths import Place
from kiosk.seal.wire import Kept, Number, Sheet, pack_ask, pack_paper
place = Place(Path({str(made.place.home)!r}))
key = kiosk.vault.station_key.StationKey.read(place.station_key)
sheets = kiosk.vault.sheet_ledger.SheetLedger(place.ledgers)
clerk = kiosk.vault.clerk.Clerk(key, kiosk.vault.stores.Records(place, key.number_key, None).appender(), sheets)
assert isinstance(clerk.answer(pack_ask()), Number) and isinstance(clerk.answer(pack_paper()), Sheet)
clerk._aside = {number}
record = Path({str(tmp_path / "record")!r}).read_bytes()
assert clerk.answer(b"S" + ({number}).to_bytes(4, "big") + record) == Kept()
"""
    modules = loaded("import kiosk.vault.station_key, " + code.removeprefix("import "), "-s", "-P")
    assert [row.number for row in made.store.rows()] == [number] and len(made.ledgers.sheets()) == 1
    foreign = {each.partition(".")[0] for each in modules} - sys.stdlib_module_names - {"__main__", "kiosk", "schema"}
    assert not {each for each in foreign if not each.startswith("_")}


def test_a_regions_clerk_needs_its_driver_only() -> None:
    """I1: a clerk of a region loads PostgreSQL's driver, and neither SQLAlchemy nor a validator."""
    modules = loaded("import kiosk.vault.postgres.appending, kiosk.vault.postgres.connecting, psycopg", "-s", "-P")
    assert "psycopg" in modules
    assert not rooms(modules, "sqlmodel", "sqlalchemy", "pydantic", "cryptography")


def test_the_command_line_starts_lean() -> None:
    """`kiosk --help` and `kiosk panic` load no screen, no store, no cipher, no validator."""
    modules = loaded("from kiosk.cli import run\nrun(['panic'])", "-s", "-P")
    assert "kiosk.commands.panic" in modules
    assert not rooms(modules, *PRIVATE, "textual", "rich", "cryptography", "sqlite3", "asyncio")


def test_the_first_sitting_is_started_before_anything_is_loaded() -> None:
    """A kiosk that starts is waited for: what starts its first sitting loads no parser, no JSON, no typing."""
    start = "import kiosk.cli, kiosk.commands.run, kiosk.launch.first_sitting"
    modules = loaded(start, "-s", "-P") - loaded("pass", "-s", "-P")
    assert "kiosk.supervisor.children" in modules
    assert not modules & {"argparse", "json", "typing", "re", "dataclasses", "pathlib"}


def test_the_rooms_hold_no_code_of_their_own() -> None:
    """`schema/__init__.py` and `widgets/__init__.py` are only names."""
    assert (ROOT / "schema/__init__.py").read_text() == (ROOT / "widgets/__init__.py").read_text() == ""


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Rooms: whoever knows somebody is not known by them, not even as a type or in the middle of a function."""
    graph = grimp.build_graph("kiosk", "schema", "widgets")
    sorter = TopologicalSorter({each: graph.find_modules_directly_imported_by(each) for each in graph.modules})
    try:
        sorter.prepare()
    except CycleError as circle:
        raise AssertionError(" imports ".join(circle.args[1])) from None
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
