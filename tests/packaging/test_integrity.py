"""What is imported is what was built: a foreign, a changed and a missing part are each refused in their own words."""

from __future__ import annotations

import json
import os
import py_compile
import subprocess
import zipfile
from collections.abc import Callable
from importlib.util import cache_from_source
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

from kiosk.launch.recorders import recorder
from tests.packaging.conftest import NO_INDEX, packages, pip
from tests.terminal.console import Console

HOME_PAGE = "1 Housing questions"


def foreign(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """A made-up stranger's wheel."""
    path = folder / f"{name}-7.8-py3-none-any.whl"
    info = f"{name}-7.8.dist-info"
    inside = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 7.8\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: made up\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for at, data in inside.items():
            archive.writestr(at, data)
        archive.writestr(f"{info}/RECORD", "".join(f"{at},,\n" for at in [*inside, f"{info}/RECORD"]))
    return path


def install(python: Path, *words: str | Path) -> None:
    """As an operator would, and without an index."""
    pip(python, "install", *NO_INDEX, *map(str, words))


def started(python: Path, folder: Path) -> tuple[int | None, str]:
    """Start a practice kiosk. `None` when its home page came up, else the status; and what stood on the screen."""
    assert recorder() is None, "inside tmux, screen or script a kiosk rightly refuses: run these tests outside"
    glass = Console(folder / "kiosk", columns=200, program=[str(python), "-m", "kiosk", "run", "--practice"])
    try:
        glass.wait(
            lambda: glass.process.poll() is not None or HOME_PAGE in "\n".join(glass.lines()), "a start or an end"
        )
        return (None if glass.process.poll() is None else glass.ended()), "\n".join(glass.lines())
    finally:
        glass.close()


def test_an_installed_kiosk_starts(own: Path, tmp_path: Path) -> None:
    """As built, it starts; and the file that it compares with can be checked by anybody."""
    assert started(own, tmp_path)[0] is None
    subprocess.run(["sha256sum", "--check", "--quiet", "kiosk/files.sha256"], cwd=packages(own), check=True)


def test_a_foreign_package_over_ours(own: Path, tmp_path: Path) -> None:
    """A stranger's `schema`, installed over ours, gets no visitor; what it is called and what to do is said."""
    code = f"from pathlib import Path\nPath({str(tmp_path)!r}, 'ran').touch()\n".encode()
    install(own, foreign(tmp_path, "schema", {"schema/__init__.py": code}))
    status, said = started(own, tmp_path)
    assert status == 4
    assert "schema 7.8" in said and "environment of its own" in said


def test_a_foreign_package_that_was_removed(own: Path, tmp_path: Path) -> None:
    """A stranger's package takes our file along when it goes: missing, and blamed on nobody."""
    install(own, foreign(tmp_path, "schema", {"schema/__init__.py": b""}))
    pip(own, "uninstall", "--yes", "schema")
    status, said = started(own, tmp_path)
    assert status == 4
    assert "is missing: schema/__init__.py" in said and "Another package" not in said


def test_a_foreign_package_that_is_found_first(own: Path, tmp_path: Path) -> None:
    """A package of the same name in a folder that Python looks into before ours."""
    (tmp_path / "before" / "widgets").mkdir(parents=True)
    (tmp_path / "before" / "widgets" / "__init__.py").touch()
    (packages(own) / "before.pth").write_text(f"import sys; sys.path.insert(0, {str(tmp_path / 'before')!r})\n")
    status, said = started(own, tmp_path)
    assert status == 4 and "Another package named 'widgets'" in said and "environment of its own" in said


def test_a_compiled_file_of_a_stranger(own: Path, tmp_path: Path) -> None:
    """A stranger's package brings a compiled file for ours, marked as not to be looked at: it never runs."""
    ran = tmp_path / "ran"
    source = tmp_path / "answers.py"
    source.write_text(f"from pathlib import Path\nPath({str(ran)!r}).touch()\n")
    data = Path(
        py_compile.compile(str(source), invalidation_mode=PycInvalidationMode.UNCHECKED_HASH) or ""
    ).read_bytes()
    name = cache_from_source("schema/answers.py")
    install(own, foreign(tmp_path, "stranger", {name: data}))
    subprocess.run([own, "-P", "-c", "import schema.answers"], check=True)
    assert ran.exists(), "Python itself would run it"
    ran.unlink()
    assert started(own, tmp_path)[0] is None
    assert (packages(own) / name).read_bytes() != data


@pytest.mark.parametrize("command", ["list", "desk", "setup"])
def test_every_command_looks(command: str, own: Path, tmp_path: Path) -> None:
    """No command but `panic` and `doctor` begins with a part that was changed; the doctor says so."""
    with (packages(own) / "schema" / "answers.py").open("a") as file:
        file.write("#\n")
    said = kiosk(own, tmp_path, command)
    assert said.returncode == 4 and "was changed: schema/answers.py" in said.stderr
    assert kiosk(own, tmp_path, "panic").returncode == 0
    found = json.loads(kiosk(own, tmp_path, "doctor", "--json").stdout)
    assert "was changed: schema/answers.py" in json.dumps(found)


def kiosk(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command where there is no terminal."""
    where = {"HOME": str(folder), "KIOSK_HOME": str(folder / "kiosk"), "PATH": os.defpath, "LANG": "C.UTF-8"}
    command = [str(python), "-m", "kiosk", *words]
    return subprocess.run(command, env=where, cwd=folder, capture_output=True, text=True, check=False)


def _write(at: str, data: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / at).parent.mkdir(exist_ok=True)
        (folder / at).write_bytes(data)

    return spoil


def _same_size_and_time(folder: Path) -> None:
    path = folder / "widgets" / "choices.py"
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-2] + b"#\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


SPOILT = {
    "a changed file": (_write("schema/answers.py", b"x = 1\n"), "was changed: schema/answers.py"),
    "a changed file of the same size and time": (_same_size_and_time, "was changed: widgets/choices.py"),
    "a changed style sheet": (_write("kiosk/kiosk.tcss", b""), "was changed: kiosk/kiosk.tcss"),
    "a deleted file": (lambda folder: (folder / "widgets/choices.py").unlink(), "is missing: widgets/choices.py"),
    "the list deleted": (lambda folder: (folder / "kiosk/files.sha256").unlink(), "is missing: kiosk/files.sha256"),
    "a module that comes before ours": (_write("schema/answers/__init__.py", b""), "not the kiosk's: schema/answers"),
    "a compiled module of nobody": (_write("widgets/choices.abi3.so", b""), "not the kiosk's: widgets/choices.abi3.so"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_part(what: str, own: Path, tmp_path: Path) -> None:
    """Changed, missing, added: the start refuses and names the file."""
    spoil, sentence = SPOILT[what]
    spoil(packages(own))
    status, said = started(own, tmp_path)
    assert status == 4 and sentence in said and "Hint: " in said
