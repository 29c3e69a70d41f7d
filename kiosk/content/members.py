"""A coalition's member list (MO-25): a CSV file becomes the directory of a pack. Nothing is fetched."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.content.files import LARGEST
from kiosk.errors import ExitCode, KioskError

NEEDED: Final = ("id", "label", "does", "phone", "counties")
"""Columns that every list has; `label` and `does` may have others beside them by language: `label_es`."""

YES_OR_NO: Final = (
    *("toll_free", "shelter", "safety_planning", "support", "referral", "information"),
    *("must_speak_with_survivor", "in_211", "culturally_specific", "on_home", "assesses", "access_point"),
)
"""Columns that hold yes or no; an empty cell is no."""

_ID: Final = re.compile(r"[a-z0-9](-?[a-z0-9])*")
_YES: Final = {
    **dict.fromkeys(("yes", "y", "true", "1"), True),
    **dict.fromkeys(("no", "n", "false", "0", ""), False),
}


class BadMembers(KioskError):
    """A member list cannot be read."""

    hint = f"The first line names the columns: {', '.join(NEEDED)}; docs/content-packs.md has the others."
    exit_code = ExitCode.REFUSED


def resources(file: Path, source: str) -> Iterator[str]:
    """Yield each member as a `[[resources]]` table of TOML, credited to `source`. Raises BadMembers with its line."""
    for line, row in _rows(file):
        yield "\n".join(_table(line, row, source)) + "\n"


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadMembers("The member list cannot be read, or is not written in UTF-8.") from problem
    if len(data) > LARGEST:
        raise BadMembers("The member list is larger than 1 MiB.")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise BadMembers(f"The member list has no column {missing[0]}.")
        for row in reader:
            if None in row or None in row.values():
                raise BadMembers(f"Line {reader.line_num} of the member list has more or fewer cells than columns.")
            yield reader.line_num, {name: cell.strip() for name, cell in row.items()}
    except csv.Error as problem:
        raise BadMembers(f"Line {reader.line_num} of the member list is no CSV.") from problem


def _table(line: int, row: dict[str, str], source: str) -> Iterator[str]:
    if _ID.fullmatch(row["id"]) is None:
        raise BadMembers(f"Line {line} of the member list: an id is lower case letters, digits and hyphens.")
    yield "[[resources]]"
    yield f"id = {_quoted(row['id'])}"
    for name in ("label", "does"):
        others = {key[-2:]: cell for key, cell in row.items() if re.fullmatch(f"{name}_[a-z]{{2}}", key) and cell}
        spoken = [f"{code} = {_quoted(words)}" for code, words in ({"en": row[name]} | others).items()]
        yield f"{name} = {{ {', '.join(spoken)} }}"
    yield 'kind = "crisis"'
    yield f"phone = {_quoted(row['phone'])}"
    yield f"counties = {_list(row['counties']) if row['counties'] else _list('*')}"
    yield "coalition = true"
    for name in YES_OR_NO:
        yield f"{name} = {json.dumps(_yes(line, name, row.get(name, '')))}"
    if row.get("tags"):
        yield f"population_tags = {_list(row['tags'])}"
    if row.get("last_verified"):
        yield f"last_verified = {_quoted(row['last_verified'])}"
    yield f"source = {_quoted(source)}"


def _yes(line: int, name: str, cell: str) -> bool:
    try:
        return _YES[cell.casefold()]
    except KeyError:
        raise BadMembers(f"Line {line} of the member list: {name} is yes, no, or empty.") from None


def _list(cell: str) -> str:
    return f"[{', '.join(_quoted(each.strip()) for each in cell.split(';') if each.strip())}]"


def _quoted(text: str) -> str:
    """Return text as a basic string of TOML, with everything escaped that a terminal may not show as a letter."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(each if each.isprintable() else f"{chr(92)}U{ord(each):08X}" for each in plain)}"'
