"""`kiosk pack`: faults one a line, and the exit status that scripts look at."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.cli import run
from kiosk.content.files import BUILT_IN
from kiosk.errors import ExitCode


def test_check_of_a_whole_pack(capsys: pytest.CaptureFixture[str]) -> None:
    """A pack without faults is said to have none, with what awaits review; exit 0."""
    assert run(["pack", "check", str(BUILT_IN / "us-mo")]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert said.startswith("us-mo version 1: no faults.")
    assert "Español (awaits review)" in said


def test_check_names_each_fault(folder: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault is a line with id, language and a sentence; exit 3."""

    def change(data: dict[str, Any]) -> None:
        data["words"]["back"]["en"] = "You must go back"
        del data["words"]["go-on"]["es"]

    assert run(["pack", "check", str(folder(change))]) == ExitCode.REFUSED
    assert capsys.readouterr().out.splitlines() == [
        "words.go-on (es): Its word has no words in this language.",
        "words.back (en): It says 'must'; say it without pressing or blaming.",
    ]


def test_check_of_nothing(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is a fault, not a crash."""
    assert run(["pack", "check", str(tmp_path / "nowhere")]) == ExitCode.REFUSED
    assert "not there" in capsys.readouterr().out


def test_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Every pack is listed with its title and whose it is, a broken one of the operator's too."""
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path))
    own = tmp_path / "packs" / "ours"
    own.mkdir(parents=True)
    (own / "pack.toml").write_text('title = { en = "Our \\u001b[2Jtown" }')
    (tmp_path / "packs" / "torn").mkdir()
    (tmp_path / "packs" / "torn" / "pack.toml").write_text("title =")
    assert run(["pack", "list"]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert "us-mo  Missouri, Balance of State  (built in)" in said
    assert "ours  Our \\x1b[2Jtown  (this machine's own)" in said
    assert "'torn'  It cannot be read as TOML" in said


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """The schema is printed as JSON."""
    assert run(["pack", "schema"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["properties"]["include"]["type"] == "array"
