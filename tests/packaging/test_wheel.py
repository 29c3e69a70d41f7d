"""The built wheel is what gets installed, so it is what these tests look at."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from kiosk.launch.recorders import recorder
from tests.terminal.console import Console

ROOT = Path(__file__).resolve().parents[2]


def test_it_holds_everything_the_program_reads(wheel: Path) -> None:
    """Packs, style sheets, word lists, scoring profile, types: all of the tree's data files, and no test."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {
        path.relative_to(ROOT).as_posix()
        for room in ("kiosk", "schema", "widgets")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".pyc", ".swp")
    }
    assert {"kiosk/packs/us-mo/pack.toml", "kiosk/desk/keys/words.txt", "kiosk/setup/setup.tcss"} <= data
    assert data <= names
    assert "kiosk/kiosk.tcss" in names
    assert not any(name.startswith(("tests/", "docs/", "bench/")) for name in names)


def test_the_command_is_its_script(wheel: Path) -> None:
    """`kiosk` starts the module's own entry; the wheel is for Python 3.11 and later, and names its licence."""
    with zipfile.ZipFile(wheel) as archive:
        texts = {Path(name).name: archive.read(name).decode() for name in archive.namelist() if ".dist-info/" in name}
    assert "kiosk = kiosk.__main__:main" in texts["entry_points.txt"]
    assert "Requires-Python: >=3.11" in texts["METADATA"]
    wanted = [line for line in texts["METADATA"].splitlines() if line.startswith("Requires-Dist: ")]
    assert any("textual<" in line for line in wanted)
    assert not any("textual-dev" in line or "pytest" in line for line in wanted)


def test_the_installed_program_works(installed: Path, tmp_path: Path) -> None:
    """The installed wheel says its version, sets a kiosk up and opens its list, from a folder of its own."""
    environment = {"HOME": str(tmp_path), "KIOSK_HOME": str(tmp_path / "kiosk"), "PATH": os.defpath}

    def kiosk(*words: str) -> str:
        said = subprocess.run(
            [installed, "-m", "kiosk", *words],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, said.stderr
        return said.stdout

    where = subprocess.run(
        [installed, "-P", "-c", "import kiosk; print(kiosk.__file__)"], capture_output=True, text=True, check=True
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parents[1]), "the tree must not answer for the wheel"
    assert "setup" in kiosk("--help")
    file = tmp_path / "passphrase"
    file.touch(mode=0o600)
    file.write_text("four made up words")
    kiosk("setup", "--yes", "--agency", "HARBOR", "--passphrase-file", str(file))
    assert kiosk("list", "--passphrase-file", str(file)) == "No summary is on the list.\n"


def test_the_installed_program_shows_its_pages(installed: Path, tmp_path: Path) -> None:
    """The style sheet and the packs are found where the wheel puts them: the home page comes up."""
    assert recorder() is None, "inside tmux, screen or script a kiosk rightly refuses: run these tests outside"
    glass = Console(tmp_path / "kiosk", program=[str(installed), "-m", "kiosk", "run", "--practice"])
    try:
        glass.wait_for("1 Housing questions")
        glass.send(b"\x11")
        assert glass.ended() == 0
    finally:
        glass.close()


def test_the_pins_hold_no_address() -> None:
    """Pins are names, versions and hashes: no index, no host, no path; no development console on a station."""
    for name in ("run", "region", "packs", "dev"):
        text = (ROOT / "pins" / f"{name}.txt").read_text()
        lines = [line for line in text.splitlines() if line.strip()]
        assert len(lines) > 100
        assert "://" not in text and " @ " not in text and "--index" not in text and "--find" not in text
        assert all("==" in line or line.lstrip().startswith("--hash=sha256:") for line in lines)
        assert "textual-dev" not in text
    assert "pytest==" in text and "pytest==" not in (ROOT / "pins" / "run.txt").read_text()


def test_every_dependency_is_pinned() -> None:
    """What the project asks for is what is pinned."""
    import re
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pinned = {line.split("==")[0] for line in (ROOT / "pins" / "dev.txt").read_text().splitlines() if "==" in line}
    for wanted in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        assert re.split(r"[\[<>=;]", wanted)[0] in pinned


def pinned(name: str) -> dict[str, str]:
    """Package to version, by one file of pins."""
    lines = (ROOT / "pins" / f"{name}.txt").read_text().splitlines()
    return dict(line.split()[0].split("==") for line in lines if "==" in line)


@pytest.mark.parametrize(("extra", "brings"), [("region", "psycopg-binary"), ("packs", "pyxform")])
def test_an_extra_is_what_was_tested(extra: str, brings: str) -> None:
    """An extra's pins hold what a station has and what the extra brings, in the versions that are tested."""
    everything = pinned("dev")
    assert brings in pinned(extra) and brings not in pinned("run")
    assert pinned("run").items() <= pinned(extra).items() <= everything.items()
