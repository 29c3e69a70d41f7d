"""`kiosk merge`: joins the HMIS list and external lists to one list of numbers in order of need."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.desk.merging.carrying import Carry


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "join the HMIS list and external lists to one list of numbers, in order of need"
    parser = commands.add_parser(
        "merge",
        help=text,
        description=f"{sentence(text)}. Names are never read. No file is replaced, a run that fails leaves nothing "
        "behind, and an audit of every row closes it.",
    )
    add = parser.add_argument
    add(
        "--hmis",
        metavar="PATH",
        type=Path,
        nargs="+",
        default=[],
        help="HMIS CSV exports (folder or zip), or flat lists",
    )
    add("--external", metavar="FILE", type=Path, nargs="+", default=[], help="external lists, from `kiosk export`")
    add("--out", metavar="FILE", type=Path, help="where the merged list goes (CSV or XLSX); without it, only a check")
    add("--check", action="store_true", help="read everything, list every fault, and write no list")
    add("--faults", metavar="FILE", type=Path, nargs="+", default=[], help="where every fault goes (CSV, XLSX)")
    add(
        "--day",
        metavar="YYYY-MM-DD",
        type=_day,
        help="the list's day (default: the earlier of today and the export's end)",
    )
    add("--rules", metavar="FILE", type=Path, help="what the region changes about who is on the list (TOML)")
    add("--explain", metavar="FILE", type=Path, help="a line for each enrollment read: on the list or why not")
    add("--key-out", metavar="FILE", type=Path, help="where the HMIS lead's key goes (default: beside the list)")
    add(
        "--external-key-out", metavar="FILE", type=Path,
        help="where the providers' keys go, one file for each agency (default: beside the list)",
    )  # fmt: skip
    add("--mapping", metavar="FILE", type=Path, help="what scores, fingerprints and a flat list's columns mean (TOML)")
    add("--propose-mapping", action="store_true", help="write a mapping for a flat list, to be gone over, and stop")
    add("--profile", metavar="FILE", type=Path, help="the region's scoring profile (default: hud-generic-2)")
    add("--ties", metavar="FILE", type=Path, help="secret that draws equal places; made when it is missing")
    add("--carry", metavar="FILE", type=Path, help="the last meeting (`kiosk meeting`): its people keep their numbers")
    add(
        "--carry-key",
        metavar="FILE",
        type=Path,
        help="secret by which people are found again, kept apart from the meeting; made when it is missing",
    )
    add("--fresh", action="store_true", help="with --carry: draw new numbers for everybody")
    add("--fewer-lists", action="store_true", help="with --carry: an external list of last time is not given any more")
    add_option(parser)
    add("--leave-out-expired", action="store_true", help="leave out rows without a release that is still good")
    add("--leave-out-faulty", action="store_true", help="leave out rows that cannot be right")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written as 2026-01-31") from None


def run(parsed: argparse.Namespace) -> int:
    """Merge, and print the faults and the audit, whatever comes of it."""
    import gc

    from kiosk.desk.merging.merge_errors import NoEngine

    try:
        import polars  # noqa: F401
    except ImportError:
        raise NoEngine("This installation has no engine for lists.") from None
    from kiosk.desk.merging.merge import Run, Task, merge
    from kiosk.priority.profile import HUD_GENERIC_2, load

    if parsed.propose_mapping:
        from kiosk.desk.merging.proposing import propose

        for path in parsed.hmis:
            print(propose(path))
        return ExitCode.DONE
    gc.disable()  # rows make millions of tuples and no cycle: looking for cycles takes a tenth of the time
    out: Path | None = None if parsed.check else parsed.out
    made = Run(progress=_progress if parsed.check else lambda _: None)
    try:
        merge(
            Task(
                profile=load(parsed.profile or HUD_GENERIC_2),
                hmis=parsed.hmis,
                external=parsed.external,
                out=out,
                key_out=parsed.key_out,
                external_key_out=parsed.external_key_out,
                explain=parsed.explain,
                faults_out=parsed.faults,
                mapping=parsed.mapping,
                rules=parsed.rules,
                ties=parsed.ties,
                leave_out_expired=parsed.leave_out_expired,
                leave_out_faulty=parsed.leave_out_faulty,
                day=parsed.day,
                carry=_carry(parsed) if out is not None else None,
            ),
            made,
        )
    finally:
        lines = [*made.faults.lines(), ""] if made.audit.tallies and parsed.hmis else []
        print("\n".join([*lines, *made.audit.lines()]), flush=True)
    return ExitCode.DONE


def _carry(parsed: argparse.Namespace) -> Carry | None:
    """What of the last meeting is carried on; `None` without a carry key."""
    if parsed.carry_key is None:
        if parsed.carry or parsed.fresh or parsed.fewer_lists:
            raise UsageProblem("--carry needs --carry-key: without its secret nobody is found again.")
        return None
    from kiosk.commands.meeting import opened, passphrase_of
    from kiosk.commands.passphrase import NotOpened
    from kiosk.desk.keys.derivation import WrongPassphrase
    from kiosk.desk.merging.carrying import Carry
    from kiosk.meeting import origins
    from kiosk.meeting.sealed_parts import Lock

    passphrase = passphrase_of(parsed, new=not parsed.carry and not parsed.carry_key.exists())
    file = opened(parsed.carry, passphrase) if parsed.carry else None
    before = file.meeting if file else None
    try:
        secret = origins.carry_secret(parsed.carry_key, passphrase)
    except WrongPassphrase:
        raise NotOpened("The carry key was wrapped with another passphrase than this one.") from None
    return Carry(
        secret,
        origins.beside(parsed.out),
        lambda carried: origins.seal(
            carried, file.lock_for(origins.KIND) if file else Lock.new(origins.KIND, passphrase)
        ),
        dict(zip(before.tags, before.rows, strict=True)) if before else {},
        before.sources if before else frozenset(),
        parsed.fresh,
        parsed.fewer_lists,
    )


def _progress(step: str) -> None:
    import sys

    print(f"{step} ...", file=sys.stderr, flush=True)
