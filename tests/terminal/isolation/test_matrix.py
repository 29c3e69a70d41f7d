"""P11: every attempt against every wall alone, against every process's jail, and with each wall taken away."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kiosk.jail import landlock
from kiosk.jail.profile import Profile
from tests.terminal.isolation import page
from tests.terminal.isolation.attempts import ALWAYS, ATTEMPTS
from tests.terminal.isolation.forked import WALLS

SINCE = {"connect by TCP": 4, "listen on TCP": 4, "cut the list short": 3} | {
    name: 6 for name in ATTEMPTS if name.startswith("signal another")
}
"""Version of Landlock that an attempt needs to be refused by it; else the first."""
PROBES = {"frozen code": "run memory that was written", "network": "connect by TCP", "landlock": "read the list"}
"""What shows whether this kernel and this account have a wall."""
WRITTEN = page.written()


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, str]]:
    """How each attempt ends, asked in a small process of its own: it forks more than a thousand times."""
    command = [sys.executable, "-s", "-m", "tests.terminal.isolation.page", "--json"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=page.PAGE.parents[1], timeout=150, check=False)
    assert said.returncode == 0, said.stderr
    ends: dict[str, dict[str, str]] = json.loads(said.stdout)
    assert not any(end.startswith("broken") for each in ends.values() for end in each.values())
    return ends


def lacking(found: dict[str, dict[str, str]], name: str) -> set[str]:
    """The walls that this kernel or account has not, or not for this attempt."""
    gone = {wall for wall, probe in PROBES.items() if found[probe][wall] == "done"}
    return gone | ({"landlock"} if SINCE.get(name, 1) > landlock.abi() else set())


def test_the_page_has_every_attempt() -> None:
    """P11: docs/isolation.md has a row for each attempt, and each row a wall; nothing of it is a sitting's to do."""
    assert list(WRITTEN) == list(ATTEMPTS)
    assert all(walls for walls, _ in WRITTEN.values())
    assert not any("sitting" in " ".join(may) for _, may in WRITTEN.values())


@pytest.mark.parametrize("name", ATTEMPTS)
def test_each_wall_alone(name: str, found: dict[str, dict[str, str]]) -> None:
    """P11, J3, J8: behind all of a visitor's walls it fails. What works without any is refused by each wall that the
    page names, in its own way, and by no other; who else may do it is on the page; the supervisor may.
    """
    ends, (walls, may) = found[name], WRITTEN[name]
    assert ends[page.ROLES[Profile.VISITOR]] != "done"
    if ends["nothing"] != "done":
        return  # this account or kernel refuses it by itself; a wall could not be told from that
    gone = lacking(found, name)
    for wall in WALLS.keys() - gone - ({"network"} - walls.keys()):
        assert ends[wall] == walls.get(wall, "done"), wall
    if not gone:
        assert page.who_may(ends) == may
    assert ends["SUPERVISOR"] == ends["PRINTER'S HELPER"] == "done"


@pytest.mark.parametrize("missing", ["landlock", "seccomp", "network"])
def test_the_rest_still_holds(missing: str, found: dict[str, dict[str, str]]) -> None:
    """P11: on a kernel without one wall, whatever another one refuses by itself fails still."""
    held = [name for name in ATTEMPTS if WRITTEN[name][0].keys() - lacking(found, name) - {missing}]
    assert len(held) > 20
    assert [name for name in held if found[name][f"no {missing}"] == "done"] == []


@pytest.mark.parametrize("name", ALWAYS)
def test_what_no_wall_refuses(name: str, found: dict[str, dict[str, str]]) -> None:
    """P12: what a sitting can do in spite of its walls is said in docs/isolation.md."""
    assert found[name][page.ROLES[Profile.VISITOR]] == "done"
    assert "the size and the times of a file" in page.PAGE.read_text().replace("\n", " ")
