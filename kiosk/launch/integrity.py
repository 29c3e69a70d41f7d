"""Whether what is imported is what was built: the wheel's own list of hashes, or a checkout's own three folders.

It imports little: it stands between the command and the first page, and before anything of ours that could be foreign.
"""

from __future__ import annotations

import os
from importlib.machinery import all_suffixes
from importlib.util import find_spec
from pathlib import Path

from kiosk.errors import KioskError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("kiosk", "schema", "widgets")
"""What the distribution installs."""

DISTRIBUTION = "intake_kiosk"
"""Its name, as installers write it in the names of their folders."""

LISTED = "kiosk/files.sha256"
"""The list, made by `hatch_build.py`, in the form of `sha256sum`: hash, two spaces, path."""

LARGEST = 1 << 24
"""Bytes of a file that are read: no file of ours is larger."""

ROOT = os.fspath(Path(__file__).resolve().parents[2])
"""The folder that holds our packages: an environment's, or a checkout."""


class ForeignPart(KioskError):
    """Something that is not ours stands where ours should."""

    hint = "Make an environment of its own for the kiosk, and install it there anew, with nothing beside it."


class ChangedPart(KioskError):
    """A file is not as it was built."""

    hint = "Install the kiosk anew, and find out who could write there."


class MissingPart(KioskError):
    """A file that was built is not there."""

    hint = "Install the kiosk anew. A file may have gone with a package of the same name that was removed."


def check(*packages: str) -> None:
    """See that every file of `packages` (all of ours) is as it was built, and that they are what is imported.

    In a checkout, where files are meant to change, only the second. Raises ForeignPart, ChangedPart, MissingPart.
    """
    packages = packages or PACKAGES
    for name in packages:
        _is_imported(name)
    listed = read_list()
    if listed is None:
        if not is_checkout():
            raise MissingPart(f"A file of the kiosk is missing: {LISTED}.")
        return
    _compare({path: wanted for path, wanted in listed.items() if path.partition("/")[0] in packages})
    for path in modules(*packages):
        if path not in listed:
            raise ForeignPart(f"This file is not the kiosk's: {path}{_owner(path)}.")


def read_list() -> dict[str, str] | None:
    """Path to sha256 of every file that was built; `None` where there is no list."""
    try:
        with open(f"{ROOT}/{LISTED}", encoding="utf-8") as file:
            return {line[66:-1]: line[:64] for line in file}
    except FileNotFoundError:
        return None


def is_checkout() -> bool:
    """Whether our packages are a checkout's, installed to be worked on: its folder is the one that pip or uv noted."""
    import json
    import sys
    from urllib.parse import unquote, urlsplit

    for folder in sys.path:
        for path in Path(folder).glob(f"{DISTRIBUTION}-*.dist-info/direct_url.json"):
            noted = json.loads(path.read_text())
            if noted.get("dir_info", {}).get("editable") is True:
                return os.path.realpath(unquote(urlsplit(noted["url"]).path)) == ROOT
    return False


def _is_imported(name: str) -> None:
    """See that a package is found in our folder and nowhere else."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise MissingPart(f"A file of the kiosk is missing: {name}/__init__.py.")
    if os.path.realpath(spec.origin) != f"{ROOT}/{name}/__init__.py":
        raise ForeignPart(f"Another package named {name!r} stands in the way of the kiosk's own.")


def _compare(listed: dict[str, str]) -> None:
    """See that every file of the list is there and unchanged."""
    from hashlib import sha256

    for path, wanted in listed.items():
        try:
            descriptor = os.open(f"{ROOT}/{path}", os.O_RDONLY | os.O_CLOEXEC)  # half the time of a file object
        except FileNotFoundError:
            raise MissingPart(f"A file of the kiosk is missing: {path}.") from None
        found = os.read(descriptor, LARGEST)
        os.close(descriptor)
        if sha256(found).hexdigest() != wanted:
            if owner := _owner(path):
                raise ForeignPart(f"Another package's file stands in place of the kiosk's own: {path}{owner}.")
            raise ChangedPart(f"A file of the kiosk was changed: {path}.")


def modules(*packages: str) -> Iterator[str]:
    """Everything below `packages` (all of ours) that Python could import, compiled files in their own folders aside."""
    importable = tuple(all_suffixes())
    folders = list(packages or PACKAGES)
    while folders:
        folder = folders.pop()
        with os.scandir(f"{ROOT}/{folder}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        folders.append(f"{folder}/{entry.name}")
                elif entry.name.endswith(importable) or entry.is_symlink():
                    yield f"{folder}/{entry.name}"


def _owner(path: str) -> str:
    """Which other distribution says that it installed `path`: its name and version in brackets, or nothing."""
    for record in Path(ROOT).glob("*.dist-info/RECORD"):
        name = record.parent.name.removesuffix(".dist-info")
        if not name.startswith(f"{DISTRIBUTION}-") and f"\n{path}," in f"\n{record.read_text()}":
            return f" ({name.replace('-', ' ')})"
    return ""
