"""`kiosk directory [list | check | called | key | import | hold]`: the area's providers; nothing of a visitor."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.directory.area import Area, Provider
from kiosk.errors import ExitCode, Refused, UsageProblem
from kiosk.parser import sentence

if TYPE_CHECKING:
    from kiosk.paths import Place


class NoDirectory(Refused):
    """There is no registry on this machine yet."""

    hint = "`kiosk directory import FILE.csv --area CODE --name NAME --pack ID` makes one; so does `hold` on a kiosk."


class NoSuchProvider(Refused):
    """A code that the directory does not have."""

    hint = "`kiosk directory list` shows the codes."


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `directory` to the command line."""
    text = "the area's providers: who holds records, serves which county, was called when"
    parser = commands.add_parser(
        "directory", help=text, description=f"{sentence(text)}. Alone: its pages, in full screen."
    )
    what = parser.add_subparsers(dest="what", metavar="WHAT", parser_class=type(parser))
    what.add_parser("list", help="every provider, with counties, able and willing, and its last call")
    what.add_parser("check", help="counties without a provider, and numbers that nobody called; 3 where there are any")
    called = what.add_parser("called", help="somebody rang it today and was answered")
    called.add_argument("code", metavar="ID", help="the provider's code")
    take = what.add_parser("import", help="take a coalition's list (CSV) in")
    take.add_argument("list", type=Path, metavar="FILE.csv", help="the list; its first line names the columns")
    take.add_argument("--propose", action="store_true", help="say what it would change and what does not fit, no more")
    take.add_argument("--source", default="", help="whom to credit: the list's name, and its day")
    take.add_argument("--area", metavar="CODE", help="for a new directory: the area's code")
    take.add_argument("--name", help="for a new directory: the area's name")
    take.add_argument("--pack", metavar="ID", help="for a new directory: the pack whose counties it has")
    key = what.add_parser("key", help="take a provider's public key in, once its fingerprint was read out by voice")
    key.add_argument("code", metavar="ID", help="the provider's code")
    key.add_argument("file", type=Path, metavar="FILE", help="what `kiosk keys show --public` wrote there")
    key.add_argument("--check", required=True, help="the fingerprint as the provider reads it out")
    hold = what.add_parser("hold", help="say which agency holds this station's records")
    hold.add_argument("code", metavar="CODE", help="its code; where there is no directory yet, one of it alone is made")


def run(parsed: argparse.Namespace) -> int:
    """Do what was asked. Returns REFUSED where `check` finds something, or a list does not fit."""
    from kiosk.paths import check_modes, place
    from kiosk.vault.locks import one_at_a_time

    here = place()
    check_modes(here)
    if parsed.what is None:
        from kiosk.directory.editor.start import full_screen

        _area(here)
        return full_screen(here)
    with one_at_a_time(here):
        match parsed.what:
            case "list":
                from kiosk.directory.listing import as_lines

                print("\n".join(as_lines(_area(here), date.today())))
            case "check":
                return _check(here)
            case "called":
                _called(here, parsed.code)
            case "key":
                _key(here, parsed)
            case "import":
                return _import(here, parsed)
            case _:
                from kiosk.directory.holding import hold

                print("\n".join(hold(here, parsed.code)))
    return ExitCode.DONE


def _area(here: Place) -> Area:
    from kiosk.directory.area_file import read

    if not here.area_toml.exists():
        raise NoDirectory("There is no directory on this machine.")
    return read(here.area_toml)


def counties_of(here: Place, pack: str) -> list[str]:
    """Return the counties of a pack. Raises BadPack."""
    import json

    from kiosk.content import snapshot

    folder = snapshot.find(pack, here.packs)
    plain = snapshot.frozen(folder, here.packs) if here.packs.is_dir() else snapshot.freeze(folder)
    found: list[str] = json.loads(plain)["counties"]
    return found


def _check(here: Place) -> ExitCode:
    from kiosk.directory.checking import faults

    area = _area(here)
    counties = counties_of(here, area.pack)
    found = list(faults(area, counties, date.today()))
    print("\n".join(found) if found else f"Each of {len(counties)} counties has a provider; every number was called.")
    return ExitCode.REFUSED if found else ExitCode.DONE


def _provider(area: Area, code: str) -> Provider:
    provider = area.find(code)
    if provider is None:
        raise NoSuchProvider("There is no provider of this code in the directory.")
    return provider


def _key(here: Place, parsed: argparse.Namespace) -> None:
    from kiosk.directory.area_file import write
    from kiosk.directory.key_by_voice import with_key

    area = _area(here)
    write(here.area_toml, area.put(with_key(_provider(area, parsed.code), parsed.file, parsed.check)))
    print(f"{parsed.code}: this key is the provider's from now on, and no other.")


def _called(here: Place, code: str) -> None:
    from kiosk.directory.area_file import write

    area = _area(here)
    provider = _provider(area, code)
    if not provider.agency.telephone:
        raise NoSuchProvider(f"{code} has no telephone that anybody could have called.")
    write(here.area_toml, area.put(replace(provider, last_called=date.today())))
    print(f"{code}: {provider.agency.telephone} was called today, {date.today()}.")


def _import(here: Place, parsed: argparse.Namespace) -> ExitCode:
    from kiosk.directory.area_file import write
    from kiosk.directory.coalition_list import BadList, propose

    area = _new_or_present(here, parsed)
    found = propose(area, parsed.list, counties_of(here, area.pack), parsed.source)
    if found.faults and not parsed.propose:
        raise BadList("\n".join(["Nothing was taken in.", *(each.said for each in found.faults)]))
    print("\n".join((*map(str, found.faults), *found.changes)) or "The list changes nothing.")
    if parsed.propose:
        print("Nothing was written.")
        return ExitCode.REFUSED if found.faults else ExitCode.DONE
    write(here.area_toml, found.area)
    return ExitCode.DONE


def _new_or_present(here: Place, parsed: argparse.Namespace) -> Area:
    named = (parsed.area, parsed.name, parsed.pack)
    if here.area_toml.exists():
        if any(named):
            raise UsageProblem("--area, --name and --pack are for a new directory, and there is one.")
        return _area(here)
    if not all(named):
        raise NoDirectory("There is no directory on this machine.")
    return Area(*named)
