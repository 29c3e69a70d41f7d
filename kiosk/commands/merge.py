"""`kiosk merge`: joins the HMIS list and external lists to one list of numbers in order of need."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.errors import ExitCode
from kiosk.parser import sentence


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
        "--hmis", metavar="DIR_OR_CSV", type=Path, required=True, help="HMIS CSV export (folder or zip), or a flat list"
    )
    add("--external", metavar="FILE", type=Path, nargs="+", required=True, help="external lists, from `kiosk export`")
    add("--out", metavar="FILE", type=Path, required=True, help="where the merged list goes")
    add("--key-out", metavar="FILE", type=Path, help="where the HMIS lead's key goes (default: beside the list)")
    add(
        "--external-key-out", metavar="FILE", type=Path, help="where the providers' key goes (default: beside the list)"
    )
    add("--mapping", metavar="FILE", type=Path, help="what scores, fingerprints and a flat list's columns mean (TOML)")
    add("--profile", metavar="FILE", type=Path, help="the region's scoring profile (default: hud-generic-1)")
    add("--ties", metavar="FILE", type=Path, help="secret that draws equal places; made when it is missing")
    add("--leave-out-expired", action="store_true", help="leave out rows without a release that is still good")


def run(parsed: argparse.Namespace) -> int:
    """Merge, and print the audit, whatever comes of it."""
    import gc

    from kiosk.desk.merging.audit import Audit
    from kiosk.desk.merging.merge import Task, merge
    from kiosk.priority.profile import HUD_GENERIC_1, load

    gc.disable()  # rows make millions of tuples and no cycle: looking for cycles takes a tenth of the time
    out: Path = parsed.out
    audit = Audit()
    try:
        merge(
            Task(
                hmis=parsed.hmis,
                external=parsed.external,
                out=out,
                key_out=parsed.key_out or out.with_name(f"{out.stem}.hmis-key{out.suffix}"),
                external_key_out=parsed.external_key_out or out.with_name(f"{out.stem}.external-key{out.suffix}"),
                profile=load(parsed.profile or HUD_GENERIC_1),
                mapping=parsed.mapping,
                ties=parsed.ties,
                leave_out_expired=parsed.leave_out_expired,
            ),
            audit,
        )
    finally:
        print("\n".join(audit.lines()), flush=True)
    return ExitCode.DONE
