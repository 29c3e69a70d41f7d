"""Opening the files of a pack without following anybody anywhere."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, Final

from kiosk.content.problems import Kind, PackProblem, shown

BUILT_IN: Final = Path(__file__).resolve().parent.parent / "packs"
"""Where the packs of the program itself live, with the `shared` files that any pack may include."""

LARGEST: Final = 1 << 20
"""Bytes of one file at most."""

LONGEST_LINE: Final = 1000
"""Characters of one line at most; keys of many dots cost the square of their length to read."""

MOST_FILES: Final = 64
"""Files of one pack at most."""

_NAME: Final = re.compile(r"(shared/)?[a-z0-9][a-z0-9-]*\.toml")
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class Unreadable(Exception):
    """A file of a pack was not read; carries the problem."""

    def __init__(self, kind: Kind, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = PackProblem(kind, name, sentence)


def read(folder: Path, untrusted_name: str) -> dict[str, Any]:
    """Read one TOML file: a sibling of `pack.toml`, or `shared/NAME.toml` of the program. Raises Unreadable."""
    if not isinstance(untrusted_name, str) or _NAME.fullmatch(untrusted_name) is None:
        raise Unreadable(
            Kind.INCLUDE,
            "pack.toml",
            f"{shown(untrusted_name)} is no file name; write NAME.toml or shared/NAME.toml in lower case.",
        )
    return _parse(take(folder, untrusted_name), untrusted_name)


def take(folder: Path, name: str) -> bytes:
    """The bytes of one file, never through a link and never more than `LARGEST`. Raises Unreadable."""
    home, _, plain_name = name.rpartition("/")
    parent = BUILT_IN / home if home else folder
    try:
        directory = os.open(parent, _FLAGS | os.O_DIRECTORY)
    except OSError as problem:
        raise Unreadable(Kind.FOLDER, parent.name, "The folder is not there, or is a link.") from problem
    try:
        descriptor = os.open(plain_name, _FLAGS, dir_fd=directory)
    except OSError as problem:
        linked = os.path.lexists(parent / plain_name)
        kind, sentence = (
            (Kind.SYMLINK, "It is a link, or may not be read.") if linked else (Kind.INCLUDE, "The file is not there.")
        )
        raise Unreadable(kind, name, sentence) from problem
    finally:
        os.close(directory)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(Kind.SYMLINK, name, "It is no plain file.")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(LARGEST + 1)
    finally:
        os.close(descriptor)
    if len(data) > LARGEST:
        raise Unreadable(Kind.SIZE, name, "It is larger than 1 MiB.")
    return data


def _parse(data: bytes, name: str) -> dict[str, Any]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Unreadable(Kind.TOML, name, "It is not written in UTF-8.") from problem
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(Kind.SIZE, name, f"Line {number} is longer than {LONGEST_LINE} characters.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Unreadable(Kind.TOML, name, f"It cannot be read as TOML: {shown(problem)}.") from problem
    except RecursionError as problem:
        raise Unreadable(Kind.NESTING, name, "It is nested too deeply.") from problem
