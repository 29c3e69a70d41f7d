"""Exchange with spreadsheet people: a round trip loses nothing, and what has no place is refused."""

from __future__ import annotations

import builtins
import io
import json
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import run
from kiosk.content.check import check
from kiosk.content.files import BUILT_IN
from kiosk.content.form import BadForm
from kiosk.content.form_questions import plain, questions_of
from kiosk.content.form_writing import exported
from kiosk.errors import ExitCode

PACKS = ("us-mo", "us-ca-county", "us-or-multnomah", "gb-safelives", "gb-oxfordshire")


@cache
def _form() -> bytes:
    pack = check(BUILT_IN / "us-mo").pack
    assert pack is not None
    return exported(pack)


def _changed(change: Callable[[Any], object]) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(_form()))
    change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _set(sheet: str, heading: str, row: int, value: object) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        headings = [cell.value for cell in book[sheet][1]]
        column = headings.index(heading) + 1 if heading in headings else len(headings) + 1
        book[sheet].cell(1, column, heading)
        book[sheet].cell(row, column, value)
        if value is None:
            book[sheet].cell(row, column).value = None

    return change


@pytest.mark.parametrize("name", PACKS)
def test_round_trip(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What comes back from a form is what went out, through both commands and TOML."""
    pack = check(BUILT_IN / name).pack
    assert pack is not None and pack.questions
    form = tmp_path / "form.xlsx"
    assert run(["pack", "export", str(BUILT_IN / name), "--xlsform", str(form)]) == ExitCode.DONE
    assert "questions alone" in capsys.readouterr().out
    assert run(["pack", "import", str(form), "--xlsform", "--into", str(tmp_path / "new")]) == ExitCode.DONE
    held = tomllib.loads((tmp_path / "new" / "questions.toml").read_text(encoding="utf-8"))["questions"]
    assert held == json.loads(json.dumps([plain(question) for question in pack.questions]))
    assert questions_of(form.read_bytes()) == pack.questions


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_set("survey", "type", 2, "begin group"), "survey, row 2: A pack has no place for the type 'begin group'"),
        (_set("survey", "type", 3, "begin repeat"), "survey, row 3: A pack has no place for the type"),
        (_set("survey", "type", 2, "calculate"), "survey, row 2: A pack has no place for the type"),
        (_set("survey", "type", 2, "geopoint"), "survey, row 2: A pack has no place for the type"),
        (_set("survey", "media::image", 2, "a.png"), "survey, row 1: A pack has no place for the column"),
        (_set("survey", "constraint", 2, ". > 1"), "survey, row 1: A pack has no place for the column"),
        (_set("survey", "label::Español (es)", 2, None), "survey, row 2: label has no words in the language es"),
        (_set("choices", "label::Español (es)", 4, None), "choices, row 4: label has no words in the language es"),
        (_set("survey", "relevant", 4, "${age} > 3"), "survey, row 4: `relevant` says more"),
        (_set("survey", "relevant", 2, "(${nobody} = '')"), "`only_if` names"),
        (_set("choices", "name", 2, "maybe"), "choices, row 2: The name of a choice is its code"),
        (_set("choices", "name", 2, 8), "survey, "),
        (_set("choices", "list_name", 2, "stray"), "choices: No question asks"),
        (_set("survey", "hint::English (en)", 2, "=1+1"), "survey, row 2: A cell holds a formula"),
        (_set("survey", "kiosk_needed_for", 2, "a[b]"), "square bracket"),
        (_set("survey", "kiosk_part", 2, True), "neither words nor a whole number"),
        (_set("settings", "style", 2, "pages"), "settings, row 1: A pack has no place for the column"),
        (_set("survey", "label::English (en)", 2, "Is it ${nobody}?"), "pyxform does not take it"),
        (lambda book: book.create_sheet("entities"), "'entities': A pack has no place for this sheet"),
        (lambda book: book["survey"].cell(3, 80, "x"), "survey: A sheet has 2000 rows"),
        (lambda book: book["survey"].cell(900_000, 1, "x"), "survey: A sheet has 2000 rows"),
        (lambda book: book["survey"].cell(2, 30, "x"), "survey, row 2: A cell stands under no heading"),
    ],
)
def test_what_has_no_place_is_refused(change: Callable[[Any], object], sentence: str) -> None:
    """What a pack cannot hold is named by sheet and row, and never dropped."""
    assert questions_of(_form())
    with pytest.raises(BadForm) as refused:
        questions_of(_changed(change))
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("said", "sentence"), [({"element": ""}, "without a loss"), ({"id": "2nd"}, "survey, row 2: A name")]
)
def test_what_a_form_cannot_say_is_not_written(said: dict[str, str], sentence: str) -> None:
    """A question that would come back changed is refused on its way out."""
    pack = check(BUILT_IN / "us-mo").pack
    assert pack is not None and exported(pack)
    changed = replace(pack.questions[0], **said)  # type: ignore[arg-type]
    with pytest.raises(BadForm, match=sentence):
        exported(replace(pack, questions=(changed, *pack.questions[1:])))


def _with_part(name: str, content: bytes) -> bytes:
    held = io.BytesIO(_form())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"not a zip", "no .xlsx workbook"),
        (lambda: b"x" * ((1 << 20) + 1), "larger than 1 MiB"),
        (lambda: _with_part("xl/bomb.xml", b" " * (9 << 20)), "unpacks to more"),
        (lambda: _with_part("xl/vbaProject.bin", b"x"), "macro"),
        (lambda: _with_part("xl/more.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "not plain XML"),
        (lambda: _form()[:-400], "no .xlsx workbook"),
    ],
)
def test_hostile_files(
    make: Callable[[], bytes], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hostile file gets a sentence and nothing is written."""
    (tmp_path / "form.xlsx").write_bytes(make())
    into = tmp_path / "new"
    asked = ["pack", "import", str(tmp_path / "form.xlsx"), "--xlsform", "--into", str(into)]
    assert run(asked) == ExitCode.REFUSED
    assert sentence in capsys.readouterr().err
    assert not into.exists()


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there already stays as it is."""
    (tmp_path / "form.xlsx").write_bytes(b"mine")
    asked = ["pack", "export", str(BUILT_IN / "us-mo"), "--xlsform", str(tmp_path / "form.xlsx")]
    assert run(asked) == ExitCode.REFUSED
    assert "there already" in capsys.readouterr().err
    assert (tmp_path / "form.xlsx").read_bytes() == b"mine"


def test_without_the_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the extra is not installed, a sentence says how to install it."""
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] in ("openpyxl", "pyxform"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    asked = ["pack", "export", str(BUILT_IN / "us-mo"), "--xlsform", str(tmp_path / "form.xlsx")]
    assert run(asked) == ExitCode.ENVIRONMENT
    assert "`make packs`" in capsys.readouterr().err
