"""The tests themselves: what a run leaves out it names, CI leaves nothing out, and nothing is tried for ever."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import pace
from tests.own_world import alone
from tests.selection import LONGER, NOT_QUICK, PACKAGES, find

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
CHEAP = (
    "tests/hosts/test_deploy.py",
    "tests/hosts/test_session.py",
    "tests/unit/launch/test_recorders.py",
    "tests/unit/vault/test_store_failing.py",
    "tests/unit/desk/reporting/test_browser.py",
    "tests/terminal/supervisor/test_no_process.py",
)
"""Files of tests that name programs and take seconds."""
NAMING = (*CHEAP, "tests/hosts/test_ssh_doors.py", "tests/faults/test_storage.py", "tests/terminal/test_aloud.py")
"""Files that name every program between them."""
NO_PROGRAM = {"namespaces", "root"}
HIDING = """
for place in $HIDDEN; do
  if [ -d "$place" ]; then mount -t tmpfs tmpfs "$place"; else mount --bind "$NOTHING" "$place"; fi || exit 99
done
exec "$@"
"""
"""Hide programs, then go on. A folder is emptied; what is laid over a file cannot be run."""


def run(*words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on this tree, outside of CI unless told."""
    return _run([], words, extra)


def without(programs: list[str], nothing: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on a machine that lacks these programs; `nothing` becomes a file that nobody can run."""
    nothing.touch(mode=0o600)
    places = [place for name in programs for place in _places(name)]
    places.sort(key=lambda place: place.endswith("/mount"))  # needed until the last of the others is hidden
    told = {"HIDDEN": " ".join(places), "NOTHING": str(nothing)}
    return _run([*alone(), "sh", "-c", HIDING, "sh"], words, extra | told)


def _places(program: str) -> list[str]:
    if program == "postgres":
        return ["/usr/lib/postgresql"] if Path("/usr/lib/postgresql").is_dir() else []
    found = find(program)
    return [os.path.realpath(found)] if found else []


def _run(before: list[str], words: tuple[str, ...], extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "KIOSK_CI")}
    command = [*before, sys.executable, "-m", "pytest", *words]
    return subprocess.run(command, env=environment | extra, cwd=ROOT, capture_output=True, text=True, check=False)


def left_out(said: str) -> set[str]:
    """The programs that tests were left out for, as a run named them."""
    return set(re.findall(r"([\w-]+) \([\w-]+\)", "\n".join(re.findall(r"^tests/.* needs (.*)$", said, re.M))))


@pytest.mark.tool("unshare", "namespaces")
def test_a_machine_that_lacks_everything(tmp_path: Path) -> None:
    """With every such program hidden, each is named by some test of the whole tree, and what still runs passes."""
    programs = sorted(PACKAGES.keys() - NO_PROGRAM)
    found = without(programs, tmp_path / "nothing", "--collect-only", "--snapshot-warn-unused", "--round", "full")
    assert found.returncode == 0, found.stdout[-3000:]
    assert left_out(found.stdout) == PACKAGES.keys() - {"postgres", "root"}, (
        "a pinned package brings a server; who runs this stays who it is"
    )
    ran = without(programs, tmp_path / "nothing", *CHEAP)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert "passed" in ran.stdout


IN_TURN = """
import contextlib, io, json, subprocess, sys
import pytest
turns, nothing, words = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3:]
for program, places in turns.items():
    for place in places:
        folder = ["-t", "tmpfs", "tmpfs"] if program == "postgres" else ["--bind", nothing]
        subprocess.run(["mount", *folder, place], check=True)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main(words)
    for place in places:
        subprocess.run(["umount", place], check=True)
    print(json.dumps([program, int(code), said.getvalue()]))
"""
"""Hides one program after the other, and collects each time what is left, in one process."""


@pytest.mark.full
@pytest.mark.tool("unshare", "namespaces", "mount")
def test_a_machine_that_lacks_one(tmp_path: Path) -> None:
    """Each hidden in turn: the tests that need it, and no others, are named and left out.

    Those that are left start nothing that they do not name: `tests/started_programs.py` fails one that does.
    """
    nothing = tmp_path / "nothing"
    nothing.touch(mode=0o600)
    turns = {name: _places(name) for name in sorted(PACKAGES.keys() - NO_PROGRAM - {"mount"})}
    words = (json.dumps(turns), str(nothing), "--collect-only", "--snapshot-warn-unused", *NAMING)
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "KIOSK_CI")}
    command = [*alone(), sys.executable, "-c", IN_TURN, *words]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    here = {name for name in PACKAGES if find(name) is None}
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert [program for program, _, _ in ended] == list(turns)
    for program, code, said in ended:
        assert code == 0, said[-3000:]
        lacking = here | ({program} - {"postgres"})  # a pinned package brings a server, too
        assert left_out(said) - {"namespaces"} == lacking - {"namespaces"}, program


@pytest.mark.tool("unshare", "namespaces", "shellcheck")
def test_ci_fails_for_a_program_that_is_missing(tmp_path: Path) -> None:
    """A missing program is left out by name here, and an error in CI."""
    words = ("tests/hosts/test_deploy.py::test_the_scripts_are_sound",)
    here = without(["shellcheck"], tmp_path / "nothing", *words)
    assert left_out(here.stdout) == {"shellcheck"} and "passed" not in here.stdout
    ci = without(["shellcheck"], tmp_path / "nothing", *words, CI="true")
    assert ci.returncode == 1 and "lacks shellcheck" in ci.stdout


def collected(*words: str, **extra: str) -> int:
    """How many cases a run would take."""
    said = run(
        "--collect-only", "-q", "tests/terminal/driver", "tests/unit/content/test_fit.py", *words, **extra
    ).stdout
    return sum(map(int, re.findall(r"^tests/\S+: (\d+)$", said, re.MULTILINE)))


def test_rounds_grow_and_ci_runs_everything() -> None:
    """Each round has what the one before has; CI runs the longest, whatever is asked for, and refuses to choose."""
    counts = [collected("--round", name) for name in LONGER]
    assert 0 < counts[0] < counts[1] < counts[2]
    assert collected("--round", "quick", CI="true") == counts[2]
    for choice in (("-m", "not full"), ("-k", "nothing"), ("--deselect", "tests/unit")):
        refused = run("--collect-only", *choice, CI="true")
        assert refused.returncode == pytest.ExitCode.USAGE_ERROR and "CI leaves nothing out" in refused.stderr


def test_what_is_not_quick_is_there() -> None:
    """A test, a file or a folder that moves or is renamed takes its place in the rounds along."""
    for name in NOT_QUICK:
        path, _, function = name.partition("::")
        assert (ROOT / path).exists(), name
        assert not function or f"def {function}(" in (ROOT / path).read_text(), name


def test_ci_is_one_script() -> None:
    """`.ci/run` asks for every check and every cell, and has each program's package; the workflow only calls it."""
    script, makefile = (ROOT / ".ci/run").read_text(), (ROOT / "Makefile").read_text()
    assert "export CI=true" in script and script.rstrip().endswith("\nmake check")
    assert (
        re.search(r"^check: lint walls\n.* types full$", makefile, re.M)
        and "$(PYTEST) --round full $(ARGS)" in makefile
    )
    tools = script.partition("tools=(")[2].partition(")")[0].split()
    assert set(PACKAGES.values()) - {"coreutils", "an account"} <= set(tools)
    workflow = (ROOT / ".github/workflows/ci.yml").read_text()
    assert re.findall(r"run: (.*)", workflow) == [".ci/run"] and "://" not in workflow


UNNAMED = """
import subprocess, pytest
def test_names_nothing():
    subprocess.run(["strace", "-V"], check=False)
def test_hides_it():
    subprocess.run(["env", "strace", "-V"], check=False)
@pytest.mark.tool("strace")
def test_names_it():
    subprocess.run(["strace", "-V"], check=False)
def test_made_it_itself(tmp_path):
    made = tmp_path / "strace"
    made.write_text("#!/bin/sh\\n")
    made.chmod(0o700)
    subprocess.run([made], check=True)
"""


@pytest.mark.tool("strace")
def test_a_program_that_is_started_is_named(tmp_path: Path) -> None:
    """A test that starts what it does not name fails, on every machine."""
    (tmp_path / "test_unnamed.py").write_text(UNNAMED)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = tool: x\n")
    plugins = ("-p", "tests.selection", "-p", "tests.started_programs")
    done = run(*plugins, "-c", str(tmp_path / "pytest.ini"), str(tmp_path), "-q", PYTHONPATH=str(ROOT))
    assert re.findall(r"^ERROR \S+::(\w+)", done.stdout, re.MULTILINE) == ["test_names_nothing", "test_hides_it"]
    assert "starts strace and names no such tool" in done.stdout


def test_waits_follow_the_machine(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A machine that was measured to be three times slower has three times as long, this very test as well."""
    (limit,) = request.node.get_closest_marker("timeout").args
    assert limit == pytest.approx(pace.patience(float(request.config.getini("timeout"))))
    monkeypatch.setenv(pace.VARIABLE, "3.00")
    assert pace.begin() == 3.0 and pace.patience(10.0) == 30.0
    assert 1.0 <= pace.measured() <= pace.SLOWEST


def test_tries_come_to_an_end() -> None:
    """A loop that tries again goes on until it is left, and fails with what it waited for once time is over."""
    for count in pace.tries("a third time"):
        if count == 2:
            break
    assert count == 2
    with pytest.raises(AssertionError, match="never came: the sun"):
        for _ in pace.tries("the sun", seconds=0.01):
            pass


ACTS = {"press", "send", "type", "paste", "click", "pause", "sleep", "wait_quiet", "turn", "look", "poll", "reap"}
"""Calls by which a loop waits for something, or does it again."""
NOT_LOOKED_AT = {
    "tests/machine": "another machine, with limits of its own",
    "tests/terminal/supervisor/toy.py": "a program that hangs on purpose",
    "tests/terminal/supervisor/glass.py": "its reader, for as long as there is a terminal",
    "tests/hosts/link.py": "a link, for as long as it is there",
    "tests/unit/sitting": "nobody to wait for",
    "tests/screens/sitting": "in one process, where each key is waited for",
    "tests/screens/line": "in one process, where each key is waited for",
}


def endless(tree: ast.AST) -> list[int]:
    """The lines of `while` loops that wait or try again and look at no clock."""
    found = []
    for loop in (node for node in ast.walk(tree) if isinstance(node, ast.While)):
        calls = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(loop)
            if isinstance(node, ast.Call)
        }
        counts = any(isinstance(node, ast.Lt) for node in ast.walk(loop.test))
        if calls & ACTS and "monotonic" not in calls and not counts:
            found.append(loop.lineno)
    return found


def test_every_loop_that_tries_again_has_a_bound() -> None:
    """`for _ in tries(...)` ends by itself; a `while` that presses, sends or sleeps has to look at a clock."""
    assert endless(ast.parse("while not here():\n    press('s')")) == [1]
    found = {}
    for path in TESTS.rglob("*.py"):
        name = str(path.relative_to(ROOT))
        if not name.startswith(tuple(NOT_LOOKED_AT)) and (lines := endless(ast.parse(path.read_text()))):
            found[name] = lines
    assert found == {}
