"""Freezing a checked pack into the bytes that a sitting reads without a validator."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.content.files import BUILT_IN, Unreadable, take
from kiosk.content.problems import BadPack

if TYPE_CHECKING:
    from schema.pack import Pack

ENTRY: Final = "pack.toml"


def find(pack_id: str, local: Path | None = None) -> Path:
    """The folder of a pack: the operator's own in `local` (KIOSK_HOME/packs) ahead of the built-in. Raises BadPack."""
    plain = pack_id.replace("-", "")
    if plain.isascii() and plain.isalnum() and plain == plain.lower():
        for parent in (local, BUILT_IN):
            if parent is not None and (parent / pack_id / ENTRY).is_file():
                return parent / pack_id
    raise BadPack(pack_id, ())


def available(local: Path | None = None) -> dict[str, Path]:
    """Every pack there is, by id."""
    names = {
        entry.name
        for parent in (local, BUILT_IN)
        if parent is not None and parent.is_dir()
        for entry in parent.iterdir()
        if (entry / ENTRY).is_file()
    }
    return {name: find(name, local) for name in sorted(names)}


def freeze(folder: Path) -> bytes:
    """Check the pack in `folder` and return it as JSON in the form of `dataclasses.asdict`.

    Raises BadPack when a kiosk may not run with it. Every text has exactly the pack's languages: one that is missing is
    filled with the first language's words, as `kiosk pack check` has said.
    """
    from kiosk.content.check import check

    checked = check(folder)
    if checked.pack is None or not checked.usable:
        raise BadPack(folder.name, checked.problems)
    return _bytes(_whole(checked.pack))


def fingerprint(frozen: bytes) -> str:
    """Sixteen hex letters that name a frozen pack."""
    return hashlib.sha256(frozen).hexdigest()[:16]


def _whole(pack: Pack) -> dict[str, Any]:
    codes = tuple(language.code for language in pack.languages)
    words = {code: pack.phrase_words[code] for code in codes}
    plain: dict[str, Any] = _spoken(asdict(replace(pack, phrase_words={})), codes)
    plain["phrase_words"] = words
    return plain


def _spoken(value: Any, codes: tuple[str, ...]) -> Any:
    if isinstance(value, list | tuple):
        return [_spoken(item, codes) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get(codes[0]), str):
        return {code: value.get(code) or value[codes[0]] for code in codes}
    return {key: _spoken(item, codes) for key, item in value.items()}


def _bytes(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def frozen(folder: Path, kept: Path) -> bytes:
    """The same as `freeze`, from `kept` (a 0700 folder) when the pack has not changed since it was frozen there.

    A kiosk starts without the validator that way. Raises BadPack as `freeze` does.
    """
    sources = _sources(folder)
    for place in kept.glob(f"{folder.name}.{sources}.*.json"):
        try:
            made = place.read_bytes()
        except OSError:
            continue
        if place.name.split(".")[2] == fingerprint(made):  # a power cut may have left an empty file
            return made
    made = freeze(folder)
    _keep(kept / f"{folder.name}.{sources}.{fingerprint(made)}.json", made)
    return made


def _sources(folder: Path) -> str:
    """Sixteen hex letters over every file that the pack, the shared part and the shapes of packs are made of."""
    import schema

    digest = hashlib.sha256()
    shapes = Path(str(schema.__file__)).parent
    files = [*folder.glob("*.toml"), *(BUILT_IN / "shared").glob("*.toml"), *Path(__file__).parent.glob("*.py")]
    for file in [*sorted(files), *sorted(shapes.glob("*.py"))]:
        digest.update(os.fsencode(file.name) + b"\0")
        try:
            digest.update(hashlib.sha256(take(file.parent, file.name)).digest())
        except Unreadable:
            digest.update(b"unreadable")
    return digest.hexdigest()[:16]


def _keep(place: Path, made: bytes) -> None:
    """Put the frozen pack where the next start finds it, whole or not at all; a full disk costs time only."""
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in place.parent.glob(f"{place.name.split('.')[0]}.*"):
            old.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
        fresh.replace(place)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
