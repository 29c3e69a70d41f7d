"""No message, hint or document asks for a bare name from an index: whoever owns that name there would be installed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

INSTALLS = re.compile(
    r"(?:\b(?:pip3?|pipx|uv tool|poetry|conda|mamba) +(?:install|add|run|upgrade|inject)|\b(?:uv add|uvx|easy_install))"
    r"(?=[ `\n])([^`\n;&|]*)"
)
"""An installer's command, and the words after it."""

WITH_VALUE = {
    *("-r", "--requirement", "-c", "--constraint", "--group", "--python", "-d", "--dest", "-t", "--target"),
    *("-i", "--index-url", "--find-links", "-f", "--root", "--prefix"),
}
"""Options whose next word is their own."""

SPAN = re.compile(r"(?<!`)`(?!`)[^`]+`(?!`)")


def bare_names(text: str) -> Iterator[str]:
    """What installers are told to look up by name, anywhere in `text`."""
    for told in INSTALLS.findall(SPAN.sub(lambda span: span[0].replace("\n", " "), text)):
        words = iter(shlex.split(told.replace("\\", ""), comments=True))
        for word in words:
            if word in WITH_VALUE:
                next(words, None)
            elif not word.startswith("-") and not re.match(r"[./~$]|.*/|.*\.(whl|tar\.gz)$", word):
                yield word


def pages() -> list[Path]:
    """Everything that a person reads, or that says something to one."""
    rooms = ("kiosk", "schema", "widgets", "docs", "deploy", "bench", ".ci", ".github", "tests/machine")
    kinds = {".py", ".md", ".toml", ".txt", ".sh", ".yml", ".tcss", ""}
    inside = [path for room in rooms for path in (ROOT / room).rglob("*") if "__pycache__" not in path.parts]
    found = [*inside, *ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    return [path for path in found if path.is_file() and path.suffix in kinds]


@pytest.mark.parametrize(
    "said",
    [
        "The driver is an extra: `pip install 'kiosk[region]'`.",
        "hint = \"Install it beside the kiosk: `pip install 'kiosk[region]'`.\"",
        'Install them with `pip install \\"kiosk[packs]\\"`.',
        "    /opt/kiosk/bin/pip install --quiet --require-hashes -r pins/run.txt kiosk==0.1.0",
        "`python -m pip\n install`, no: `python -m pip install\nkiosk`",
        "    uv tool install intake-kiosk",
        "    pipx run kiosk",
        "    uvx kiosk doctor",
    ],
)
def test_a_bare_name_is_seen(said: str) -> None:
    """The instructions that this is about, and their kin, are noticed."""
    assert any("kiosk" in name for name in bare_names(said))


@pytest.mark.parametrize(
    "said",
    [
        "`/opt/kiosk/bin/pip install --require-hashes -r pins/region.txt`",
        "    /opt/kiosk/bin/pip install --no-deps --no-build-isolation .",
        "`pip install './[region]'`, `uv tool install ./intake_kiosk-0.1.0-py3-none-any.whl`; `pip install` alone",
        "`pip install --group console`. apt install python3-venv",
    ],
)
def test_a_file_or_a_folder_is_none(said: str) -> None:
    """Files, folders and pins may be named."""
    assert list(bare_names(said)) == []


def test_nobody_is_told_to_install_a_bare_name() -> None:
    """The program, its documents and its scripts name a file or a folder, never a name that an index would look up."""
    texts = {path: path.read_text() for path in pages()}
    told = [path for path, text in texts.items() if INSTALLS.search(text)]
    assert {"driver.py", "columns.py", "operator.md", "provider.md", "venv"} <= {path.name for path in told}
    assert [(path.name, name) for path in told for name in bare_names(texts[path])] == []
