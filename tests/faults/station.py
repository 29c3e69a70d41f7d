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
from kiosk.content.snapshot import freeze
from kiosk.sitting.flow import REVIEW, Flow
from kiosk.sitting.snapshot import thaw
from kiosk.sitting.visit import Visit
from schema.pack import Pack

PASSPHRASE = "seven made up words nobody would guess"
PACKS = Path(kiosk.__file__).parent / "packs"
SHORT = "short"
"""The made-up pack of a short visit: Missouri's, with one question of each kind, no release and no plan."""

_QUESTIONS = ("shared/harm.toml", "shared/needs.toml")


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
    command = ["setup", "--yes", "--pack", "us-mo", "--station", "DESK1", "--language", "en", "--role", "advocate"]
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
    """Give a station the short pack."""
    folder = home / "packs" / SHORT
    folder.mkdir(mode=0o700)
    for file in (PACKS / "us-mo").glob("*.toml"):
        text = file.read_text()
        if file.name == "pack.toml":
            text = text.replace('id = "us-mo"', f'id = "{SHORT}"').replace("required = true", "required = false")
            text = text.replace('notice = "notice-confidential"', 'notice = "notice-confidential"\nplan = false')
            for name in _QUESTIONS:
                text = text.replace(f'"{name}"', f'"{Path(name).name}"')
        _write(folder / file.name, text)
    for name in _QUESTIONS:
        _write(folder / Path(name).name, _first_question((PACKS / name).read_text()))
    settings = home / "station.toml"
    _write(settings, settings.read_text().replace('pack = "us-mo"', f'pack = "{SHORT}"'))


def _first_question(text: str) -> str:
    """The file with its first question alone."""
    return "[[questions]]".join(text.split("[[questions]]")[:2])


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)


def copy(home: Path, to: Path) -> Path:
    """A station like another, with the same keys."""
    shutil.copytree(home, to)
    return to


def enters(home: Path) -> int:
    """How often Enter alone is pressed from the home page to the review page of this station."""
    settings = tomllib.loads((home / "station.toml").read_text())
    local = home / "packs" / settings["pack"]
    folder = local if local.is_dir() else PACKS / settings["pack"]
    visit = Visit(pack=thaw(Pack, json.loads(freeze(folder))), role=settings["role"], language="en")
    flow, count = Flow(visit), 0
    while flow.step != REVIEW:
        flow.next()
        count += 1
    return count


def listed(home: Path, folder: Path) -> dict[str, Any]:
    """What `kiosk list --json` says."""
    done = run(home, "list", "--json", "--passphrase-file", str(passphrase_file(folder)))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
