"""What every test gets: a data folder of its own, an environment built from nothing, and a word on missing tools."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast this machine is has no say in whether a property holds.
settings.register_profile("kiosk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kiosk")

pytest_plugins = ["tests.catalogue"]

IN_CI = os.environ.get("CI", "").lower() in ("1", "true") or os.environ.get("KIOSK_CI") == "1"

TESTS = Path(__file__).parent

KEPT = ("HOME", "TMPDIR")
"""Variables that a test keeps from whoever started it; the rest is set below."""

SLOW_FIRST = ("hosts", "faults", "region", "terminal", "fuzz", "packaging")
"""Folders whose files take longest: begun first, so that no core waits at the end for another's last file."""

left_out: list[str] = []
"""Tests that this machine lacks a program for, each with the program's name."""


def find(tool: str) -> str | None:
    """Where a program of the host is; sshd and the like are outside a user's PATH."""
    if tool == "postgres":
        from tests import postgres

        return str(postgres.programs() or "") or None
    return shutil.which(tool, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))


def missing_tools(item: pytest.Item) -> list[str]:
    """The programs that a test names and this machine lacks."""
    return [name for mark in item.iter_markers("tool") for name in mark.args if find(name) is None]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put slow folders first. Leave tests out by name where a tool is missing; in CI they stay, and fail."""
    rank = {name: place for place, name in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(TESTS).parts[0], len(rank)))
    if IN_CI:
        return
    lacking = {item.nodeid: missing_tools(item) for item in items}
    gone = [item for item in items if lacking[item.nodeid]]
    left_out.extend(f"{item.nodeid} needs {', '.join(lacking[item.nodeid])}" for item in gone)
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if not lacking[item.nodeid]]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """In CI a missing tool is a failure."""
    missing = missing_tools(item)
    if missing:
        pytest.fail(f"this machine lacks {', '.join(missing)}, and CI leaves nothing out", pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out."""
    if left_out:
        terminalreporter.section("left out: programs that this machine lacks")
        for line in left_out:
            terminalreporter.write_line(line)


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
