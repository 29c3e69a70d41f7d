"""One place prints errors: a sentence, a hint, an exit status, and nothing anybody typed."""

from __future__ import annotations

import argparse
import errno
import sys
import types
from pathlib import Path

import pytest

from kiosk import cli
from kiosk.errors import ExitCode, KioskError, Refused
from tests.command_line import kiosk


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """A command `planted` whose `run` a test sets."""
    module = types.ModuleType("planted_command")
    module.__spec__ = argparse.__spec__
    module.add_parser = lambda commands: commands.add_parser("planted")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "planted_command", module)
    monkeypatch.setitem(cli.COMMANDS, "planted", "planted_command")
    return module


def test_an_error_is_a_sentence_and_a_hint(planted: types.ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Errors go to stderr as one sentence and a hint, with the status they carry."""

    class Planted(Refused):
        hint = "Do the other thing."

    def fail(_: object) -> int:
        raise Planted("This cannot be.")

    planted.run = fail  # type: ignore[attr-defined]
    assert cli.run(["planted"]) == ExitCode.REFUSED
    said = capsys.readouterr()
    assert said.err == "kiosk: This cannot be.\nHint: Do the other thing.\n"
    assert said.out == ""


def test_a_fault_of_ours_says_nothing_of_its_values(
    planted: types.ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """P1: an unexpected exception ends with 70 and its name alone: no traceback, no words, no locals."""

    def fail(_: object) -> int:
        secret = "the made-up words of a visitor"
        raise ValueError(secret)

    planted.run = fail  # type: ignore[attr-defined]
    assert cli.run(["planted"]) == ExitCode.INTERNAL
    said = capsys.readouterr()
    assert "ValueError" in said.err
    assert "made-up words" not in said.err + said.out
    assert "Traceback" not in said.err


def test_a_status_is_an_environment_problem_unless_it_says_so() -> None:
    """An error without a status of its own is the machine's (4)."""
    assert KioskError.exit_code is ExitCode.ENVIRONMENT


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--no-such"], 2),
        (["no-such"], 2),
        (["setup", "--yes"], 2),
        (["setup", "--yes", "--passphrase-file", "a", "--region", "b"], 2),
        (["setup", "--role", "boss"], 2),
        (["setup", "--idle", "soon"], 2),
        (["setup", "--yes", "--region", "/nonexistent"], 4),
        (["setup"], 4),
        (["region", "file"], 2),
        (["region", "--station", "no code", "file"], 2),
        (["run", "--line"], 4),
        (["run", "--lin"], 2),
        (["run", "--prac"], 2),
        (["run"], 4),
        (["list"], 4),
        (["panic"], 0),
        (["--help"], 0),
        (["--version"], 0),
    ],
)
def test_every_way_of_asking_has_its_status(words: list[str], status: int, tmp_path: Path) -> None:
    """Fixed contract: 0 done, 2 usage, 4 environment; no shortened options."""
    result = kiosk(*words, cwd=tmp_path)
    assert result.returncode == status, result.stderr
    if status == 4:
        assert result.stderr.startswith("kiosk: ") and "\nHint: " in result.stderr


def test_what_is_not_there_is_not_offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A command whose room is not installed appears neither in the help nor on the command line."""
    monkeypatch.setitem(cli.COMMANDS, "elsewhere", "kiosk.no_such_room")
    with pytest.raises(SystemExit) as ended:
        cli.run(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "setup" in said and "elsewhere" not in said
    with pytest.raises(SystemExit) as ended:
        cli.run(["elsewhere"])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OSError(errno.EMFILE, "made up"), "files"),
        (OSError(errno.ENFILE, "made up"), "files"),
        (BlockingIOError(errno.EAGAIN, "made up"), "process"),
        (MemoryError(), "memory"),
        (OSError(errno.ENOSPC, "made up", "/made/up"), "full"),
        (OSError(errno.ENOSYS, "made up"), "kernel"),
    ],
)
def test_what_the_machine_lacks_is_said_as_that(
    planted: types.ModuleType, capsys: pytest.CaptureFixture[str], error: Exception, word: str
) -> None:
    """C8, E11: whatever runs out, wherever: a sentence of ours, a hint and status 4; no path, no word of Python's."""

    def fail(_: object) -> int:
        raise error

    planted.run = fail  # type: ignore[attr-defined]
    assert cli.run(["planted"]) == ExitCode.ENVIRONMENT
    said = capsys.readouterr().err
    assert said.startswith("kiosk: ") and word in said.splitlines()[0] and "\nHint: " in said
    assert "made" not in said and "Error" not in said
