"""The merge itself: read both sides, rank them as one, number every row, write list, keys and audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO, Final

from kiosk.desk.merging import hmis, meeting
from kiosk.desk.merging.audit import Audit
from kiosk.desk.merging.external import ExternalLists, Terms
from kiosk.desk.merging.flat import FlatList
from kiosk.desk.merging.looks import Looks
from kiosk.desk.merging.mapping import Decisions
from kiosk.desk.merging.mapping import load as load_mapping
from kiosk.desk.merging.need import Needs, Standing
from kiosk.desk.merging.people import People
from kiosk.desk.merging.safe_cells import safe
from kiosk.desk.merging.sources import is_zip, shown, source
from kiosk.desk.merging.ties import secret_of, tie_break
from kiosk.desk.merging.writing import new_files, said_of
from kiosk.priority.profile import Profile
from schema.merged import COLUMNS, ExternalKeyRow, HmisKeyRow

Id = str | int
"""A PersonalID, or a visitor's number."""
_PART: Final = 4_096


@dataclass(frozen=True)
class Task:
    """What is to be merged, and where to."""

    hmis: Path
    external: Sequence[Path]
    out: Path
    key_out: Path
    external_key_out: Path
    profile: Profile
    mapping: Path | None = None
    ties: Path | None = None
    leave_out_expired: bool = False
    today: date | None = None
    """The day by which exits, releases and youth are measured; `None` for the day of the run."""


def merge(task: Task, audit: Audit) -> None:
    """Do it. Raises KioskError, and then has written nothing; `audit` holds what was counted until then."""
    with new_files((task.key_out, task.external_key_out, task.out)) as (key, external_key, out):
        decisions = load_mapping(task.mapping, task.profile) if task.mapping else Decisions()
        needs = Needs(task.profile)
        today = (task.today or date.today()).isoformat()
        inside, external = _both(task, needs, decisions, today, audit)
        ranked = Ranked(inside, external, tie_break(secret_of(task.ties) if task.ties else b""))
        audit.listed, audit.emptied = ranked.count, ranked.looks.emptied
        if not audit.balanced:
            raise AssertionError("a row is neither listed nor accounted for")
        with said_of(task.out):
            ranked.write(out, key, external_key, task.profile.fingerprint)


def _external(task: Task, needs: Needs, decisions: Decisions, today: str, audit: Audit) -> ExternalLists:
    fingerprints = decisions.fingerprints | {task.profile.fingerprint}
    lists = ExternalLists(needs, Terms(today[:7], fingerprints, task.leave_out_expired))
    for path in task.external:
        lists.read(path, audit)
    return lists


def _both(
    task: Task, needs: Needs, decisions: Decisions, today: str, audit: Audit
) -> tuple[People | FlatList, ExternalLists]:
    """Those who are in HMIS, from an export or one flat file, and those who are not; the larger part is begun first."""
    if not (task.hmis.is_dir() or is_zip(task.hmis)):
        external = _external(task, needs, decisions, today, audit)
        return FlatList(task.hmis, needs, decisions, audit.tally(f"List {shown(task.hmis)}")), external
    export = source(task.hmis)
    with hmis.reading(export, needs, decisions.scores, today) as beside:
        external = _external(task, needs, decisions, today, audit)
        return hmis.read(export, needs, decisions.scores, today, audit, beside), external


class Ranked:
    """Both sides in one order: by the profile's keys, and where those are equal, by chance."""

    def __init__(self, inside: People | FlatList, external: ExternalLists, chance: Callable[[str], bytes]) -> None:
        self._inside = inside
        self._external = external
        self._chance = chance
        self._equals: dict[tuple[int, ...], list[Id]] = defaultdict(list)
        """Ids by their bands."""
        standings: Iterator[tuple[Id, Standing]] = chain(inside.standings(), external.standings())
        for each, standing in standings:
            self._equals[standing.bands].append(each)
        self.count = sum(map(len, self._equals.values()))
        self.looks = Looks(inside.looks(), external.looks())

    def write(self, out: IO[str], key: IO[str], external_key: IO[str], fingerprint: str) -> None:
        """Write the list and the two keys, in order of rank; every row gets a meeting number (P10)."""
        for file, columns in ((out, COLUMNS), (key, HmisKeyRow._fields), (external_key, ExternalKeyRow._fields)):
            file.write(",".join(columns) + "\n")
        inside, external, looks = self._inside.shown, self._external.listed, self.looks
        numbered = enumerate(meeting.draw(self.count), start=1)
        for part in self._in_order():
            rows, keys, external_keys = [], [], []
            for each, (rank, number) in zip(part, numbered, strict=False):
                if isinstance(each, str):
                    rows.append(f"{rank},{number},{inside(each, looks.inside)},{fingerprint}\n")
                    keys.append(f"{number},{each if each.isalnum() else safe(each)}\n")
                else:
                    listed = external[each]
                    shown = f"{listed.standing.shown},{looks.outside[listed.looks]}"
                    rows.append(f"{rank},{number},{shown},{fingerprint}\n")
                    external_keys.append(f"{number},{each},{listed.agency}\n")
            out.write("".join(rows))
            key.write("".join(keys))
            external_key.write("".join(external_keys))

    def _in_order(self) -> Iterator[Sequence[Id]]:
        """Everybody in order, in parts that are small beside the whole."""
        for bands in sorted(self._equals, reverse=True):
            equals = self._equals.pop(bands)
            if len(equals) > 1:
                equals.sort(key=self._tie_break)
            yield from (equals[start : start + _PART] for start in range(0, len(equals), _PART))

    def _tie_break(self, each: Id) -> bytes:
        return self._chance(each) if isinstance(each, str) else self._external.tie_break(each)
