"""The files of `deploy/`: each is read by the tool that it is for, and installing leaves what it found."""

from __future__ import annotations

import re
import subprocess
from itertools import combinations
from pathlib import Path

import pytest

from tests.faults import station
from tests.faults.visitor import Visitor
from tests.hosts.server import DEPLOY

INSTALL = DEPLOY / "install.sh"
KINDS = ("console", "ssh", "touch")
UNIT = DEPLOY / "kiosk@.service"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)


def below(root: Path) -> dict[str, tuple[int, bytes]]:
    found = sorted(path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_does_and_undoes(kind: str, tmp_path: Path) -> None:
    """`--check` names what `--apply` then puts, a second time nothing changes, and `--uninstall` leaves nothing."""
    install = (INSTALL, "--for", kind, "--root", tmp_path)
    said = run(*install, "--check")
    assert said.returncode == 1
    promised = set(re.findall(r"^would make +(\S+)$", said.stdout, re.MULTILINE))
    done = run(*install, "--apply")
    assert done.returncode == 0, done.stderr
    assert promised == {f"/{name}" for name in below(tmp_path)} != set()
    before = below(tmp_path)
    assert run(*install, "--apply").stdout == ""
    assert below(tmp_path) == before
    again = run(*install, "--check")
    assert (again.returncode, "would" in again.stdout) == (0, False)
    assert run(*install, "--uninstall").returncode == 0
    assert below(tmp_path) == {}


def test_what_was_there_comes_back(tmp_path: Path) -> None:
    """A file of the same name is kept aside and put back; one that was changed since is left alone."""
    install = (INSTALL, "--root", tmp_path)
    there = tmp_path / "etc/systemd/logind.conf.d/kiosk.conf"
    there.parent.mkdir(parents=True)
    there.write_text("[Login]\n# somebody's own\n")
    assert "would change" in run(*install, "--check").stdout
    run(*install, "--apply")
    assert there.read_text() == (DEPLOY / "logind.conf").read_text()
    changed = tmp_path / "etc/sysctl.d/60-kiosk.conf"
    changed.write_text("# changed by hand\n")
    run(*install, "--uninstall")
    assert there.read_text() == "[Login]\n# somebody's own\n"
    assert changed.read_text() == "# changed by hand\n"


@pytest.mark.parametrize("words", [(), ("--apply", "--for", "spaceship"), ("--root",), ("--everything",)])
def test_it_refuses_what_it_does_not_know(words: tuple[str, ...], tmp_path: Path) -> None:
    """A wrong word ends with 2 and changes nothing."""
    assert run(INSTALL, *words, *(("--root", tmp_path) if "--apply" in words else ())).returncode == 2
    assert below(tmp_path) == {}


@pytest.mark.tool("shellcheck")
def test_the_scripts_are_sound() -> None:
    """shellcheck finds nothing in what runs as root, or for everybody who logs in."""
    said = run("shellcheck", INSTALL, DEPLOY / "session")
    assert said.returncode == 0, said.stdout


def starts_first(name: str) -> list[str]:
    """The programs of the host that a unit starts before the kiosk; `systemd-analyze verify` looks for each."""
    return re.findall(r"^ExecStartPre=\W*/usr/bin/(\S+)", (DEPLOY / name).read_text(), re.MULTILINE)


def test_what_a_unit_starts_first_is_named() -> None:
    """The console's unit loads its keymap first: its test is left out by name where `loadkeys` is missing."""
    assert "loadkeys" in starts_first("kiosk@.service")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.tool("systemd-analyze", *starts_first(name)))
        for name in ("kiosk@.service", "kiosk-touch@.service")
    ],
)
def test_systemd_reads_the_units(name: str, tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say, once the programs that they start are there."""
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = re.sub(r"^ExecStart=\S+", f"ExecStart={program}", (DEPLOY / name).read_text(), flags=re.MULTILINE)
    unit = tmp_path / name
    unit.write_text(text)
    said = run("systemd-analyze", "verify", "--man=no", unit)
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@pytest.mark.tool("systemd-analyze")
def test_the_unit_is_little_exposed() -> None:
    """`systemd-analyze security` puts the console's unit under 1.0 of 10."""
    said = run("systemd-analyze", "security", "--offline=yes", UNIT)
    found = re.search(r"exposure level for \S+: ([0-9.]+)", said.stdout)
    assert found, said.stdout + said.stderr
    assert float(found[1]) < 1.0


@pytest.mark.tool("systemd-analyze")
@pytest.mark.tool("strace")
def test_the_unit_allows_what_a_visit_calls(desk: Path, tmp_path: Path) -> None:
    """C8: every system call of a whole visit, from every process of it, is one that the unit's filter lets through."""
    seen = tmp_path / "calls"
    tracer = ["strace", "-f", "-qqq", "-e", "signal=none", "-o", str(seen)]
    with Visitor(station.copy(desk / "short", tmp_path / "station"), before=tracer) as visitor:
        visitor.go_to_review()
        visitor.keep()
        visitor.press("f12")
        visitor.see_home()
        assert visitor.until_ended("ctrl+q") == 0
    called = set(re.findall(r"^\d+ +([a-z]\w+)\(", seen.read_text(), re.MULTILINE))
    assert {"execve", "landlock_restrict_self", "fdatasync", "memfd_create"} <= called
    by_root_alone = {"fchown"}  # SQLite gives a journal to the database's owner, where it could
    assert called - _allowed() - by_root_alone == set()


def _allowed() -> set[str]:
    lines = [line.partition("=")[2] for line in UNIT.read_text().splitlines() if line.startswith("SystemCallFilter=")]
    allowed: set[str] = set()
    for line in lines:
        named = {call for word in line.lstrip("~").split() for call in _group(word)}
        allowed = allowed - named if line.startswith("~") else allowed | named
    # what systemd allows by itself, so that a process can start at all
    return allowed | set(_group("@default")) | {"execve", "exit", "exit_group", "rt_sigreturn"}


def _group(word: str) -> set[str]:
    if not word.startswith("@"):
        return {word}
    said = run("systemd-analyze", "syscall-filter", word).stdout.splitlines()[1:]
    words = {line.strip() for line in said if line.strip() and not line.strip().startswith("#")}
    return {call for each in words for call in _group(each)}


MODIFIERS = ("shift", "control", "altgr", "alt")
LEADS_AWAY = {
    "another console": ((*range(59, 69), 87, 88, 103, 105, 106), {"altgr", "alt"}),
    "a reboot": ((83, 111), {"altgr", "alt"}),
    "the history": ((104, 109), {"shift"}),
    "output that is stopped, or the kernel's own": ((70, 99), set()),
}
"""What keys do in the kernel's own keymap and in Debian's, with any of some modifiers."""


@pytest.mark.tool("loadkeys")
def test_the_keymap_can_be_loaded() -> None:
    """`loadkeys` parses it, and Pause is the secure attention key."""
    said = run("loadkeys", "--parse", DEPLOY / "console.map")
    assert said.returncode == 0, said.stderr
    assert "keycode 119 = SAK\n" in (DEPLOY / "console.map").read_text()


@pytest.mark.parametrize("where", LEADS_AWAY)
def test_no_key_leads_away(where: str) -> None:
    """P11: no key leads to another console, to its history or to a reboot, or stops the output, with any modifiers."""
    lines = (DEPLOY / "console.map").read_text().splitlines()
    codes, modifiers = LEADS_AWAY[where]
    for count in range(len(MODIFIERS) + 1):
        for held in combinations(MODIFIERS, count):
            if modifiers and modifiers.isdisjoint(held):
                continue
            for code in codes:
                assert f"{' '.join(held) or 'plain'} keycode {code} = VoidSymbol" in lines


def test_the_kernel_knows_every_setting() -> None:
    """Each key of the sysctl file is one that this kernel has, or one of a module that not every kernel has."""
    lines = [line for line in (DEPLOY / "sysctl.conf").read_text().splitlines() if line and not line.startswith("#")]
    names = [line.partition("=")[0].strip() for line in lines]
    assert "kernel.core_pattern" in names
    missing = [name for name in names if not Path("/proc/sys", *name.split(".")).exists()]
    assert set(missing) <= {"kernel.yama.ptrace_scope", "kernel.sysrq"}


@pytest.mark.tool("systemd-analyze")
def test_logind_knows_every_setting() -> None:
    """Each key of the logind file is one that the installed logind reads."""
    logind = next(
        path for path in map(Path, ("/lib/systemd/systemd-logind", "/usr/lib/systemd/systemd-logind")) if path.exists()
    )
    known = logind.read_bytes()
    keys = re.findall(r"^(\w+)=", (DEPLOY / "logind.conf").read_text(), re.MULTILINE)
    assert len(keys) >= 8
    assert [key for key in keys if key.encode() not in known] == []


@pytest.mark.tool("foot")
def test_foot_reads_its_settings() -> None:
    """`foot --check-config` has no complaint about the terminal of a station that is touched."""
    said = run("foot", "--check-config", f"--config={DEPLOY / 'foot.ini'}")
    assert "err:" not in said.stderr and "invalid" not in said.stderr, said.stderr
