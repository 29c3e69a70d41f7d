"""Everything that is wrong with an export, found in one pass: which check, where, and what it does to the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

import polars as pl

from kiosk.desk.merging.export_ids import own_id

SHOWN: Final = 20
"""Lines of one check on the screen; a file has them all."""


class Effect(Enum):
    """What a fault does."""

    NOTED = "noted"
    LEFT_OUT = "row left out"
    REFUSED = "refused"


SAID: Final = {
    "Q01": "file missing, empty or twice there",
    "Q02": "column missing",
    "Q03": "the export itself",
    "Q04": "row of another width than its header",
    "Q05": "file that is no UTF-8 text",
    "Q06": "no date like 2026-01-31",
    "Q07": "id missing, too long, or not printable",
    "Q08": "EnrollmentID stands twice; the first row counts",
    "Q09": "person stands twice in Client.csv",
    "Q10": "project, person, type or continuum does not belong on this list",
    "Q11": "person entered the same project twice on one day",
    "Q12": "VictimServiceProvider is no plain 0, and what is enrolled there",
    "Q13": "household's head is not clear",
    "Q14": "HouseholdID missing, or in two projects",
    "Q15": "exit without a date, or two exits",
    "Q16": "exit before the entry, or after the export's end",
    "Q17": "move-in date before entry, after the exit, or in a project that houses nobody",
    "Q18": "died or housed elsewhere; or housed and then seen homeless",
    "Q19": "chronic not known: ask about disability, stay, dates and times",
    "Q20": "date homelessness began after entry, or long ago with several times",
    "Q21": "one time homeless, and months unlike its date",
    "Q22": "length of stay is over or under a limit, and says otherwise",
    "Q23": "date of birth cannot be used: age unknown",
    "Q24": "no sign for long, or a very long stay",
    "Q25": "assessment without a status, later than the list's day, or not placed",
    "Q26": "code that is none of HUD's: read as not collected",
    "Q27": "too few rows of HMIS are left",
    "X01": "assessment result of a type that nothing maps: no score is read from it",
}
"""Each check in words."""
_COLUMNS: Final = {
    "check": pl.String,
    "effect": pl.String,
    "what": pl.String,
    "file": pl.String,
    "line": pl.UInt32,
    "EnrollmentID": pl.String,
    "PersonalID": pl.String,
    "column": pl.String,
    "value": pl.String,
}
_EMPTY: Final = pl.DataFrame(schema=_COLUMNS)
HEADER: Final = tuple(_COLUMNS)
"""The columns of the table that goes to the HMIS lead."""


@dataclass
class DataFaults:
    """All faults of a run."""

    parts: list[pl.DataFrame] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    """Why no list can be made, in sentences."""
    whole: bool = True
    """Whether every row is kept; else the first `SHOWN` of each kind, and how many there are."""
    counts: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    """Check, effect, words and file to how many rows."""

    def say(self, check: str, effect: Effect, file: str, what: str, column: str = "", line: int | None = None) -> None:
        """One fault of a whole file, in words."""
        if effect is Effect.REFUSED:
            self.refusals.append(what)
        self.add(check, effect, file, pl.DataFrame({"line": [line]}, schema={"line": pl.UInt32}), column, what)

    def add(
        self,
        check: str,
        effect: Effect,
        file: str,
        rows: pl.DataFrame,
        column: str = "",
        what: str = "",
        value: str = "",
    ) -> None:
        """The faults of `rows`, which have `line` and maybe ids; `value` names a column of codes or dates to show."""
        if not rows.height:
            return
        given = {name: own_id(name) for name in ("EnrollmentID", "PersonalID") if name in rows.columns}
        shown = pl.col(value).cast(pl.String) if value else pl.lit(None, pl.String)
        fixed = {
            "check": check,
            "effect": effect.value,
            "what": what or SAID[check],
            "file": f"{file}.csv",
            "column": column,
        }
        made = {name: pl.lit(text, pl.String) for name, text in fixed.items()}
        made |= {"line": pl.col("line").cast(pl.UInt32), "value": shown} | given
        kind = (check, effect.value, what or SAID[check], f"{file}.csv")
        before = self.counts.get(kind, 0)
        self.counts[kind] = before + rows.height
        if not self.whole:
            rows = rows.head(max(0, SHOWN - before))
        self.parts.append(rows.select(made.get(name, pl.lit(None, pl.String)).alias(name) for name in HEADER))

    def table(self) -> pl.DataFrame:
        """Every fault, by check, file and line."""
        if not self.parts:
            return _EMPTY
        return pl.concat(self.parts).sort("check", "file", "line", maintain_order=True)

    def count(self, effect: Effect) -> int:
        """How many faults do this."""
        return sum(count for (_, said, _, _), count in self.counts.items() if said == effect.value)

    def lines(self) -> Iterator[str]:
        """The faults for a person: each check with its first rows."""
        table = self.table()
        if not table.height:
            yield "Nothing is wrong with the export."
            return
        for (check, effect, what, file), rows in table.group_by("check", "effect", "what", "file", maintain_order=True):
            count = self.counts[str(check), str(effect), str(what), str(file)]
            yield f"{check} {str(what).rstrip('.')}: {count:,} in {file}, {effect}"
            if rows["line"].null_count() < rows.height:
                yield from (_line(*row) for row in rows.head(SHOWN).select(HEADER[4:]).iter_rows())
            if count > SHOWN:
                yield f"    and {count - SHOWN:,} more"


def _line(line: int | None, enrollment: str | None, person: str | None, column: str | None, value: str | None) -> str:
    parts = [f"line {line}" if line else "", f"EnrollmentID {enrollment}" if enrollment else ""]
    parts += [f"PersonalID {person}" if person else "", f"{column} {value}" if column and value else column or ""]
    return "    " + ", ".join(ascii(part)[1:-1] for part in parts if part)
