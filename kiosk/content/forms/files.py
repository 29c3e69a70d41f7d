"""Where forms and the questions read from them are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.content.forms.columns import BadForm

QUESTIONS: Final = "questions.toml"
"""The file of a pack's folder that an import writes."""


def keep_form(folder: Path, file: Path) -> int:
    """Write the questions of the pack in `folder` to a new `file`; returns how many. Raises BadForm."""
    from kiosk.content.check import check
    from kiosk.content.forms.writing import exported
    from kiosk.content.problems import BadPack

    checked = check(folder.resolve())
    if checked.pack is None or checked.problems:
        raise BadPack(folder.name, checked.problems) if not checked.usable else BadForm(str(checked.problems[0]))
    _write(file, exported(checked.pack))
    return len(checked.pack.questions)


def keep_questions(file: Path, folder: Path) -> int:
    """Write the questions of a form to `questions.toml` of `folder`; returns how many. Raises BadForm."""
    import tomli_w

    from kiosk.content.forms.questions import plain, questions_of
    from kiosk.content.forms.workbook import LARGEST

    try:
        if not file.is_file():
            raise BadForm("The form is not there, or is no plain file.")
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as problem:
        raise BadForm("The form could not be read.") from problem
    asked = questions_of(data)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadForm("The folder could not be made.") from problem
    _write(folder / QUESTIONS, tomli_w.dumps({"questions": [plain(question) for question in asked]}).encode())
    return len(asked)


def _write(file: Path, data: bytes) -> None:
    try:
        with file.open("xb") as opened:
            opened.write(data)
    except FileExistsError as problem:
        raise BadForm("The file to write is there already; move it away first.") from problem
    except OSError as problem:
        raise BadForm("The file could not be written.") from problem
