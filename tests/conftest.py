"""What every test gets: a data folder of its own, an environment built from nothing, and waits as long as it needs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import pace

# How fast this machine is has no say in whether a property holds.
settings.register_profile("kiosk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kiosk")

# Tests run side by side: threads of one that wait for each other would wait for its neighbours, too.
os.environ["POLARS_MAX_THREADS"] = "1"

pytest_plugins = ["tests.catalogue", "tests.selection", "tests.started_programs"]

TESTS = Path(__file__).parent

KEPT = ("HOME", "TMPDIR")
"""Variables that a test keeps from whoever started it; the rest is set below."""

SLOW_FIRST = ("hosts", "faults", "region", "terminal", "fuzz", "packaging")
"""Folders whose files take longest: begun first, so that no core waits at the end for another's last file."""


def pytest_configure() -> None:
    """Measure this machine, ahead of the processes that run tests."""
    pace.begin()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three processes for every two cores: the tests of a terminal wait as long as they work."""
    cores = len(os.sched_getaffinity(0))
    return cores + cores // 2


def pytest_report_header() -> str:
    """Say what was measured."""
    return f"pace: this machine takes {pace.pace():.1f} times as long as the one that waits are written for"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put slow folders first, and let each test take as much longer as this machine is slower."""
    rank = {name: place for place, name in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(TESTS).parts[0], len(rank)))
    usual = float(config.getini("timeout"))
    for item in items:
        own = item.get_closest_marker("timeout")
        item.add_marker(pytest.mark.timeout(pace.patience(own.args[0] if own else usual)), append=False)


def pytest_collection_finish() -> None:
    """Have nobody look for garbage in what stays to the end anyway: an app looks with each page that it drops."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Point every test at a data folder and an environment of its own."""
    for name in list(os.environ):
        if name not in KEPT and not name.startswith("PYTEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), "/usr/local/bin:/usr/bin:/bin")))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path / "kiosk"))
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def kiosk_home(tmp_path: Path) -> Path:
    """Where this test's kiosk keeps its things; not made yet."""
    return tmp_path / "kiosk"
