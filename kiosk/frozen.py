"""Content packs in their checked form, kept beside the settings so that checking costs nothing at a start."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.errors import KioskError
from kiosk.paths import Place

BUILT_IN = Path(__file__).parent / "packs"
"""The packs of the program itself."""


class NoSuchPack(KioskError):
    """The settings name a content pack that is not here."""

    hint = "`kiosk pack list` shows the packs there are; the settings are in `station.toml`."


class PackDoesNotFit(KioskError):
    """The pack is there but lacks what this station is set to."""

    hint = "Choose another language or role in `station.toml`, or another pack."


def folder(place: Place, pack: str) -> Path:
    """Where a pack's own files lie: the station's packs first, then the program's. Raises `NoSuchPack`."""
    for parent in (place.packs, BUILT_IN):
        if (parent / pack / "pack.toml").is_file():
            return parent / pack
    raise NoSuchPack(f"There is no content pack {pack!r} on this machine.")


def frozen(place: Place, pack: str) -> bytes:
    """A pack's checked form, as JSON: the kept one while its files are unchanged, else checked again and kept.

    Raises `NoSuchPack`, or what `kiosk.content` finds wrong with the pack.
    """
    source = folder(place, pack)
    stamp = _stamp(source)
    kept = place.packs / f"{pack}.checked"
    with suppress(OSError):
        head, _, body = kept.read_bytes().partition(b"\n")
        if head == stamp and body:
            return body
    from kiosk.content.snapshot import freeze

    body = freeze(source)
    with suppress(OSError):  # a read-only disk, or practice before set-up: it is checked again next time
        keep(kept, stamp + b"\n" + body)
    return body


def keep(path: Path, data: bytes) -> None:
    """Put `data` in place of a file (0600) in one step. Raises `OSError`."""
    passing = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        passing.replace(path)
    except OSError:
        passing.unlink(missing_ok=True)
        raise


def checked(body: bytes, language: str, role: str) -> dict[str, Any]:
    """The frozen pack as plain data, once it is seen to speak `language` and to say what `role` may do.

    Raises `PackDoesNotFit`.
    """
    pack: dict[str, Any] = json.loads(body)
    if language not in {each["code"] for each in pack["languages"]}:
        raise PackDoesNotFit(f"The pack {pack['id']!r} does not speak the language {language!r}.")
    if role not in {each["role"] for each in pack["policies"]}:
        raise PackDoesNotFit(f"The pack {pack['id']!r} does not say what the role {role!r} may do.")
    return pack


def neutral(pack: dict[str, Any], language: str) -> tuple[str, ...]:
    """The lines of the built-in frame: neutral names and telephone numbers of the directory."""
    lines = []
    for resource in pack["resources"]:
        if resource.get("on_home", True):
            label = resource["label"].get(language) or next(iter(resource["label"].values()))
            lines.append(f"{label}  {resource.get('phone') or ''}".rstrip())
    return tuple(lines[:60])


def _stamp(source: Path) -> bytes:
    """What changes when any file of a pack, or of those shared by all packs, or the program does."""
    files = sorted((*source.rglob("*.toml"), *(BUILT_IN / "shared").rglob("*.toml")))
    marks = [f"{path.name}:{found.st_size}:{found.st_mtime_ns}" for path in files for found in (path.stat(),)]
    return " ".join((__version__, source.as_posix().replace(" ", "_"), *marks)).encode()
