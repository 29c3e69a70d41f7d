"""The entry makes its own process clean before it loads anything (faults J1, J2)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.launch.environment import acted, clean, for_child, for_sitting
from tests.command_line import kiosk

NAMES = st.sampled_from(
    [
        *("TERM", "COLORTERM", "NO_COLOR", "HOME", "KIOSK_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "SSH_TTY"),
        *("SSH_CONNECTION", "DBUS_SESSION_BUS_ADDRESS", "PATH", "LANG", "LC_ALL", "COLUMNS", "LINES", "ESCDELAY"),
        *("PYTHONPATH", "PYTHONINSPECT", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "LD_PRELOAD", "BROWSER", "RICH_THEME"),
        *("KIOSK_NO_SUCH", "GCONV_PATH", "TZ", "TMPDIR", "PYTHON_KEYRING_BACKEND"),
    ]
)
VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
    st.sampled_from(["xterm", "xterm-256color", "linux", "dumb", "/home/made-up", "unix:path=/x", "tcp:host=x", "1"]),
)
POISON = {
    **{f"PYTHON{name}": "1" for name in ("INSPECT", "DEBUG", "VERBOSE", "FAULTHANDLER", "DEVMODE", "OPTIMIZE")},
    **{f"TEXTUAL{name}": "1" for name in ("", "_DEBUG", "_SHOW_RETURN", "_ALLOW_SIGNALS", "_ANIMATIONS")},
    **dict.fromkeys(("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "TEXTUAL_LOG", "LD_PRELOAD"), "/nonexistent"),
    **{"TEXTUAL_DRIVER": "no:Such", "TEXTUAL_PRESS": "f12", "TEXTUAL_SCREENSHOT": "1", "BROWSER": "false"},
    **{"COLUMNS": "4000", "LINES": "4000", "ESCDELAY": "999999", "PYTHON_KEYRING_BACKEND": "keyring.backends.null"},
}


@given(st.dictionaries(NAMES, VALUES))
def test_cleaning_is_done_once(given_environment: dict[str, str]) -> None:
    """J1: cleaning twice is cleaning once, so the entry starts itself again one time and no more."""
    once = clean(given_environment)
    assert clean(once) == once


def test_what_has_acted_is_started_without() -> None:
    """J1: what Python and the linker read before the first line runs takes a new start; what is read later does not."""
    usual = {"LANG": "en_GB.UTF-8", "PATH": "/bin", "HOME": "/home/made-up", "TEXTUAL_LOG": "/x", "LINES": "9"}
    assert not acted(usual)
    assert not acted(clean(usual)), "or it would start itself again for ever"
    for name in ("PYTHONINSPECT", "PYTHONPATH", "LD_PRELOAD", "LD_BIND_NOW", "GLIBC_TUNABLES", "LC_ALL", "TZ"):
        assert acted({**usual, name: "x"})
    for language in ("", "C", "de_DE", "de_DE.ISO-8859-1"):
        assert acted({**usual, "LANG": language})


@given(st.dictionaries(NAMES, VALUES))
def test_only_the_listed_variables_stay(given_environment: dict[str, str]) -> None:
    """J1: an environment is built from nothing; an SSH address is dropped, its presence stays."""
    kept = clean(given_environment)
    assert not any(name.startswith(("PYTHON", "TEXTUAL", "LD_", "RICH")) for name in kept)
    assert {"COLUMNS", "LINES", "ESCDELAY", "BROWSER", "LC_ALL"}.isdisjoint(kept)
    assert kept["LANG"] == "C.UTF-8"
    assert kept.get("SSH_CONNECTION", "yes") == "yes"


@pytest.mark.parametrize(
    "name", ["dumb", "", "vt100", "xterm;rm", "xterm\x1b[2J", "unknown", "x" * 50, "xterm" + "-a" * 40, "../../etc"]
)
def test_a_strange_terminal_is_none(name: str) -> None:
    """B3: a terminal's name comes from a list, never from whoever connects."""
    assert "TERM" in clean({"TERM": "xterm-256color"})
    assert "TERM" not in clean({"TERM": name})


def test_what_serves_a_visitor_knows_nothing_of_the_user() -> None:
    """P1: a sitting's environment holds no folder, no bus, no address; freed memory is overwritten."""
    own = clean({"HOME": "/home/made-up", "KIOSK_HOME": "/k", "SSH_TTY": "x", "TERM": "xterm", "NO_COLOR": "1"})
    for child in (for_child(own), for_sitting(own)):
        assert child["TERM"] == "xterm" and child["NO_COLOR"] == "1"
        assert {"HOME", "KIOSK_HOME", "SSH_TTY", "DBUS_SESSION_BUS_ADDRESS"}.isdisjoint(child)
    assert for_sitting(own)["PYTHONMALLOC"] == "debug"


@pytest.mark.parametrize("name", [*sorted(set(POISON) - {"PYTHONHOME", "LD_PRELOAD"}), "all"])
def test_a_poisonous_variable_does_nothing(name: str, tmp_path: Path) -> None:
    """J1: each poisonous variable alone, and all of them, change neither words nor status nor files."""
    plain = kiosk("panic", cwd=tmp_path)
    assert plain.returncode == 0 and plain.stdout == "No kiosk is running.\n"
    poison = {key: value for key, value in POISON.items() if key not in ("PYTHONHOME", "LD_PRELOAD")}
    chosen = poison if name == "all" else {name: POISON[name]}
    poisoned = kiosk("panic", cwd=tmp_path, **chosen)
    assert (poisoned.returncode, poisoned.stdout) == (plain.returncode, plain.stdout)
    assert list(tmp_path.iterdir()) == []


SHADOWS = ("argparse", "random", "json", "textual", "signal", "dataclasses", "tomllib", "pathlib", "schema")
"""Modules that the program loads, and Python by itself does not."""


@pytest.mark.parametrize("way", ["folder", "folder, clean environment", "PYTHONPATH"])
def test_a_file_does_not_pose_as_a_module(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """J2: files beside the operator, or on a path she was given, are not loaded instead of the library."""
    mark = tmp_path / "loaded"
    evil = tmp_path / "evil"
    evil.mkdir()
    for name in SHADOWS:
        (evil / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write({name!r})\nraise SystemExit(9)\n")
    extra = {"PYTHONPATH": str(evil)} if way == "PYTHONPATH" else {}
    proof = subprocess.run([sys.executable, "-c", "import argparse"], env=extra, cwd=evil, check=False)
    assert proof.returncode == 9 and mark.exists(), "the files must be able to shadow, or this proves nothing"
    mark.unlink()
    if way == "folder, clean environment":
        for name in set(os.environ) - set(clean(dict(os.environ))):
            monkeypatch.delenv(name)
        monkeypatch.setenv("PATH", clean({})["PATH"])
        assert dict(os.environ) == clean(dict(os.environ))
    assert kiosk("panic", cwd=evil, **extra).stdout == "No kiosk is running.\n"
    assert not mark.exists()
