"""`kiosk keys`: the provider's key made, shown, put on paper, put back, replaced; its register handed over."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.passphrase import add_option
from kiosk.parser import sentence

TASKS = ("new", "show", "share", "take", "news", "rotate", "backup", "restore")
"""What can be done with a key; each has a module `kiosk.commands.keys_...` of its own."""
SUITES = ("x25519", "x-wing")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    text = "make, show, replace, back up and restore the provider's key"
    parser = commands.add_parser("keys", help=text, description=f"{sentence(text)}.")
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    for name, add in zip(TASKS, (_new, _show, _share, _take, _news, _rotate, _backup, _restore), strict=True):
        add_option(add(tasks, name))


def run(parsed: argparse.Namespace) -> int:
    """Do the task. Returns the exit status."""
    return int(import_module(f"kiosk.commands.keys_{parsed.task}").run(parsed))


if TYPE_CHECKING:
    Tasks = argparse._SubParsersAction[argparse.ArgumentParser]


def _new(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "make a desk without a kiosk on this machine: a key, an empty list, a region without stations"
    parser = tasks.add_parser(name, help=text, description=f"{sentence(text)}.")
    parser.add_argument("--region", metavar="CODE", required=True, help="the region's code, such as MO-606")
    parser.add_argument(
        "--suite", choices=SUITES, default=SUITES[0], help="x-wing holds against quantum computers, too"
    )
    _recipients(parser)
    return parser


def _show(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "print the fingerprints of the keys that records are sealed to"
    parser = tasks.add_parser(name, help=text, description=f"{sentence(text)}.")
    parser.add_argument("--public", metavar="FILE", type=Path, help="write this provider's public key to a new file")
    return parser


def _share(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "seal the register of stations for another provider who may open the records, so that she can rank them"
    parser = tasks.add_parser(name, help=text, description=f"{text.capitalize()}.")
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write it; nothing may be there yet")
    parser.add_argument("--to", metavar="PUBLIC", type=Path, required=True, help="that provider's public key")
    return parser


def _take(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "take another provider's register of stations, so that this desk ranks their records"
    parser = tasks.add_parser(name, help=text, description=f"{text.capitalize()}.")
    parser.add_argument("file", metavar="FILE", type=Path, help="what `kiosk keys share` wrote")
    parser.add_argument("--check", required=True, help="the check that the other provider read out, in quotation marks")
    return parser


def _news(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "hand the secret of this region's news to another provider of the area, take hers, or draw a new one"
    parser = tasks.add_parser(name, help=text, description=f"{text.capitalize()}.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--to", metavar="PUBLIC", type=Path, help="that provider's public key")
    which.add_argument("--take", action="store_true", help="put what another provider wrote into use")
    which.add_argument("--new", action="store_true", help="after a station was lost: a new secret")
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the file to write, or to take")
    parser.add_argument("--check", default="", help="with --take: what the other provider read out, in quotation marks")
    return parser


def _rotate(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "put a new key in the place of the old one and seal every record again"
    parser = tasks.add_parser(
        name,
        help=text,
        description=f"{sentence(text)}. It can be ended at any moment and run again: it goes on where it was.",
    )
    parser.add_argument("--suite", choices=SUITES, help="the new key's kind; the present one unless you say otherwise")
    _recipients(parser)
    parser.add_argument(
        "--new-passphrase-file", metavar="FILE", type=Path, help="a 0600 file with the new key's passphrase"
    )
    parser.add_argument(
        "--finish", action="store_true", help="every station has its new file: destroy the old key for good"
    )
    return parser


def _backup(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "show the key as 36 words for paper"
    parser = tasks.add_parser(
        name, help=text, description=f"{sentence(text)}. Whoever has the words can open every record."
    )
    return parser


def _restore(tasks: Tasks, name: str) -> argparse.ArgumentParser:
    text = "put the key back from the words on paper, under a new passphrase"
    parser = tasks.add_parser(name, help=text, description=f"{sentence(text)}.")
    parser.add_argument("--words-file", metavar="FILE", type=Path, help="a 0600 file with the nine lines")
    parser.add_argument("--check", action="store_true", help="only say whether the words are this key's")
    return parser


def _recipients(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recipients",
        metavar="FILE",
        type=Path,
        nargs="*",
        help="public keys of up to three others who may open every record (`kiosk keys show --public`)",
    )
