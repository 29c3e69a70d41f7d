"""`kiosk meeting`: the list holder's list, from meeting to meeting."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option
from kiosk.errors import ExitCode, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.meeting.meeting import Meeting
    from kiosk.meeting.meeting_file import MeetingFile

PROMPT = "Passphrase of the meeting: "


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "the list holder's list from meeting to meeting, full screen"
    parser = commands.add_parser(
        "meeting",
        help=text,
        description=f"{sentence(text)}. FILE is one sealed file: merged list, vacancies, offers, and a record of "
        "changes; no name, no PersonalID and no visitor's number is in it.",
    )
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help="the meeting; made by --from where it is not there yet")
    add(
        "--from",
        dest="merged",
        metavar="MERGED",
        type=Path,
        nargs="+",
        help="a merged list to take in, and its origins where they do not lie beside it",
    )
    add("--area", metavar="CODE", default="", help="what the meeting is called; with --from, once")
    add("--month", metavar="YYYY-MM", help="the list's month, for a list without origins (default: this month)")
    add("--by", metavar="CODE", default="HOLDER", help="whoever changes the list, by a code; it goes into the record")
    add("--codes", metavar="FILE", type=Path, help="the region's own codes for notes and reasons (TOML)")
    show = parser.add_mutually_exclusive_group()
    show.add_argument("--show", action="store_true", help="print the list, and open no screen")
    show.add_argument("--difference", action="store_true", help="print who is new, gone or changed")
    show.add_argument("--return", dest="returns", metavar="DIR", type=Path, help="write a return file for every agency")
    show.add_argument("--changes", action="store_true", help="print the record of changes: who by code, what, when")
    show.add_argument("--handout", metavar="OUT", type=Path, help="write the list with states (CSV, XLSX)")
    show.add_argument("--hmis-out", metavar="OUT", type=Path, help="write the HMIS lead's file, by meeting number")
    add("--external-key", metavar="FILE", type=Path, nargs="+", default=[], help="with --return: the agencies' keys")
    add("--agencies", metavar="FILE", type=Path, help="with --return: each agency's code and public key (TOML)")
    add_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Take a list in, print, or open the screen."""
    if parsed.merged:
        return _take(parsed)
    if parsed.returns:
        return _return(parsed)
    if parsed.handout or parsed.hmis_out:
        return _hand_out(parsed)
    if parsed.show or parsed.difference or parsed.changes or parsed.codes:
        return _print(parsed)
    return _full_screen(parsed)


def _full_screen(parsed: argparse.Namespace) -> int:
    from kiosk import config
    from kiosk.launch import recorders
    from kiosk.launch.become_supervisor import require_terminal
    from kiosk.meeting.record import WHO
    from kiosk.paths import place
    from kiosk.vault.private_file import read_private

    read_private(parsed.file, longest=1 << 27)  # what is missing is said before anybody types a passphrase
    if not WHO.fullmatch(parsed.by):
        raise UsageProblem("--by takes a code: a capital letter, then letters, digits and hyphens, 12 at most.")
    require_terminal()
    here = place()
    station = config.read(here.station_toml) if here.set_up else None
    recorders.refuse(allowed=station is not None and station.allow_recorder)
    from kiosk.meeting.start import full_screen
    from kiosk.supervisor import guardian

    guardian.stand()
    full_screen(parsed.file, parsed.by, station.panic_key if station else None)


def opened(path: Path, passphrase: str) -> MeetingFile:
    """The meeting's file. Raises NotOpened or KioskError."""
    from kiosk.commands.passphrase import NotOpened
    from kiosk.desk.keys.derivation import WrongPassphrase
    from kiosk.meeting.meeting_file import MeetingFile

    try:
        return MeetingFile.open(path, passphrase)
    except WrongPassphrase as error:
        raise NotOpened(str(error)) from None


def passphrase_of(parsed: argparse.Namespace, *, new: bool = False) -> str:
    """The meeting's passphrase, from a file or typed; a new one twice. Raises BadPassphrase or KioskError."""
    from kiosk.commands.passphrase import asked, first_line, new_passphrase

    if new:
        return new_passphrase(parsed.passphrase_file, of="the meeting and its carry key")
    return asked(PROMPT) if parsed.passphrase_file is None else first_line(parsed.passphrase_file)


def _take(parsed: argparse.Namespace) -> int:
    """Make the meeting, or carry it on with the next list."""
    from kiosk.commands.passphrase import NotOpened
    from kiosk.desk.keys.derivation import WrongPassphrase
    from kiosk.meeting import merged_rows, origins, taking
    from kiosk.meeting.printed import summary

    merged, *rest = parsed.merged
    if len(rest) > 1:
        raise UsageProblem("--from takes one merged list and its origins.")
    beside = rest[0] if rest else origins.beside(merged)
    passphrase = passphrase_of(parsed, new=not parsed.file.exists() and not beside.exists())
    try:
        theirs = origins.read(beside, passphrase) if rest or beside.exists() else None
    except WrongPassphrase:
        raise NotOpened("The origins were sealed with another passphrase than this one.") from None
    rows, today = merged_rows.read(merged), date.today()
    if parsed.file.exists():
        file = _carried(parsed, passphrase, rows, theirs, today)
    else:
        from kiosk.meeting.meeting_file import MeetingFile

        month = parsed.month or today.isoformat()[:7]
        meeting = taking.first(_area(parsed.area), rows, theirs, month)
        _with_codes(meeting, parsed.codes)
        file = MeetingFile.new(parsed.file, meeting, passphrase)
        if theirs is None:
            print("The list has no origins: this meeting can be held, and no later list can carry it on.")
    print(summary(file.meeting, today))
    return ExitCode.DONE


def _carried(parsed: argparse.Namespace, passphrase: str, rows: object, theirs: object, today: date) -> MeetingFile:
    from kiosk.meeting import taking

    before = opened(parsed.file, passphrase)
    if theirs is None:
        raise taking.CannotCarry("The list has no origins beside it.")
    taken = taking.carry(before.meeting, rows, theirs, parsed.by, today)  # type: ignore[arg-type]
    _with_codes(taken.meeting, parsed.codes)
    file = before.with_list(taken.meeting)
    if taken.forget:
        file.save_and_forget()
    else:
        file.save()
    return file


def _print(parsed: argparse.Namespace) -> int:
    from kiosk.meeting import printed

    file = opened(parsed.file, passphrase_of(parsed))
    if parsed.codes:
        _with_codes(file.meeting, parsed.codes)
        file.save()
    said: Iterable[str] = ()
    if parsed.changes:
        said = printed.changes(file.meeting)
    elif parsed.difference:
        said = printed.difference(file.meeting)
    elif parsed.show:
        said = printed.lines(file.meeting, date.today())
    for line in said:
        print(line)
    return ExitCode.DONE


def _return(parsed: argparse.Namespace) -> int:
    """Write a return file for every agency."""
    from kiosk.meeting import agencies, returning

    if parsed.agencies is None:
        raise UsageProblem("--return needs --agencies: to whom each file is sealed.")
    to = agencies.load(parsed.agencies)
    file = opened(parsed.file, passphrase_of(parsed))
    for line in returning.write_all(file, parsed.external_key, to, parsed.returns):
        print(line)
    return ExitCode.DONE


def _hand_out(parsed: argparse.Namespace) -> int:
    from kiosk.meeting import handouts

    meeting = opened(parsed.file, passphrase_of(parsed)).meeting
    table = handouts.everybody(meeting, date.today()) if parsed.handout else handouts.for_the_hmis_lead(meeting)
    handouts.write(parsed.handout or parsed.hmis_out, table)
    print(f"{table.height} rows, by meeting number.")
    return ExitCode.DONE


def _with_codes(meeting: Meeting, path: Path | None) -> None:
    from kiosk.meeting.code_list import load

    if path is not None:
        meeting.codes = load(path)


def _area(untrusted: str) -> str:
    import re

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,23}|", untrusted):
        raise UsageProblem("An area's code has letters, digits and hyphens, 24 at most.")
    return untrusted
