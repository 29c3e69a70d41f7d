"""`kiosk pack check | list | schema | export | import`: for people who write packs; nothing of a visitor."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import ExitCode

if TYPE_CHECKING:
    from kiosk.content.problems import PackProblem


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `pack` to the command line."""
    parser = commands.add_parser("pack", help="content packs: check, list, schema, export, import")
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    check = what.add_parser("check", help="name every fault of a pack: id, language and a sentence each")
    check.add_argument("path", type=Path, help="the pack's folder")
    what.add_parser("list", help="the packs that there are")
    what.add_parser("schema", help="print the JSON Schema of a pack's files")
    export = what.add_parser("export", help="write a pack's questions as a form for spreadsheets")
    export.add_argument("path", type=Path, metavar="PACK", help="the pack's folder")
    export.add_argument("--xlsform", type=Path, metavar="FILE.xlsx", required=True, help="the new file")
    back = what.add_parser("import", help="read questions from a form")
    back.add_argument("path", type=Path, metavar="FILE.xlsx", help="the form")
    back.add_argument("--xlsform", action="store_true", required=True, help="it is an XLSForm")
    back.add_argument("--into", type=Path, metavar="FOLDER", required=True, help="where questions.toml is written")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Do what was asked. Returns REFUSED when a pack has faults."""
    match arguments.what:
        case "check":
            return _check(arguments.path)
        case "list":
            return _list()
        case "export":
            return _export(arguments.path, arguments.xlsform)
        case "import":
            return _import(arguments.path, arguments.into)
        case _:
            return _schema()


def _check(path: Path) -> ExitCode:
    from datetime import UTC, datetime

    from kiosk.content.check import check
    from kiosk.content.lint import lint

    folder = path.resolve()
    checked = check(folder)
    problems: list[PackProblem] = list(checked.problems)
    if checked.pack is not None:
        problems += lint(checked.pack, datetime.now(UTC).date())
    for problem in problems:
        print(problem)
    if problems:
        return ExitCode.REFUSED
    pack = checked.pack
    assert pack is not None
    languages = ", ".join(
        f"{language.name}{'' if language.reviewed else ' (awaits review)'}" for language in pack.languages
    )
    print(f"{pack.id} version {pack.version}: no faults. Languages: {languages}.")
    return ExitCode.DONE


def _list() -> ExitCode:
    from kiosk.content.files import BUILT_IN, Unreadable, read
    from kiosk.content.load import ENTRY
    from kiosk.content.problems import shown
    from kiosk.content.snapshot import available
    from kiosk.paths import Place, home

    for name, folder in available(Place(home()).packs).items():
        try:
            title = read(folder, ENTRY).get("title", {})
        except Unreadable as unreadable:
            print(f"{shown(name)}  {unreadable.problem.sentence}")
            continue
        words = next(iter(title.values()), "") if isinstance(title, dict) else ""
        where = "built in" if folder.parent == BUILT_IN else "this machine's own"
        print(f"{shown(name).strip(chr(39))}  {shown(words).strip(chr(39))}  ({where})")
    return ExitCode.DONE


def _schema() -> ExitCode:
    from kiosk.content.json_schema import schema

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return ExitCode.DONE


def _export(folder: Path, file: Path) -> ExitCode:
    from kiosk.content.forms.files import keep_form

    print(f"{keep_form(folder, file)} questions written. The form holds questions alone, not the rest of the pack.")
    return ExitCode.DONE


def _import(file: Path, folder: Path) -> ExitCode:
    from kiosk.content.forms.files import keep_questions

    count = keep_questions(file, folder)
    print(
        f"{count} questions written to questions.toml. Name it in pack.toml's `include`, then run `kiosk pack check`."
    )
    return ExitCode.DONE
