"""The wheel of this tree, and environments that it is really installed in; no index is asked for anything."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

NO_INDEX = ("--no-index", "--no-deps", "--no-compile", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree without asking any index."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and takes its dependencies from where the tests run."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip(python, "install", *NO_INDEX, str(wheel))
    (packages(python) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.fixture
def own(installed: Path, tmp_path: Path) -> Path:
    """The Python of such an environment that a test may spoil."""
    shutil.copytree(installed.parents[1], tmp_path / "own", symlinks=True)
    return tmp_path / "own" / "bin" / "python"


def pip(python: Path, *words: str) -> None:
    """Have this environment's pip, or uv, work in another."""
    here = [sys.executable, "-m", "pip", "--python", str(python)]
    if subprocess.run([*here, "--version"], capture_output=True, check=False).returncode:
        words = tuple(word for word in words if word not in ("--no-compile", "--disable-pip-version-check", "--yes"))
        here = ["uv", "pip"]
        words = (words[0], "--python", str(python), *words[1:])
    subprocess.run([*here, *words], check=True, capture_output=True)


def packages(python: Path) -> Path:
    """Where an environment keeps its packages."""
    return next(python.parents[1].glob("lib/python*/site-packages"))
