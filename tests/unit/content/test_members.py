"""`kiosk pack members`: a coalition's list becomes a directory, by file alone, and nothing odd passes for plain."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import run
from kiosk.content.members import BadMembers, resources
from kiosk.errors import ExitCode

HEAD = "id,label,label_es,does,phone,counties,shelter,must_speak_with_survivor,tags,last_verified"
ROW = "made-up-house,Made Up House,Casa Inventada,Plans,555-0100,Cedar County; Lake County,yes,YES,teen;deaf,2026-11-01"


def read(tmp_path: Path, *lines: str) -> list[dict[str, Any]]:
    """What a list of these lines becomes."""
    file = tmp_path / "members.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = tomllib.loads("\n".join(resources(file, "Made Up Coalition, 2026-11")))
    found: list[dict[str, Any]] = made["resources"]
    return found


def test_a_member_becomes_an_entry(tmp_path: Path) -> None:
    """MO-25: each row is an entry with the coalition and its list as the source; what is not said is no."""
    (entry,) = read(tmp_path, HEAD, ROW)
    assert entry["label"] == {"en": "Made Up House", "es": "Casa Inventada"}
    assert entry["counties"] == ["Cedar County", "Lake County"]
    assert entry["coalition"] and entry["shelter"] and entry["must_speak_with_survivor"]
    assert not entry["on_home"] and not entry["toll_free"]
    assert entry["population_tags"] == ["teen", "deaf"]
    assert (entry["last_verified"], entry["source"]) == ("2026-11-01", "Made Up Coalition, 2026-11")


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """MO-25: the operator saves what is printed beside pack.toml."""
    file = tmp_path / "members.csv"
    file.write_text(f"{HEAD}\n{ROW}\n")
    assert run(["pack", "members", str(file), "--source", "Made Up Coalition"]) == ExitCode.DONE
    assert tomllib.loads(capsys.readouterr().out)["resources"][0]["id"] == "made-up-house"


def test_odd_letters_stay_letters(tmp_path: Path) -> None:
    """Text is never code: quotes, backslashes and control characters are escaped, and read back as they were."""
    odd = 'a"b\\c\x1b[31m\x9b\u202e'
    label = '"' + odd.replace('"', '""') + '"'
    file = tmp_path / "members.csv"
    file.write_text(f"{HEAD}\nx,{label},,d,1,,,,,\n", encoding="utf-8")
    printed = "".join(resources(file, "S"))
    assert all(each.isprintable() or each == "\n" for each in printed)
    assert tomllib.loads(printed)["resources"][0]["label"] == {"en": odd}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["id,label"], "no column does"),
        ([HEAD, "x,y"], "Line 2"),
        ([HEAD, ROW, ROW.replace("made-up-house", "Made Up")], "Line 3"),
        ([HEAD, ROW.replace("yes", "maybe")], "Line 2 of the member list: shelter"),
        ([HEAD, '"open'], "is no CSV"),
    ],
)
def test_what_is_wrong_is_said_by_line(tmp_path: Path, lines: list[str], said: str) -> None:
    """MO-25: a list that does not fit is refused with the line, and not one entry of it is made up."""
    with pytest.raises(BadMembers, match=said):
        read(tmp_path, *lines)


def test_a_list_that_is_no_text(tmp_path: Path) -> None:
    """A file that is not UTF-8, or not there, is one sentence."""
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("bad.csv", "none.csv"):
        with pytest.raises(BadMembers, match="cannot be read"):
            list(resources(tmp_path / name, "S"))
