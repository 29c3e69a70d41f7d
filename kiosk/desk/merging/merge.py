"""The merge itself: read both sides, rank them as one, number every row, write list, keys and audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
from polars import col

from kiosk.desk.merging import carrying, export_age, export_ids, flat, hmis_side, hmis_tables, row_checks
from kiosk.desk.merging.carrying import Carry
from kiosk.desk.merging.data_faults import DataFaults, Effect
from kiosk.desk.merging.disguise import BOUND, Disguise
from kiosk.desk.merging.export_files import is_export, shown, source
from kiosk.desk.merging.external import ExternalLists, Terms
from kiosk.desk.merging.list_rules import ListRules
from kiosk.desk.merging.list_rules import load as load_rules
from kiosk.desk.merging.mapping import Decisions
from kiosk.desk.merging.mapping import load as load_mapping
from kiosk.desk.merging.merge_errors import FaultyExport, NothingGiven, TooFewRows
from kiosk.desk.merging.merge_tally import BY_REASON, Audit, Why
from kiosk.desk.merging.ranked_rows import Ranked, schema_of
from kiosk.desk.merging.row_cells import BY_KEY
from kiosk.desk.merging.sheets import as_bytes
from kiosk.desk.merging.waiting import EXPLAINED, Waiting, explained, waiting
from kiosk.desk.merging.writing import new_files, said_of
from kiosk.priority.profile import Profile
from schema.merged import MergedRow

FEWEST: Final = 11
"""The least HMIS rows of a list: under so many its external rows would stand nearly alone (HUD's limit)."""
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
    ranked = Ranked(inside, external, task.profile, _month(task, run), task.ties, task.carry)
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
            parts.append(pl.DataFrame(rows, schema=schema_of(task.profile), orient="row"))
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema_of(task.profile))


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
    return people.select(schema_of(task.profile).keys()).cast(schema_of(task.profile))  # type: ignore[arg-type]


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


def _write(task: Task, ranked: Ranked, run: Run) -> None:
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


def key_files(task: Task, out: Path, ranked: Ranked) -> list[tuple[Path, pl.DataFrame]]:
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
