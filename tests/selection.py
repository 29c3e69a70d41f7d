"""Which tests a run takes: the round that was asked for, less what this machine lacks a program for.

`quick` is for after each change, `must` what has to hold, `full` every cell of the crosses beside it. In CI every run
is the full one, nothing can be left out by an option, and a missing program is a failure.
"""

from __future__ import annotations

import os
import shutil
from typing import Final

import pytest

from tests import own_world

IN_CI: Final = os.environ.get("CI", "").lower() in ("1", "true") or os.environ.get("KIOSK_CI") == "1"

LONGER: Final = {"quick": ("slow", "full"), "must": ("full",), "full": ()}
"""Each round, with the marks of the tests that it leaves to a longer one."""

NOT_QUICK: Final = (
    "tests/unit/cli",  # each starts the program as an operator does
    "tests/unit/content/test_fit.py",
    "tests/unit/content/test_hostile.py::test_any_value_anywhere",
    "tests/unit/vault/test_fifty_writers.py",
    "tests/unit/vault/test_clerk_killed.py",
    "tests/unit/setup/test_folder.py::test_any_failure_leaves_nothing",
    "tests/unit/desk/reporting/test_browser.py",
    "tests/unit/desk/reporting/test_suppression.py",
    "tests/unit/desk/merging/test_any_export.py",
    "tests/unit/desk/merging/test_recount.py",
    "tests/screens/packs",  # whole visits, page by page
    "tests/screens/test_parity.py",  # the same, twice
    "tests/screens/setup/test_walk.py",
    "tests/screens/setup/test_fields.py",
    "tests/screens/sitting/test_plan.py::test_every_part_opens_in_any_order",
    "tests/screens/sitting/test_questions.py::test_every_answer_can_be_reached_in_a_small_terminal",
    "tests/screens/sitting/test_staff.py::test_cards_change_no_answer",
)
"""Files, folders and tests of the quick round's rooms that take it too long: as if each had the mark `slow`."""

PACKAGES: Final = {
    **dict.fromkeys(("ssh", "scp", "sftp", "ssh-agent", "ssh-keygen"), "openssh-client"),
    **dict.fromkeys(("unshare", "nsenter", "prlimit", "setpriv", "namespaces"), "util-linux"),
    "chromium": "chromium",
    "espeak-ng": "espeak-ng",
    "foot": "foot",
    "loadkeys": "kbd",
    "mount": "mount",
    "postgres": "postgresql",
    "printf": "coreutils",
    "script": "bsdutils",
    "shellcheck": "shellcheck",
    "sshd": "openssh-server",
    "root": "an account",
    "strace": "strace",
    "systemd-analyze": "systemd",
    "tmux": "tmux",
}
"""Programs that a machine may lack, with the package of Debian and Ubuntu that brings each.

`namespaces` and `root` are no programs: leave to mount for oneself alone, which some machines give to root only, and
to be root.
"""

LEFT_OUT: Final = pytest.StashKey[list[str]]()
"""Tests that this machine lacks a program for, each with the program's name."""
LATER: Final = pytest.StashKey[int]()
"""How many tests were left to a longer round."""


def find(tool: str) -> str | None:
    """Where a program of the host is; sshd and the like are outside a user's PATH."""
    if tool == "postgres":
        from tests import postgres

        return str(postgres.programs() or "") or None
    if tool == "namespaces":
        return "unshare" if own_world.possible() else None
    if tool == "root":
        return "root" if os.geteuid() == 0 else None
    return shutil.which(tool, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))


@pytest.fixture(scope="session")
def full_round(pytestconfig: pytest.Config) -> bool:
    """Whether this is the full round, in which a test that can do more of the same does so, once."""
    return IN_CI or pytestconfig.getoption("--round") == "full"


def named_tools(item: pytest.Item) -> set[str]:
    """The programs that a test names."""
    return {name for mark in item.iter_markers("tool") for name in mark.args}


def missing_tools(item: pytest.Item) -> list[str]:
    """The programs that a test names and this machine lacks."""
    return sorted(name for name in named_tools(item) if find(name) is None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--round`."""
    parser.addoption("--round", choices=tuple(LONGER), default="must", help="how much to run; CI always runs `full`")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to leave anything out in CI."""
    config.stash[LEFT_OUT], config.stash[LATER] = [], 0
    options = {"-m": config.option.markexpr, "-k": config.option.keyword, "--deselect": config.option.deselect}
    asked = [name for name, value in options.items() if value]
    if IN_CI and asked:
        raise pytest.UsageError(f"CI leaves nothing out: no {', '.join(asked)}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to a longer round what is marked so, and name what lacks a program; in CI all of it stays."""
    unknown = {name for item in items for name in named_tools(item)} - PACKAGES.keys()
    if unknown:
        raise pytest.UsageError(f"no package is known for {', '.join(sorted(unknown))}")
    if IN_CI:
        return
    for item in items:
        if item.nodeid.startswith(NOT_QUICK):
            item.add_marker(pytest.mark.slow)
    by_name = any("::" in str(argument) for argument in config.args)
    marks = () if by_name else LONGER[config.getoption("--round")]
    later = {item.nodeid for item in items if any(item.get_closest_marker(name) for name in marks)}
    lacking = {item.nodeid: tools for item in items if item.nodeid not in later and (tools := missing_tools(item))}
    config.stash[LATER] = len(later)
    config.stash[LEFT_OUT] = [f"{name} needs {_with_packages(tools)}" for name, tools in lacking.items()]
    gone = [item for item in items if item.nodeid in later or item.nodeid in lacking]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


def _with_packages(tools: list[str]) -> str:
    return ", ".join(f"{tool} ({PACKAGES[tool]})" for tool in tools)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """In CI a missing tool is a failure."""
    missing = missing_tools(item)
    if missing:
        pytest.fail(f"this machine lacks {_with_packages(missing)}, and CI leaves nothing out", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports, where this one runs tests for it; all of them collect the same."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["left out"], told["later"] = session.config.stash[LEFT_OUT], session.config.stash[LATER]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take over what a process that runs tests left out."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]  # xdist has no types
    told = getattr(node, "workeroutput", {})
    config.stash[LEFT_OUT] = told.get("left out") or config.stash[LEFT_OUT]
    config.stash[LATER] = told.get("later") or config.stash[LATER]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out, and say how much is left to a longer round."""
    config = terminalreporter.config
    if config.stash[LEFT_OUT]:
        terminalreporter.section("left out: programs that this machine lacks")
        for line in config.stash[LEFT_OUT]:
            terminalreporter.write_line(line)
    if config.stash[LATER]:
        terminalreporter.write_line(f"{config.stash[LATER]} cases are left to a longer round: make check, or CI.")
