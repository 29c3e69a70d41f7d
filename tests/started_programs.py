"""What each test starts: a program that a machine may lack has to be one that the test names."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import PurePath
from typing import Any, Final

import pytest

from tests.selection import PACKAGES, named_tools

STARTERS: Final = frozenset({"env", "nsenter", "prlimit", "setpriv", "strace", "unshare"})
"""Programs that start the one that stands behind their options."""

_started: set[str] = set()
"""Programs of `PACKAGES` that were started since the last test ended."""


FOR_NAMESPACES: Final = {"mount", "unshare"}
"""What finding out starts, once, ahead of the first test that needs to mount for itself alone."""


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("subprocess.Popen", "os.posix_spawn", "os.exec"):
        program, words = _name(arguments[0]), arguments[1]
        behind = words if program in STARTERS and not isinstance(words, (str, bytes)) else None
        _started.update({program, *map(_name, behind or ())} & PACKAGES.keys())


def _name(word: Any) -> str:
    """The name of a program of the host; nothing for one that a test made."""
    path = PurePath(os.fsdecode(word)) if word else PurePath()
    return path.name if not path.is_absolute() or path.parts[1] in ("usr", "bin", "sbin") else ""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin with nothing: what was started ahead of a test is nobody's."""
    _started.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that started what it does not name: it would fail where that is missing."""
    result = yield
    named = named_tools(item)
    unnamed = _started - named - (FOR_NAMESPACES if "namespaces" in named else set())
    if unnamed:
        pytest.fail(f"starts {', '.join(sorted(unnamed))} and names no such tool", pytrace=False)
    return result


def pytest_configure() -> None:
    """Listen; there is no end to it."""
    sys.addaudithook(_heard)
