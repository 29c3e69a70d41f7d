"""A kiosk that was set up once; each test gets a copy of its folder, and a terminal of its own."""

from __future__ import annotations

import re
import secrets
import shutil
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.console import Console, environment
from tests.terminal.shared import Shared
from tests.terminal.way import START

PASSPHRASE = "seven made up words for a test"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, set up by options."""
    folder = tmp_path_factory.mktemp("set-up")
    passphrase = folder / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")
    passphrase.chmod(0o600)
    options = [
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
        "--allow-recorder",
        "--own-machine",
    ]
    subprocess.run(
        [sys.executable, "-m", "kiosk", "setup", "--yes", "--passphrase-file", str(passphrase), *options],
        env=environment(folder / "kiosk"),
        cwd=folder,
        check=True,
        capture_output=True,
        start_new_session=True,
    )
    return folder


@pytest.fixture(scope="module")
def canary() -> str:
    """Something to say that nobody else says; drawn anew each run."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(14))


def furnish(template: Path, folder: Path, **settings: Any) -> Path:
    """Copy a kiosk into `folder` with other settings; return its data folder."""
    home = folder / "kiosk"
    shutil.copytree(template / "kiosk", home)
    shutil.copy(template / "passphrase", folder / "passphrase")
    station = home / "station.toml"
    text = station.read_text()
    for name, value in settings.items():
        shown = f'"{value}"' if isinstance(value, str) else str(value).lower()
        text = re.sub(rf"^{name} = .*\n", "", text, flags=re.MULTILINE) + f"{name} = {shown}\n"
    station.write_text(text)
    return home


Start = Callable[..., Console]


@pytest.fixture(scope="module")
def start_for_all(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start a kiosk that several tests share: `start_for_all(quit=False)`."""
    yield from _starting(template, lambda: tmp_path_factory.mktemp("shared"))


@pytest.fixture
def start_kiosk(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start a kiosk for this test: `start_kiosk("run", "--practice", columns=80, idle_seconds=30)`."""
    yield from _starting(template, lambda: tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def shared(start_for_all: Start) -> Iterator[Shared]:
    """One kiosk for a whole module; at the end, one more visitor is served."""
    kiosk = Shared(start_for_all)
    yield kiosk
    kiosk.last()


def _starting(template: Path, folder: Callable[[], Path]) -> Iterator[Start]:
    started: list[Console] = []

    def begin(
        *arguments: str, columns: int = 80, rows: int = 24, extra: dict[str, str] | None = None, **settings: Any
    ) -> Console:
        home = furnish(template, folder(), **settings)
        console = Console(home, *arguments, columns=columns, rows=rows, environ=environment(home, **(extra or {})))
        started.append(console)
        console.wait_for(START)
        return console

    yield begin
    for console in started:
        console.close()
