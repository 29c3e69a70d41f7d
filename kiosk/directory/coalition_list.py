"""A coalition's list (MO-25): a CSV file becomes entries of the registry. Nothing is fetched, nothing guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from kiosk.directory.area import FLAGS, Area, Provider
from kiosk.directory.list_faults import BY_LANGUAGE, YES, Fault, day_of, of_columns, of_row, shown, split
from kiosk.errors import Refused
from schema.agency import Agency

LARGEST: Final = 1 << 20
"""Bytes of a list at most."""


class BadList(Refused):
    """A coalition's list does not fit; the sentence names every column and value that does not."""

    hint = "Mend the list and import it again; `--propose` says what may have been meant, and changes nothing."


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a list would make of the registry."""

    area: Area
    changes: tuple[str, ...]
    """A line for each provider that is new or changed, and for those that the list does not have."""
    faults: tuple[Fault, ...]
    """What does not fit: while there are any, nothing is written."""


def propose(area: Area, file: Path, counties: Collection[str], source: str = "") -> Proposal:
    """Lay a list over the registry: its cells replace what is there, a column that it lacks and keys stay.

    Raises BadList where the file is no CSV at all.
    """
    columns, rows = _rows(file)
    faults = list(of_columns(columns))
    changes: list[str] = []
    seen: list[str] = []
    grown = area
    if not faults:
        for line, row in rows:
            code = row["code"]
            wrong = list(of_row(line, row, counties))
            if code in seen:
                wrong.append(Fault(f"Line {line}: {shown(code)} stands in the list twice."))
            seen.append(code)
            faults += wrong
            if not wrong:
                before = area.find(code)
                after = _laid_over(before, row, source)
                changes += _differs(before, after)
                faults += [] if after.source else [Fault(f"Line {line}: nobody is credited; give `--source`.")]
                grown = grown.put(after)
        absent = [each.code for each in area.providers if each.code not in seen]
        changes += [f"{code}: not in this list; stays as it is." for code in absent]
    return Proposal(grown, tuple(changes), tuple(faults))


def _rows(file: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadList("The list cannot be read, or is not written in UTF-8.") from problem
    if len(data) > LARGEST:
        raise BadList("The list is larger than 1 MiB.")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, dict[str, str]]] = []
    try:
        columns = list(reader.fieldnames or ())
        for row in reader:
            if None in row or None in row.values():
                raise BadList(f"Line {reader.line_num} of the list has more or fewer cells than columns.")
            found.append((reader.line_num, {name: cell.strip() for name, cell in row.items()}))
    except csv.Error as problem:
        raise BadList(f"Line {reader.line_num} of the list is no CSV.") from problem
    return columns, found


def _laid_over(before: Provider | None, row: dict[str, str], source: str) -> Provider:
    """What a fitting row makes of a provider."""
    label, hours = (_by_language(row, name) for name in ("label", "hours"))
    old = before or Provider(Agency(row["code"], label))
    agency = replace(
        old.agency,
        label=label,
        telephone=row.get("telephone", old.agency.telephone),
        hours=hours if any(name.partition("_")[0] == "hours" for name in row) else old.agency.hours,
    )
    said: dict[str, Any] = {name: YES.get(row[name].casefold(), False) for name in FLAGS if name in row}
    said |= {name: tuple(dict.fromkeys(split(row[name]))) for name in ("counties", "tags") if name in row}
    called = max((each for each in (old.last_called, day_of(row.get("last_called", ""))) if each), default=None)
    if agency.telephone != old.agency.telephone and before is not None:
        called = day_of(row.get("last_called", ""))  # another number: what was called was not this one
    return replace(
        old,
        agency=agency,
        **said,
        notes=row.get("notes", old.notes),
        last_called=called,
        source=row.get("source") or source or old.source,
    )


def _by_language(row: dict[str, str], name: str) -> dict[str, str]:
    others = {match[2]: row[key] for key in row if (match := BY_LANGUAGE.fullmatch(key)) and match[1] == name}
    return {code: words for code, words in ({"en": row.get(name, "")} | others).items() if words}


def _differs(before: Provider | None, after: Provider) -> Iterator[str]:
    if before is None:
        yield f"{after.code}: new."
        return
    same = [each.name for each in fields(Provider) if each.name != "agency"]
    parts = [
        name for name in ("label", "telephone", "hours") if getattr(before.agency, name) != getattr(after.agency, name)
    ]
    parts += [name for name in same if getattr(before, name) != getattr(after, name)]
    if parts:
        yield f"{after.code}: changed: {', '.join(parts)}."
