"""A station that was set up as an operator would, and one whose pack is short: a visit of a few pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import kiosk
from kiosk.content.load import load
from kiosk.content.snapshot import freeze
from kiosk.sitting.flow import Flow
from kiosk.sitting.snapshot import thaw
from kiosk.sitting.steps import REVIEW
from kiosk.sitting.visit import Visit
from schema.answers import PREFERS_NOT
from schema.pack import Pack

PASSPHRASE = "seven made up words nobody would guess"
PACKS = Path(kiosk.__file__).parent / "packs"
SHORT = "short"
"""The made-up pack of a short visit: Missouri's, with one question of each kind, no release and no plan."""


@cache
def said(key: str, pack: str = "us-mo") -> str:
    """What a page says in English, up to the first place that is filled in."""
    words = _built_in(pack).words
    return words[key]["en"].partition("{")[0].strip()


@cache
def _built_in(name: str) -> Pack:
    return thaw(Pack, json.loads(freeze(PACKS / name)))


def passphrase_file(folder: Path) -> Path:
    """The passphrase in a file, as an operator gives it."""
    file = folder / "passphrase"
    if not file.exists():
        file.write_text(PASSPHRASE + "\n")
        file.chmod(0o600)
    return file


def set_up(folder: Path) -> Path:
    """Make a data folder by the command line; return it."""
    home = folder / "station"
    command = [
        "setup",
        "--yes",
        "--own-machine",
        "--pack",
        "us-mo",
        "--station",
        "DESK1",
        "--language",
        "en",
        "--role",
        "advocate",
        "--agency",
        "HARBOR",
        "--agency-kind",
        "shelter",
    ]
    done = run(home, *command, "--passphrase-file", str(passphrase_file(folder)), "--allow-recorder", HOME=str(folder))
    assert done.returncode == 0, done.stderr
    return home


def run(home: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `kiosk` without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        env=surroundings(home, **extra),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
    )


def surroundings(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a kiosk: nothing but what it needs."""
    own = {name: os.environ[name] for name in ("HOME", "TMPDIR", "TERM") if name in os.environ}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", **own, "KIOSK_HOME": str(home), **extra}


def shorten(home: Path) -> None:
    """Give a station the short pack, and a day that no test fills."""
    folder = home / "packs" / SHORT
    folder.mkdir(mode=0o700)
    plain, _ = load(PACKS / "us-mo")
    first = {question["part"]: question for question in reversed(plain["questions"])}
    plain["questions"] = [first["harm"], first["need"]]
    for piece in (*plain["resources"], *plain["sections"]):
        piece["fits"] = [each for each in piece.get("fits", []) if each == first["harm"]["id"]]
    plain["release"] |= {"required": False}
    for policy in plain["policies"]:
        policy["plan"] = False
    _write(folder / "pack.toml", _document(plain | {"id": SHORT}))
    settings = home / "station.toml"
    said = settings.read_text().replace('pack = "us-mo"', f'pack = "{SHORT}"')
    _write(settings, said.replace("most_a_day = 120", "most_a_day = 9999"))


def _document(plain: dict[str, Any]) -> str:
    """A pack's plain mapping as TOML, a table for each piece of content: lines may not be long."""
    tables = {
        key: value for key, value in plain.items() if isinstance(value, list) and value and type(value[0]) is dict
    }
    text = _pairs({key: value for key, value in plain.items() if key not in tables and not isinstance(value, dict)})
    text += "".join(f"[{key}]\n{_pairs(value)}" for key, value in plain.items() if isinstance(value, dict))
    return text + "".join(f"[[{key}]]\n{_pairs(piece)}" for key, pieces in tables.items() for piece in pieces)


def _pairs(table: dict[str, Any]) -> str:
    return "".join(f"{json.dumps(key, ensure_ascii=False)} = {_toml(value)}\n" for key, value in table.items())


def _toml(value: Any) -> str:
    """A plain value as TOML."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_toml(inner)}" for key, inner in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[\n" + "".join(f"{_toml(inner)},\n" for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)


def copy(home: Path, to: Path) -> Path:
    """A station like another, with the same keys."""
    shutil.copytree(home, to)
    return to


@cache
def way(home: Path) -> tuple[bytes, ...]:
    """The keys from the home page to the review page of this station, a packet for each page: nothing is told."""
    settings = tomllib.loads((home / "station.toml").read_text())
    local = home / "packs" / settings["pack"]
    folder = local if local.is_dir() else PACKS / settings["pack"]
    visit = Visit(pack=thaw(Pack, json.loads(freeze(folder))), role=settings["role"], language="en")
    flow, keys = Flow(visit), []
    while flow.step != REVIEW:
        keys.append(_past(flow))
        flow.next()
    return tuple(keys)


def _past(flow: Flow) -> bytes:
    """The keys that lead past the page where the flow is."""
    step, visit = flow.step, flow.visit
    if step.page == "question":
        visit.answer(next(each for each in visit.pack.questions if each.id == step.id), PREFERS_NOT)
        return b"\x1b[F\r"
    if step.page == "crossroads":
        fork = next(each for each in visit.pack.crossroads if each.id == step.id)
        past = next(place for place, each in enumerate(fork.ways, 1) if each.goes in ("undecided", "go-on"))
        return b"%d\r" % past
    return {"home": b"\x1b[B1", "gate": b"1\r", "release": b"2\r"}.get(step.page, b"\r")


def listed(home: Path, folder: Path) -> dict[str, Any]:
    """What `kiosk list --json` says."""
    done = run(home, "list", "--json", "--passphrase-file", str(passphrase_file(folder)))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
