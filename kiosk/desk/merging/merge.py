"""The merge itself: read both sides, rank them as one, number every row, write list, keys and audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging import carrying, export_age, export_ids, flat, hmis_side, hmis_tables, row_checks, row_numbers
from kiosk.desk.merging.carrying import Carried, Carry
from kiosk.desk.merging.data_faults import DataFaults, Effect
from kiosk.desk.merging.disguise import BOUND, EXTERNAL, Disguise, disguised
from kiosk.desk.merging.export_files import is_export, shown, source
from kiosk.desk.merging.external import ExternalLists, Terms
from kiosk.desk.merging.list_rules import ListRules
from kiosk.desk.merging.list_rules import load as load_rules
from kiosk.desk.merging.mapping import Decisions
from kiosk.desk.merging.mapping import load as load_mapping
from kiosk.desk.merging.merge_errors import FaultyExport, NothingGiven, TooFewRows
from kiosk.desk.merging.merge_tally import BY_REASON, Audit, Why
from kiosk.desk.merging.row_cells import BY_KEY, CELLS, key_column, key_texts, of_external, written
from kiosk.desk.merging.sheets import as_bytes
from kiosk.desk.merging.waiting import EXPLAINED, Waiting, explained, waiting
from kiosk.desk.merging.writing import new_files, said_of
from kiosk.priority.profile import Profile
from schema.merged import COLUMNS, MergedRow, list_id

FEWEST: Final = 11
"""The least HMIS rows of a list: under so many its external rows would stand nearly alone (HUD's limit)."""
_AGENCY: Final = "agency"
_NUMBER: Final = "list_number"


@dataclass(frozen=True)
class Task:
    """What is to be merged, and where to."""

    profile: Profile
    hmis: Sequence[Path] = ()
    external: Sequence[Path] = ()
    out: Path | None = None
    """The merged list; `None` writes none, and the data are checked only."""
    key_out: Path | None = None
    external_key_out: Path | None = None
    explain: Path | None = None
    faults_out: Sequence[Path] = ()
    mapping: Path | None = None
    rules: Path | None = None
    ties: Path | None = None
    leave_out_expired: bool = False
    leave_out_faulty: bool = False
    day: date | None = None
    """The list's day; `None` for the earlier of today and the export's end."""
    carry: Carry | None = None
    """The last list, whose people keep their numbers; `None` for a list that stands for itself."""
    today: date | None = None
    """`None` for the day of the run."""


@dataclass
class Run:
    """What a run has found so far; everything that is said about it comes from here."""

    audit: Audit = field(default_factory=Audit)
    faults: DataFaults = field(default_factory=DataFaults)
    progress: Callable[[str], None] = lambda _: None
    day: date | None = None
    """The list's day, once an export was read."""
    verdicts: dict[str, str] = field(default_factory=dict, repr=False)
    """Why people of the exports are off the list, by PersonalID; read only where a list is carried on."""


def merge(task: Task, run: Run) -> None:
    """Do it. Raises KioskError, and then has written no list; `run` holds what was counted until then."""
    if not task.hmis and (task.out or not task.external):
        raise NothingGiven("There is no HMIS export and no list to read.")
    decisions = load_mapping(task.mapping, task.profile) if task.mapping else Decisions()
    rules = load_rules(task.rules) if task.rules else ListRules()
    run.faults.whole = bool(task.faults_out)
    inside = _inside(task, decisions, rules, run)
    external = _external(task, decisions, run)
    if task.out is None:
        return
    if inside.height < FEWEST:
        what = f"{inside.height} rows of HMIS are left, and a list needs {FEWEST}."
        run.faults.say("Q27", Effect.REFUSED, "Enrollment", what)
        raise TooFewRows(what)
    ranked = _Ranked(inside, external, task, _month(task, run))
    if ranked.carried is not None:
        assert task.carry is not None
        rows = [MergedRow(*each) for each in ranked.list_rows().iter_rows()]
        carrying.finish(task.carry, ranked.carried, rows, run.verdicts, external.left_out)
        ranked.carried.said = ranked.said(external)
        ranked.carried.list_id = ranked.list_id
        run.audit.carried += ranked.carried.lines()
    _write(task, ranked, run)


def _inside(task: Task, decisions: Decisions, rules: ListRules, run: Run) -> pl.DataFrame:
    """Everybody in HMIS who is on the list, from exports or from flat lists."""
    exports = [path for path in task.hmis if is_export(path)]
    parts = [_exports(task, exports, decisions, rules, run)] if exports else []
    for path in task.hmis:
        if path not in exports:
            tally = run.audit.tally(f"List {shown(path)}")
            rows = flat.side(path, task.profile, decisions, tally, leave_out_faulty=task.leave_out_faulty)
            parts.append(pl.DataFrame(rows, schema=_schema(task.profile), orient="row"))
    return pl.concat(parts) if parts else pl.DataFrame(schema=_schema(task.profile))


def _exports(task: Task, paths: Sequence[Path], decisions: Decisions, rules: ListRules, run: Run) -> pl.DataFrame:
    today = task.today or date.today()
    run.progress("Reading the HMIS export")
    tables = hmis_tables.read([source(path) for path in paths], run.faults)
    day = export_age.day_of_list(tables.export, task.day, today, len(paths), run.faults)
    run.day = day
    run.audit.notes.append(
        f"The list's day: {day}. Rules: {rules.fingerprint}. Scoring profile: {task.profile.fingerprint}."
    )
    run.progress("Asking the rules of every enrollment")
    found = waiting(tables, day, rules)
    people = hmis_side.side(found, tables, task.profile, decisions.scores, run.faults)
    run.progress("Checking every row")
    row_checks.check(tables, found, day, run.faults)
    _count(found, run.audit)
    if task.carry is not None:
        run.verdicts = dict(found.verdicts.drop_nulls().select("PersonalID", "verdict").iter_rows())
    _tell(task, found, run)
    if run.faults.refusals:
        raise FaultyExport(" ".join(run.faults.refusals))
    return people.select(_schema(task.profile).keys()).cast(_schema(task.profile))  # type: ignore[arg-type]


def _tell(task: Task, found: Waiting, run: Run) -> None:
    """Write what the HMIS lead is told: a line for each enrollment, and the faults."""
    files: list[tuple[Path, bytes]] = []
    if task.explain:
        files.append((task.explain, as_bytes(explained(found), task.explain.suffix, ids=EXPLAINED[:2])))
    for path in task.faults_out:
        ids, texts = ("EnrollmentID", "PersonalID"), ("what", "value")
        files.append((path, as_bytes(run.faults.table(), path.suffix, ids=ids, texts=texts)))
    if files:
        with new_files([path for path, _ in files]) as opened:
            for file, (path, content) in zip(opened, files, strict=True):
                with said_of(path):
                    file.write(content)


def _count(found: Waiting, audit: Audit) -> None:
    """Every enrollment is on the list, or is counted with its reason."""
    tally = audit.tally("HMIS enrollments")
    tally.read = found.rows.height
    own = found.rows.join(found.verdicts, on="PersonalID", how="left", maintain_order="left")
    reason = pl.coalesce("own", "verdict")
    for name, count in own.group_by(reason.alias("reason")).len().iter_rows():
        if name is not None:
            tally.left_out[BY_REASON[name]] += count
    tally.left_out[Why.ANOTHER_ROW] += tally.kept - found.people.height
    breaches = found.rows.filter(col("own") == "victim_services")
    if breaches.height:
        audit.breaches.append(_breach(breaches))


def _breach(rows: pl.DataFrame) -> str:
    owners = sorted(str(each) for each in rows["OrganizationID"].drop_nulls().unique())
    named = ", ".join(ascii(each.rpartition(export_ids.OF)[2])[1:-1] for each in owners[:10])
    more = "" if len(owners) <= 10 else ", and others"
    return (
        f"{rows.height} enrollments in HMIS are under a victim service provider, or under an organization that is not "
        "marked as none (VictimServiceProvider is no plain 0); a victim service provider's people must never be in "
        f"HMIS (MO-10). They were left out. Tell the HMIS lead; OrganizationID: {named}{more}."
    )


def _external(task: Task, decisions: Decisions, run: Run) -> ExternalLists:
    month = _month(task, run)
    fingerprints = decisions.fingerprints | {task.profile.fingerprint}
    terms = Terms(month, fingerprints, task.leave_out_expired, task.leave_out_faulty)
    lists = ExternalLists(task.profile, terms)
    for path in task.external:
        lists.read(path, run.audit)
    return lists


def _month(task: Task, run: Run) -> str:
    return (run.day or task.day or task.today or date.today()).isoformat()[:7]


def _schema(profile: Profile) -> dict[str, type[pl.DataType]]:
    return {"id": pl.String, **{key_column(key): pl.Int64 for key in profile.order}, **dict.fromkeys(CELLS, pl.String)}


class _Ranked:
    """Both sides in one order: by the profile's keys, and where those are equal, by chance."""

    def __init__(self, inside: pl.DataFrame, external: ExternalLists, task: Task, month: str) -> None:
        chance = row_numbers.tie_break(row_numbers.secret_of(task.ties) if task.ties else b"")
        profile = task.profile
        mine = inside.with_columns(
            pl.Series("tie", [chance(each) for each in inside["id"]], dtype=pl.Binary),
            pl.lit(None, pl.String).alias(_AGENCY),
            pl.lit(False).alias(EXTERNAL),
        )
        theirs = pl.DataFrame(
            [
                {
                    "id": str(number),
                    **{key_column(key): band for key, band in zip(profile.order, each.bands, strict=True)},
                    **of_external(each.row),
                    "tie": bytes.fromhex(each.row.tie_break),
                    _AGENCY: agency,
                    EXTERNAL: True,
                }
                for (agency, number), each in external.listed.items()
            ],
            schema={**_schema(profile), "tie": pl.Binary, _AGENCY: pl.String, EXTERNAL: pl.Boolean},
            orient="row",
        )
        keys = [key_column(key) for key in profile.order]
        both = pl.concat([mine, theirs]).sort([*keys, "tie"], descending=[*[True] * len(keys), False])
        self.profile = profile
        self.count = both.height
        shown = both.with_columns(key_texts(profile)).drop("tie")
        names = [f"shown {key}" for key in profile.order]
        self.disguise: Disguise = disguised(shown, [*names, *CELLS], names)
        self.carried: Carried | None = None
        if task.carry is not None:
            origins = list(both.select("id", _AGENCY).iter_rows())
            self.carried = carrying.begin(task.carry, month, origins, external.agencies)
        numbers = row_numbers.draw(self.count) if self.carried is None else self.carried.numbers
        self.rows = self.disguise.rows.with_columns(
            pl.int_range(1, pl.len() + 1).cast(pl.String).alias("rank"),
            pl.Series("meeting_number", numbers).cast(pl.String),
            pl.lit(profile.fingerprint).alias("profile_fingerprint"),
            *written(profile),
        )

    def list_rows(self) -> pl.DataFrame:
        """The merged list."""
        return self.rows.select(COLUMNS)

    @cached_property
    def list_id(self) -> str:
        """The list's own name, by which its keys say what they are of."""
        return list_id(self.list_rows().iter_rows())

    def said(self, external: ExternalLists) -> dict[str, str]:
        """Meeting number to what became of somebody, as her agency says."""
        theirs = self.rows.filter(EXTERNAL).select("meeting_number", _AGENCY, "id").iter_rows()
        said = {number: external.listed[agency, int(own)].row.status for number, agency, own in theirs}
        return {number: status for number, status in said.items() if status}

    def hmis_keys(self) -> dict[str, pl.DataFrame]:
        """Each export's place to the key of its lead."""
        mine = self.rows.filter(~col(EXTERNAL)).with_columns(export_ids.export_of("id").alias("of"))
        names = mine["of"].unique().sort().to_list()
        return {
            str(name): mine.filter(col("of") == name).select("meeting_number", personal_id=export_ids.own_id("id"))
            for name in names
        }

    def agency_keys(self) -> dict[str, pl.DataFrame]:
        """Each agency's own key: nobody sees another's numbers."""
        theirs = self.rows.filter(EXTERNAL)
        return {
            str(name): theirs.filter(col(_AGENCY) == name).select(
                "meeting_number", list_number="id", contact_agency_code=_AGENCY, merged_list=pl.lit(self.list_id)
            )
            for name in theirs[_AGENCY].unique().sort().to_list()
        }


def _write(task: Task, ranked: _Ranked, run: Run) -> None:
    """Write list and keys, each whole or not at all; the list gets its name last."""
    out = task.out
    assert out is not None
    audit = run.audit
    audit.listed = ranked.count
    if not audit.balanced:
        raise AssertionError("a row is neither listed nor accounted for")
    _tell_disguise(ranked.disguise, audit)
    files = [(path, as_bytes(rows, path.suffix, ids=("personal_id",))) for path, rows in key_files(task, out, ranked)]
    if task.carry is not None and ranked.carried is not None:
        files.append((task.carry.out, task.carry.seal(ranked.carried)))
    files.append((out, as_bytes(ranked.list_rows(), out.suffix)))
    with new_files([path for path, _ in files]) as opened:
        for file, (path, content) in zip(opened, files, strict=True):
            with said_of(path):
                file.write(content)


def key_files(task: Task, out: Path, ranked: _Ranked) -> list[tuple[Path, pl.DataFrame]]:
    """One key file for each HMIS lead and each agency."""
    key = task.key_out or out.with_name(f"{out.stem}.hmis-key{out.suffix}")
    keys = ranked.hmis_keys()
    files = [
        (key if len(keys) == 1 else key.with_name(f"{key.stem}.{name}{key.suffix}"), rows)
        for name, rows in keys.items()
    ]
    external = task.external_key_out or out.with_name(f"{out.stem}.external-key{out.suffix}")
    return files + [
        (external.with_name(f"{external.stem}.{agency}{external.suffix}"), rows)
        for agency, rows in ranked.agency_keys().items()
    ]


def _tell_disguise(disguise: Disguise, audit: Audit) -> None:
    if not disguise.ratio:
        return
    audit.hidden.append(
        f"No shown row is more than {disguise.ratio:.1f} times likelier on an external list than in HMIS "
        f"(bound: {BOUND:g})."
    )
    if disguise.hidden:
        names = {
            f"shown {key}": BY_KEY.get(key, key) for key in (name.removeprefix("shown ") for name in disguise.hidden)
        }
        said = ", ".join(f"{names.get(name, name)} in {count:,}" for name, count in disguise.hidden.items())
        audit.hidden.append(f"For that, cells are empty on both sides: {said} rows.")
    if disguise.order_ratio > BOUND:
        audit.hidden.append(
            "The order itself is not made coarser: some places in it are held by external rows far more often."
        )
